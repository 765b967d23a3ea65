import { ConfigurationError, UpstreamError } from '../errors.ts';
import { type AccessToken, type AccessTokens, accessTokenOf, isGood } from './access-token.ts';
import { type Failure, mayBeServed } from './zoom-response.ts';
import { tokenResponseToGrant } from './token-response-to-grant.ts';
import { describeFailure, trackingIdOf } from './describe-failure.ts';
import type { HttpTransport } from './http-transport.ts';
import { accessTokenIn, type Grant, type GrantStore, type StoredGrant } from './grant.ts';
import type { KnownSecrets } from './known-secrets.ts';
import { classifyFailure } from './failure-kind.ts';
import { toError } from './zoom-errors.ts';
import { type Attempt, type RetryContext, withRetries } from './with-retries.ts';
import { TokenCache } from './token-cache.ts';
import { type App, requestToken, type TokenResponse } from './token-endpoint.ts';

export { type Grant, GrantSchema, type GrantStore, type StoredGrant } from './grant.ts';

/** After a lost race, the waits between reads of the store for the winner's grant. */
const LOOK_AGAIN_AFTER_MS = [0, 250, 500, 1000, 2000, 4000];

/** The waits between attempts to store a grant. */
const STORE_AGAIN_AFTER_MS = [250, 500, 1000, 2000];

/** How often another writer's grant may interfere before we abandon our own. */
const MAX_ROUNDS = 5;

/**
 * A started step is finished even if its caller has left; each step has its own time limit. Each step has a new signal: one
 * for the whole process would retain every listener.
 */
const neverAborted = (): AbortSignal => new AbortController().signal;

const SUBJECT = { what: 'a renewed access token' };

type Refresh =
  | { readonly outcome: 'refreshed'; readonly response: TokenResponse }
  /** Zoom may have rotated the refresh token, and we don't know the new one. */
  | { readonly outcome: 'lost'; readonly failure: Failure }
  | { readonly outcome: 'refused'; readonly failure: Failure };

/**
 * Tokens of an authorization code grant. Every refresh returns a new refresh token and, as far as we know (Zoom does not
 * document it), invalidates the old one at once. So the new one is stored before its access token is used, a refresh whose
 * response was lost is not repeated, and a refused one is final only if the store has no other grant and Zoom refuses it a second time.
 */
export class AuthorizedGrant implements AccessTokens {
  readonly #cache = new TokenCache();
  readonly #exchange: HttpTransport;
  readonly #retryContext: RetryContext;
  readonly #app: App;
  readonly #store: GrantStore;
  /** A rotated grant that could not be stored, and the version it replaces: the only copy. */
  #unstored: { readonly grant: Grant; readonly version: string } | undefined;

  constructor(transport: HttpTransport, retryContext: RetryContext, app: App, store: GrantStore) {
    this.#exchange = transport;
    this.#retryContext = retryContext;
    this.#app = app;
    this.#store = store;
    retryContext.knownSecrets.addApp(app);
  }

  current(signal: AbortSignal): Promise<AccessToken> {
    return this.#cache.get(
      (token) => isGood(token, this.#retryContext.clock.now()),
      () => this.#obtain(undefined, signal),
      signal,
    );
  }

  renew(spent: AccessToken, signal: AbortSignal): Promise<AccessToken> {
    return this.#cache.get(
      (token) => token.value !== spent.value,
      () => this.#obtain(spent.value, signal),
      signal,
    );
  }

  /** The stored token, which another process may have renewed, or else a refreshed one. */
  async #obtain(spent: string | undefined, signal: AbortSignal): Promise<AccessToken> {
    if (this.#unstored) await this.#persist(this.#unstored.grant, this.#unstored.version);

    let refusedVersion: string | undefined;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const { grant, version } = await this.#read();
      const token = accessTokenIn(grant, this.#app.oauthUrl);
      if (token.value !== spent && isGood(token, this.#retryContext.clock.now())) return token;

      const refresh = await this.#refresh(grant, signal);
      if (refresh.outcome === 'refreshed') {
        const { oauthUrl } = this.#app;
        const now = this.#retryContext.clock.now();
        const renewed = tokenResponseToGrant(refresh.response, grant.refreshToken, oauthUrl, now);
        if (await this.#persist(renewed, version)) return accessTokenOf(refresh.response, oauthUrl, now);
        continue;
      }
      if (refresh.outcome === 'refused' && version === refusedVersion) {
        throw toError('grant-dead', refresh.failure, SUBJECT, this.#retryContext.knownSecrets);
      }
      if (await this.#isReplaced(version, signal)) continue;
      if (refresh.outcome === 'lost') throw responseLost(refresh.failure, this.#retryContext.knownSecrets);
      refusedVersion = version;
    }
    throw new UpstreamError(
      'The stored authorization was replaced repeatedly while it was renewed. The next run tries again. If this continues, ' +
        'check whether another process authorizes the app.',
    );
  }

  async #refresh({ refreshToken }: Grant, signal: AbortSignal): Promise<Refresh> {
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    const attempt = async (): Promise<Attempt<Refresh>> => {
      const result = await requestToken(this.#exchange, this.#app, form, neverAborted());
      if (result.kind === 'success') {
        this.#retryContext.knownSecrets.addApp(this.#app); // kept among the newest
        this.#retryContext.knownSecrets.add(result.value.refresh_token, result.value.access_token);
        return { kind: 'success', value: { outcome: 'refreshed', response: result.value } };
      }
      if (mayHaveRotated(result)) {
        return { kind: 'success', value: { outcome: 'lost', failure: result } };
      }
      const refused = classifyFailure(result, this.#retryContext.clock.now()) === 'grant-dead';
      return refused ? { kind: 'success', value: { outcome: 'refused', failure: result } } : result;
    };
    return withRetries(this.#retryContext, SUBJECT, attempt, () => Promise.resolve(), signal);
  }

  /** Stores the rotated grant before it is used; false if the store has another one meanwhile. */
  async #persist(grant: Grant, version: string): Promise<boolean> {
    this.#unstored = { grant, version };
    for (let failures = 0; ; failures += 1) {
      try {
        const stored = await this.#store.replace(grant, version);
        this.#unstored = undefined;
        return stored;
      } catch (error) {
        const waitMs = STORE_AGAIN_AFTER_MS[failures];
        if (waitMs === undefined) throw notStored(error);
        await this.#retryContext.clock.sleep(waitMs, neverAborted());
      }
    }
  }

  /** Whether another process has replaced the grant `version`, or does so soon. */
  async #isReplaced(version: string, signal: AbortSignal): Promise<boolean> {
    for (const waitMs of LOOK_AGAIN_AFTER_MS) {
      if (waitMs > 0) await this.#retryContext.clock.sleep(waitMs, signal);
      if ((await this.#read()).version !== version) return true;
    }
    return false;
  }

  async #read(): Promise<StoredGrant> {
    const stored = await this.#store.read();
    if (stored) {
      this.#retryContext.knownSecrets.addApp(this.#app);
      this.#retryContext.knownSecrets.add(stored.grant.refreshToken, stored.grant.accessToken);
      return stored;
    }
    throw new ConfigurationError(
      'not-connected',
      'Zoom has not been connected yet: authorize the app first.',
    );
  }
}

/** No response although the request may have arrived, or a success without a token. */
const mayHaveRotated = (failure: Failure): boolean =>
  failure.kind === 'transport' ? mayBeServed(failure) : failure.response.status === 200;

const responseLost = (failure: Failure, secrets: KnownSecrets): UpstreamError =>
  new UpstreamError(
    `Zoom's response to the renewal of the access token was lost, and perhaps the new authorization with it. The next run ` +
      `tries again with the stored one. If Zoom refuses that, authorize the app again. ${describeFailure(failure, secrets)}`,
    { zoomTrackingId: trackingIdOf(failure, secrets) },
  );

const notStored = (cause: unknown): ConfigurationError => {
  const { code, name } = cause as { code?: unknown; name?: unknown };
  return new ConfigurationError(
    'grant-unstored',
    `Zoom renewed the authorization, but it can't be stored (${String(code ?? name)}). Make its store writable again. ` +
      `This process keeps trying; after it ends, the app must be authorized again.`,
    { cause },
  );
};
