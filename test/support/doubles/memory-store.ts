import type { StoredObject } from '../../../shared/collect/ports.ts';
import type { FileStore, OpenUpload, Part, Upload } from '../../../shared/content/ports.ts';
import { CorruptObjectError } from '../../../shared/errors.ts';
import { MemoryUploads } from './memory-uploads.ts';

interface Stored {
  readonly body: Buffer;
  readonly version: string;
}

/** When every upload into memory begins. */
const BEGUN_AT = new Date('2026-11-20T12:00:00Z');

/** The size of the chunks that an object is read in: small, so that readers meet more than one. */
const CHUNK_BYTES = 64 * 1024;

/** An in-memory object store with the guarantees of a bucket. Stored by folder, so that listing one is quick. */
export class MemoryStore implements FileStore {
  readonly #folders = new Map<string, Map<string, Stored>>();
  readonly #uploads: MemoryUploads;
  #versions = 0;

  constructor() {
    this.#uploads = new MemoryUploads(
      { read: (key) => this.read(key), create: (key, body) => this.create(key, body) },
      BEGUN_AT,
    );
  }

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

  sizeOf(key: string): Promise<number | undefined> {
    return Promise.resolve(this.#folder(key).get(key)?.body.length);
  }

  async *readFrom(key: string, from = 0): AsyncIterable<Uint8Array> {
    const body = await this.read(key);
    if (!body) throw new CorruptObjectError(key, 'it does not exist');
    for (let at = from; at < body.length; at += CHUNK_BYTES) yield body.subarray(at, at + CHUNK_BYTES);
  }

  beginUpload(key: string): Promise<Upload> {
    return Promise.resolve(this.#uploads.begin(key));
  }

  async putPart(upload: Upload, number: number, body: Uint8Array): Promise<Part> {
    await Promise.resolve();
    return this.#uploads.putPart(upload, number, body);
  }

  partsOf(upload: Upload): Promise<readonly Part[] | undefined> {
    return Promise.resolve(this.#uploads.partsOf(upload));
  }

  completeUpload(upload: Upload, parts: readonly Part[]): Promise<StoredObject | undefined> {
    return this.#uploads.complete(upload, parts);
  }

  abortUpload(upload: Upload): Promise<void> {
    this.#uploads.abort(upload);
    return Promise.resolve();
  }

  openUploads(prefix: string): Promise<readonly OpenUpload[]> {
    return Promise.resolve(this.#uploads.open(prefix));
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
