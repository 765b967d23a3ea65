import type { AccessToken, AccessTokens } from './access-token.ts';
import { accessTokenIn, type Grant } from './grant.ts';
import type { App } from './token-endpoint.ts';

/** The token of a grant that is checked before it is stored. It is never refreshed: that would use up the grant. */
export class UnstoredGrant implements AccessTokens {
  readonly #token: AccessToken;

  constructor(grant: Grant, { oauthUrl }: App) {
    this.#token = accessTokenIn(grant, oauthUrl);
  }

  current(): Promise<AccessToken> {
    return Promise.resolve(this.#token);
  }

  /** The same one, because there is no other. A second request with it fails for good. */
  renew(): Promise<AccessToken> {
    return Promise.resolve(this.#token);
  }
}
