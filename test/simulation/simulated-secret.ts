import type { ConnectionSecret, SecretStore } from '../../shared/connect/ports.ts';
import type { Process, Scheduler } from './scheduler.ts';

/** The secret of a world's source, with a conditional write, as Secrets Manager has through its labels. */
export class Secret {
  #secret: ConnectionSecret;
  #version = 0;
  /** Every access token that was ever stored. */
  readonly storedTokens = new Set<string>();

  constructor(secret: ConnectionSecret) {
    this.#secret = secret;
  }

  get now(): ConnectionSecret {
    return this.#secret;
  }

  get version(): number {
    return this.#version;
  }

  /** Replaces a version; false if that is no longer the newest. */
  write(secret: ConnectionSecret, version: number): boolean {
    if (version !== this.#version) return false;
    this.#version += 1;
    this.#secret = JSON.parse(JSON.stringify(secret)) as ConnectionSecret;
    if (secret.grant) this.storedTokens.add(secret.grant.accessToken);
    return true;
  }
}

/** The secret as one process sees it: reading and writing are effects. */
export const secretStoreOf = (process: Process, secret: Secret, scheduler: Scheduler): SecretStore => {
  const read = (): Promise<{ secret: ConnectionSecret; version: number }> =>
    scheduler.effect(process, 'secret', 'read', () => ({ secret: secret.now, version: secret.version }));
  return {
    read,
    change: async (edit) => {
      for (;;) {
        const { secret: before, version } = await read();
        const edited = edit(before);
        if (!edited) return false;
        if (await scheduler.effect(process, 'secret-write', 'write', () => secret.write(edited, version)))
          return true;
      }
    },
  };
};
