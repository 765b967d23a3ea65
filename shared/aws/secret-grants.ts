import { createHash } from 'node:crypto';
import type { SecretStore } from '../connect/ports.ts';
import { type Grant, GrantSchema, type GrantStore, type StoredGrant } from '../zoom/authorized-grant.ts';
import type { GrantInSecret } from './secret-text.ts';

/**
 * The grant in the secret of a source. It has its own version, not that of the secret: a change of another field of the
 * secret meanwhile (by an operator who starts to connect again) must not make a rotated grant look outdated, because it is
 * the only one that still works.
 */
export class SecretGrants implements GrantStore {
  readonly #secrets: SecretStore;

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  async read(): Promise<StoredGrant | undefined> {
    const { grant } = (await this.#secrets.read()).secret;
    return grant && { grant: GrantSchema.parse(grant), version: versionOf(grant) };
  }

  replace(grant: Grant, version: string | undefined): Promise<boolean> {
    return this.#secrets.change((secret) => {
      const before: GrantInSecret | undefined = secret.grant;
      if ((before && versionOf(before)) !== version) return undefined;
      const written: GrantInSecret = { ...grant, revision: (before?.revision ?? 0) + 1 };
      return { ...secret, grant: written };
    });
  }
}

/** A new version for each write: the revision counts ours, and a grant that another writer stored differs in itself. */
const versionOf = (grant: GrantInSecret): string =>
  createHash('sha256').update(JSON.stringify(grant)).digest('base64url');
