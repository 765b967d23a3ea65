import type { ObjectDescription, ObjectStore, StoredObject } from '../../../shared/collect/ports.ts';

/** What a collector dies of. */
export class Killed extends Error {}

/**
 * A store that kills its caller: `strike` is asked before and after each effect, and a true answer ends it there. Killed
 * before, nothing was written; after, the object is there but nobody was told.
 */
export class FailingStore implements ObjectStore {
  readonly #store: ObjectStore;
  readonly #trigger: () => boolean;

  constructor(store: ObjectStore, strike: () => boolean) {
    this.#store = store;
    this.#trigger = strike;
  }

  list(prefix: string): Promise<StoredObject[]> {
    return this.#store.list(prefix);
  }

  read(key: string): Promise<Buffer | undefined> {
    return this.#store.read(key);
  }

  async create(
    key: string,
    body: Uint8Array,
    description: ObjectDescription,
  ): Promise<StoredObject | undefined> {
    this.#maybe();
    const created = await this.#store.create(key, body, description);
    this.#maybe();
    return created;
  }

  async replace(key: string, body: Uint8Array): Promise<void> {
    this.#maybe();
    await this.#store.replace(key, body);
    this.#maybe();
  }

  async update(
    key: string,
    change: (before: Buffer | undefined, mayBeWritten: boolean) => Uint8Array,
  ): Promise<void> {
    this.#maybe();
    await this.#store.update(key, change);
    this.#maybe();
  }

  #maybe(): void {
    if (this.#trigger()) throw new Killed('killed');
  }
}
