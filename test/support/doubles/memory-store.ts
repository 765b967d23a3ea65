import type { ObjectStore, StoredObject } from '../../../shared/collect/ports.ts';

interface Stored {
  readonly body: Buffer;
  readonly version: string;
}

/** An in-memory object store with the guarantees of a bucket. Stored by folder, so that listing one is quick. */
export class MemoryStore implements ObjectStore {
  readonly #folders = new Map<string, Map<string, Stored>>();
  #versions = 0;

  list(prefix: string): Promise<StoredObject[]> {
    const found: StoredObject[] = [];
    for (const [folder, objects] of this.#folders) {
      if (!folder.startsWith(prefix) && !prefix.startsWith(folder)) continue;
      for (const [key, { version }] of objects) if (key.startsWith(prefix)) found.push({ key, version });
    }
    return Promise.resolve(found.sort((a, b) => (a.key < b.key ? -1 : 1)));
  }

  read(key: string): Promise<Buffer | undefined> {
    return Promise.resolve(this.#folder(key).get(key)?.body);
  }

  create(key: string, body: Uint8Array): Promise<StoredObject | undefined> {
    return Promise.resolve(this.#folder(key).has(key) ? undefined : this.#put(key, body));
  }

  replace(key: string, body: Uint8Array): Promise<void> {
    this.#put(key, body);
    return Promise.resolve();
  }

  async update(
    key: string,
    change: (before: Buffer | undefined, mayBeWritten: boolean) => Uint8Array,
  ): Promise<void> {
    for (;;) {
      const before = await this.read(key);
      const after = change(before, false);
      if (this.#folder(key).get(key)?.body === before) return this.replace(key, after);
    }
  }

  /** Removes any key, as an operator with full access may. */
  remove(key: string): void {
    this.#folder(key).delete(key);
  }

  #folder(key: string): Map<string, Stored> {
    const name = key.slice(0, key.lastIndexOf('/') + 1);
    let folder = this.#folders.get(name);
    if (!folder) this.#folders.set(name, (folder = new Map<string, Stored>()));
    return folder;
  }

  #put(key: string, body: Uint8Array): StoredObject {
    this.#versions += 1;
    const version = String(this.#versions);
    this.#folder(key).set(key, { body: Buffer.from(body), version });
    return { key, version };
  }
}
