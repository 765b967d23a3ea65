import { type AccessToken, accessTokenOf, type AccessTokens, isGood } from './access-token.ts';
import type { HttpTransport } from './http-transport.ts';
import { type RetryContext, withRetries } from './with-retries.ts';
import { TokenCache } from './token-cache.ts';
import { type App, requestToken } from './token-endpoint.ts';

/** Tokens of a Server-to-Server app, requested when needed. Several may be valid at once (Zoom's changelog, 2023). */
export class AccountCredentials implements AccessTokens {
  readonly #cache = new TokenCache();
  readonly #exchange: HttpTransport;
  readonly #retryContext: RetryContext;
  readonly #app: App;
  readonly #accountId: string;

  constructor(transport: HttpTransport, retryContext: RetryContext, app: App, accountId: string) {
    this.#exchange = transport;
    this.#retryContext = retryContext;
    this.#app = app;
    this.#accountId = accountId;
    retryContext.knownSecrets.addApp(app);
  }

  current(signal: AbortSignal): Promise<AccessToken> {
    return this.#cache.get(
      (token) => isGood(token, this.#retryContext.clock.now()),
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
    const response = await withRetries(
      this.#retryContext,
      { what: 'an access token', fromEnvironment: this.#app.fromEnvironment },
      () => requestToken(this.#exchange, this.#app, form, signal),
      () => Promise.resolve(),
      signal,
    );
    this.#retryContext.knownSecrets.addApp(this.#app);
    this.#retryContext.knownSecrets.add(response.access_token);
    return accessTokenOf(response, this.#app.oauthUrl, this.#retryContext.clock.now());
  }
}
