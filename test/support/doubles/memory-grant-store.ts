import type { Grant, GrantStore, StoredGrant } from '../../../shared/zoom/authorized-grant.ts';

/** An in-memory grant store with the guarantees of a secret. */
export class MemoryGrantStore implements GrantStore {
  #stored: StoredGrant | undefined;
  /** Each grant that was ever stored, in order. */
  readonly history: Grant[] = [];
  /** Called before each write, and may throw. */
  beforeReplace: () => Promise<void> = () => Promise.resolve();

  constructor(grant?: Grant) {
    if (grant) this.#store(grant);
  }

  read(): Promise<StoredGrant | undefined> {
    return Promise.resolve(this.#stored);
  }

  async replace(grant: Grant, version: string | undefined): Promise<boolean> {
    await this.beforeReplace();
    if (version !== this.#stored?.version) return false;
    this.#store(grant);
    return true;
  }

  #store(grant: Grant): void {
    this.history.push(grant);
    this.#stored = { grant, version: `version ${this.history.length}` };
  }
}
