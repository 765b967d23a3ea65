import { type AccessToken, accessTokenOf, type AccessTokens, isGood } from './access-token.ts';
import type { Exchange } from './exchange.ts';
import { type Patience, retrying } from './retrying.ts';
import { TokenCache } from './token-cache.ts';
import { type App, askForToken } from './token-endpoint.ts';

/** Tokens of a Server-to-Server app: asked for anew when needed; several may be alive at once (Zoom's changelog, 2023). */
export class AccountCredentials implements AccessTokens {
  readonly #cache = new TokenCache();
  readonly #exchange: Exchange;
  readonly #patience: Patience;
  readonly #app: App;
  readonly #accountId: string;

  constructor(exchange: Exchange, patience: Patience, app: App, accountId: string) {
    this.#exchange = exchange;
    this.#patience = patience;
    this.#app = app;
    this.#accountId = accountId;
    patience.knownSecrets.addApp(app);
  }

  current(signal: AbortSignal): Promise<AccessToken> {
    return this.#cache.get(
      (token) => isGood(token, this.#patience.clock.now()),
      () => this.#fetch(signal),
      signal,
    );
  }

  renew(spent: AccessToken, signal: AbortSignal): Promise<AccessToken> {
    return this.#cache.get(
      (token) => token.value !== spent.value,
      () => this.#fetch(signal),
      signal,
    );
  }

  async #fetch(signal: AbortSignal): Promise<AccessToken> {
    const form = { grant_type: 'account_credentials', account_id: this.#accountId };
    const answer = await retrying(
      this.#patience,
      { what: 'an access token', fromEnvironment: this.#app.fromEnvironment },
      () => askForToken(this.#exchange, this.#app, form, signal),
      () => Promise.resolve(),
      signal,
    );
    this.#patience.knownSecrets.addApp(this.#app);
    this.#patience.knownSecrets.add(answer.access_token);
    return accessTokenOf(answer, this.#app.oauthUrl, this.#patience.clock.now());
  }
}
