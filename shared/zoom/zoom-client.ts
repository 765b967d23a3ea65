import type { BeforeRequest } from '../collect/ports.ts';
import { dayOf } from '../model/day.ts';
import type { AccessToken, AccessTokens } from './access-token.ts';
import type { ZoomAnswer } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { type Quota, quotaOf } from './quota.ts';
import { type Asked, comeBack } from './refusals.ts';
import { type Attempt, type Patience, retrying } from './retrying.ts';

/** Where Zoom's API always answers, if a token answer names no place of its own. */
export const DEFAULT_API_URL = 'https://api.zoom.us/v2';

/** Reads an answer's body; undefined if it is not what was asked for (an error body under status 200, say). */
export type Parse<T> = (body: string, answer: ZoomAnswer) => T | undefined;

/** Asks Zoom's API with a good token, patiently. */
export class ZoomClient {
  readonly #exchange: Exchange;
  readonly #tokens: AccessTokens;
  readonly #patience: Patience;
  /** The operator's own choice of an API base, which comes before Zoom's. */
  readonly #apiUrl: string | undefined;
  #requests = 0;
  #throttled = 0;
  #failed = 0;
  #quota: Quota | undefined;

  constructor(exchange: Exchange, tokens: AccessTokens, patience: Patience, apiUrl: string | undefined) {
    this.#exchange = exchange;
    this.#tokens = tokens;
    this.#patience = patience;
    this.#apiUrl = apiUrl;
  }

  /** API requests made, failed ones included. */
  get requests(): number {
    return this.#requests;
  }

  /** Requests that met a limit of Zoom's, and requests that Zoom failed: those repeated with success included. */
  get setbacks(): { readonly throttled: number; readonly failed: number } {
    return { throttled: this.#throttled, failed: this.#failed };
  }

  /** The account's quota of the day, if an answer told it: older Zoom clusters do, newer ones name no header at all. */
  get quota(): Quota | undefined {
    return this.#quota?.day === dayOf(this.#patience.clock.now()) ? this.#quota : undefined;
  }

  /** Zoom's words without any secret of the connection: see KnownSecrets. */
  redact(text: string): string {
    return this.#patience.knownSecrets.redact(text);
  }

  /**
   * GETs a path of the API. Throws ConfigurationError, RateLimitedError or UpstreamError; AnswerTooLongError beyond `maxBytes`; and
   * what `beforeRequest` throws.
   */
  async get<T>(
    path: string,
    query: Readonly<Record<string, string>>,
    parse: Parse<T>,
    asked: Asked,
    signal: AbortSignal,
    { maxBytes, beforeRequest }: { maxBytes?: number; beforeRequest?: BeforeRequest | undefined } = {},
  ): Promise<T> {
    let token: AccessToken | undefined;
    const { pacer, knownSecrets } = this.#patience;
    const assertWanted = (): void => {
      signal.throwIfAborted();
      if (pacer.parkedUntil) throw comeBack(pacer.parkedUntil, undefined, asked, knownSecrets);
    };
    const attempt = async (): Promise<Attempt<T>> => {
      token = await this.#tokens.current(signal); // each time: one may end while its request waits
      const url = new URL(`${this.#apiUrl ?? token.apiBase ?? DEFAULT_API_URL}${path}`);
      url.search = new URLSearchParams(query).toString();
      await beforeRequest?.(assertWanted);
      this.#requests += 1;
      const headers = { authorization: `Bearer ${token.value}`, accept: 'application/json' };
      const answer = await this.#exchange(
        { method: 'GET', url, headers, ...(maxBytes !== undefined && { maxBytes }) },
        signal,
      );
      if ('kind' in answer) {
        this.#failed += 1;
        return answer;
      }
      if (answer.status === 429) this.#throttled += 1;
      if (answer.status >= 500) this.#failed += 1;
      this.#quota = quotaOf(answer.headers, this.#patience.clock.now()) ?? this.#quota;
      const value = answer.status === 200 ? parse(answer.body, answer) : undefined;
      return value === undefined ? { kind: 'answer', answer } : { kind: 'success', value };
    };
    const renewToken = async (): Promise<void> => {
      if (token) await this.#tokens.renew(token, signal);
    };
    return retrying(this.#patience, asked, attempt, renewToken, signal);
  }
}
