import type { BeforeRequest } from '../collect/ports.ts';
import { dayOf } from '../model/day.ts';
import type { AccessToken, AccessTokens } from './access-token.ts';
import { readErrorBody, type ZoomResponse } from './zoom-response.ts';
import type { HttpTransport } from './http-transport.ts';
import { type DailyQuota, quotaOf } from './quota.ts';
import { type RequestSubject, rateLimited } from './zoom-errors.ts';
import { type Attempt, type RetryContext, withRetries } from './with-retries.ts';

/** The URL of Zoom's API, for token responses that name none. */
export const DEFAULT_API_URL = 'https://api.zoom.us/v2';

/** Parses a response body; undefined if it is not the requested value (such as an error body with status 200). */
export type Parse<T> = (body: string, response: ZoomResponse) => T | undefined;

/** The options of a request. */
export interface GetOptions<T> {
  readonly maxBytes?: number | undefined;
  readonly beforeRequest?: BeforeRequest | undefined;
  /** Zoom's codes that mean "there is no such thing", and the value that stands for it. */
  readonly absent?: { readonly codes: readonly number[]; readonly value: T } | undefined;
}

/** The value for an answer that there is no such thing; undefined for any other answer. */
const absentValue = <T>({ status, body }: ZoomResponse, absent: GetOptions<T>['absent']): T | undefined => {
  if (!absent || (status !== 400 && status !== 404)) return undefined;
  const { code } = readErrorBody(body);
  return code !== undefined && absent.codes.includes(code) ? absent.value : undefined;
};

/** Calls Zoom's API with a valid token and with retries. */
export class ZoomClient {
  readonly #exchange: HttpTransport;
  readonly #tokens: AccessTokens;
  readonly #retryContext: RetryContext;
  /** The API base that the operator set, which takes precedence over Zoom's. */
  readonly #apiUrl: string | undefined;
  #requests = 0;
  #throttled = 0;
  #failed = 0;
  #quota: DailyQuota | undefined;

  constructor(
    transport: HttpTransport,
    tokens: AccessTokens,
    retryContext: RetryContext,
    apiUrl: string | undefined,
  ) {
    this.#exchange = transport;
    this.#tokens = tokens;
    this.#retryContext = retryContext;
    this.#apiUrl = apiUrl;
  }

  /** API requests made, failed ones included. */
  get requests(): number {
    return this.#requests;
  }

  /** Requests that hit a limit of Zoom's, and requests that Zoom failed, including those that succeeded on retry. */
  get errorCounts(): { readonly throttled: number; readonly failed: number } {
    return { throttled: this.#throttled, failed: this.#failed };
  }

  /** The account's daily quota, if a response had it: older Zoom clusters send the header, newer ones do not. */
  get quota(): DailyQuota | undefined {
    return this.#quota?.day === dayOf(this.#retryContext.clock.now()) ? this.#quota : undefined;
  }

  /** Text from Zoom without any secret of the connection: see KnownSecrets. */
  redact(text: string): string {
    return this.#retryContext.knownSecrets.redact(text);
  }

  /**
   * GETs a path of the API. Throws ConfigurationError, RateLimitedError or UpstreamError; AnswerTooLongError beyond `maxBytes`; and
   * what `beforeRequest` throws.
   */
  async get<T>(
    path: string,
    query: Readonly<Record<string, string>>,
    parse: Parse<T>,
    subject: RequestSubject,
    signal: AbortSignal,
    { maxBytes, beforeRequest, absent }: GetOptions<T> = {},
  ): Promise<T> {
    let token: AccessToken | undefined;
    const { pacer, knownSecrets } = this.#retryContext;
    const assertWanted = (): void => {
      signal.throwIfAborted();
      if (pacer.rateLimitedUntil) throw rateLimited(pacer.rateLimitedUntil, undefined, subject, knownSecrets);
    };
    const attempt = async (): Promise<Attempt<T>> => {
      token = await this.#tokens.current(signal); // each time: a token may expire while its request waits
      const url = new URL(`${this.#apiUrl ?? token.apiBase ?? DEFAULT_API_URL}${path}`);
      url.search = new URLSearchParams(query).toString();
      await beforeRequest?.(assertWanted);
      this.#requests += 1;
      const headers = { authorization: `Bearer ${token.value}`, accept: 'application/json' };
      const response = await this.#exchange(
        { method: 'GET', url, headers, ...(maxBytes !== undefined && { maxBytes }) },
        signal,
      );
      if ('kind' in response) {
        this.#failed += 1;
        return response;
      }
      if (response.status === 429) this.#throttled += 1;
      if (response.status >= 500) this.#failed += 1;
      this.#quota = quotaOf(response.headers, this.#retryContext.clock.now()) ?? this.#quota;
      const value = response.status === 200 ? parse(response.body, response) : absentValue(response, absent);
      return value === undefined ? { kind: 'response', response } : { kind: 'success', value };
    };
    const renewToken = async (): Promise<void> => {
      if (token) await this.#tokens.renew(token, signal);
    };
    return withRetries(this.#retryContext, subject, attempt, renewToken, signal);
  }
}
