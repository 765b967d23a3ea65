import type { ConnectionSecret, SecretStore } from '../../../shared/connect/ports.ts';
import type { Grant, GrantStore, StoredGrant } from '../../../shared/zoom/authorized-grant.ts';

/** An in-memory secret store with the guarantees of a source's secret. Reads and writes are asynchronous. */
export class MemorySecret implements SecretStore {
  #secret: ConnectionSecret;
  #version = 0;
  /** How often it was written. */
  writes = 0;

  constructor(secret: ConnectionSecret = {}) {
    this.#secret = secret;
  }

  async read(): Promise<{ secret: ConnectionSecret }> {
    await aTurn();
    return { secret: this.#secret };
  }

  async change(edit: (secret: ConnectionSecret) => ConnectionSecret | undefined): Promise<boolean> {
    for (;;) {
      const { secret } = await this.read();
      const seen = this.#version;
      const edited = edit(secret);
      if (!edited) return false;
      await aTurn();
      if (seen !== this.#version) continue;
      this.#version += 1;
      this.writes += 1;
      this.#secret = JSON.parse(JSON.stringify(edited)) as ConnectionSecret;
      return true;
    }
  }

  /** As it stands. */
  get now(): ConnectionSecret {
    return this.#secret;
  }

  /** The grant within. */
  get grants(): GrantStore {
    const versionOf = ({ grant }: ConnectionSecret): string | undefined => grant?.refreshToken;
    return {
      read: async (): Promise<StoredGrant | undefined> => {
        const { grant } = (await this.read()).secret;
        return grant && { grant, version: grant.refreshToken };
      },
      replace: (grant: Grant, version: string | undefined) =>
        this.change((secret) => (versionOf(secret) === version ? { ...secret, grant } : undefined)),
    };
  }
}

const aTurn = (): Promise<void> => new Promise(setImmediate);
