import type { ObjectDescription, ObjectStore, StoredObject } from '../../../shared/collect/ports.ts';

/** The error that ends a killed collector. */
export class Killed extends Error {}

/**
 * A store that kills its caller: `strike` is called before and after each effect, and true ends the caller there. Killed
 * before, nothing was written; after, the object was written but the caller got no result.
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
