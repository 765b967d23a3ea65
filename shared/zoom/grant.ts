import { type Grant, GrantSchema } from '../model/source-secret.ts';
import { type AccessToken, storedAccessToken } from './access-token.ts';

export { type Grant, GrantSchema };

export interface StoredGrant {
  readonly grant: Grant;
  /** Different for each write: a write names the version it replaces. Opaque. */
  readonly version: string;
}

/** Where a grant is stored between runs: a secret. */
export interface GrantStore {
  /** Undefined if nothing was authorized yet. */
  read(): Promise<StoredGrant | undefined>;
  /**
   * Stores a grant in place of the version named, or as the first if that is undefined. False, and nothing stored, if
   * that is no longer the newest: of any number of writers who name one version, one succeeds.
   */
  replace(grant: Grant, version: string | undefined): Promise<boolean>;
}

export const accessTokenIn = ({ accessToken, apiUrl, expiresAt }: Grant, oauthUrl: string): AccessToken =>
  storedAccessToken(accessToken, apiUrl, oauthUrl, new Date(expiresAt));
