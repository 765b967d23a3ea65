import { type Dispatcher, request as send } from 'undici';
import type { BeforeRequest, Clock } from '../collect/ports.ts';
import type { Download, DownloadRequest, Downloads } from '../content/ports.ts';
import type { Proxies } from '../model/proxies.ts';
import type { AccessToken, AccessTokens } from './access-token.ts';
import { createDispatcher } from './dispatcher.ts';
import { DownloadErrors } from './download-errors.ts';
import { type FileResponse, textOfError, toDownload } from './file-response.ts';
import { errorToFailure } from './error-to-failure.ts';
import { isLoopback, isZoomUrl } from './hosts.ts';
import type { Redactor } from './known-secrets.ts';
import { orAborted, plainHeaders } from './undici-response.ts';
import { DEFAULT_API_URL } from './zoom-client.ts';

/** Zoom's own redirects are one or two. */
const MAX_REDIRECTS = 5;

/** So much of the body of a redirect is read to keep the connection. */
const MAX_REDIRECT_BYTES = 16 * 1024;

/** Enough for the first bytes that tell the type of a file. */
const PROBE_RANGE = 'bytes=0-15';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface DownloadOptions {
  /** Bounds each of connecting, waiting for a response head, and any pause within a body. A whole download has no limit. */
  readonly timeoutMs: number;
  readonly proxies?: Proxies | undefined;
  /** The API base that the operator set. Only if it, or that of the token, is on this machine, files may be, too. */
  readonly apiUrl?: string | undefined;
  /** Sends the requests; by default over pooled connections. */
  readonly dispatcher?: Dispatcher | undefined;
}

/**
 * Files from Zoom's file hosts. A `download_url` is on `zoom.us` or `us02web.zoom.us` and redirects to a signed URL on
 * `ssrweb.zoom.us`. Whether the token must travel there is reported both ways, by clients in use: so it is left out, and sent
 * once if that is refused. No request goes to a host that is not Zoom's. A body is read only as fast as it is iterated over.
 */
export class ZoomDownloads implements Downloads {
  readonly #tokens: AccessTokens;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #secrets: Redactor;
  readonly #timeoutMs: number;
  readonly #apiUrl: string | undefined;
  readonly #dispatcher: Dispatcher;

  constructor(
    tokens: AccessTokens,
    { clock, knownSecrets }: { readonly clock: Pick<Clock, 'now'>; readonly knownSecrets: Redactor },
    { timeoutMs, proxies, apiUrl, dispatcher }: DownloadOptions,
  ) {
    this.#tokens = tokens;
    this.#clock = clock;
    this.#secrets = knownSecrets;
    this.#timeoutMs = timeoutMs;
    this.#apiUrl = apiUrl;
    this.#dispatcher = dispatcher ?? createDispatcher(timeoutMs, proxies);
  }

  async open(
    request: DownloadRequest,
    signal: AbortSignal,
    beforeRequest?: BeforeRequest,
  ): Promise<Download> {
    signal.throwIfAborted();
    const errors = new DownloadErrors(request.what, this.#secrets, () => this.#clock.now());
    let token = await this.#tokens.current(signal);
    const first = this.#firstUrl(request.url, token, errors);
    let { resume } = request;
    let url = first;
    for (let redirects = 0; ;) {
      const attempt = (bearer?: AccessToken): Promise<FileResponse> =>
        this.#send({ url, bearer, resume, probe: request.probe ?? false, errors }, signal, beforeRequest);
      let response = await attempt(redirects === 0 ? token : undefined);
      if (redirects === 0 && response.status === 401) {
        await this.#drop(response);
        token = await this.#tokens.renew(token, signal);
        response = await attempt(token);
      } else if (redirects > 0 && [401, 403].includes(response.status)) {
        await this.#drop(response);
        token = await this.#tokens.current(signal); // the first may have expired meanwhile
        response = await attempt(token);
      }
      if (response.status === 416 && resume) {
        // The file is no longer the one whose beginning is stored: it is sent from its beginning.
        await this.#drop(response);
        resume = undefined;
        continue;
      }
      const location = REDIRECTS.has(response.status) ? response.headers['location'] : undefined;
      if (location === undefined) {
        const errorText = () => textOfError(response.body, this.#timeoutMs, signal);
        return await toDownload(response, { ...request, resume }, redirects > 0, errors, errorText, signal);
      }
      await this.#drop(response);
      if (redirects === MAX_REDIRECTS) throw errors.tooManyRedirects(url, MAX_REDIRECTS);
      url = nextUrl(location, url, first, errors);
      redirects += 1;
    }
  }

  close(): Promise<void> {
    return this.#dispatcher.destroy();
  }

  /** Throws unless a token may be sent there: to a host of Zoom, or to this machine if its API is the simulator's. */
  #firstUrl(text: string, token: AccessToken, errors: DownloadErrors): URL {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url) errors.hide(url);
    const isSimulated = isLoopback(new URL(this.#apiUrl ?? token.apiBase ?? DEFAULT_API_URL));
    if (url && (isZoomUrl(url) || (isSimulated && isLoopback(url)))) return url;
    throw errors.foreign(url, undefined);
  }

  /** Reads the short body of a response that is not used, to keep its connection; ends the connection if it is long or slow. */
  async #drop({ body }: FileResponse): Promise<void> {
    const signal = AbortSignal.timeout(this.#timeoutMs);
    await body
      .on('error', () => undefined)
      .dump({ limit: MAX_REDIRECT_BYTES, signal })
      .catch(() => undefined);
  }

  async #send(
    {
      url,
      bearer,
      resume,
      probe,
      errors,
    }: {
      url: URL;
      bearer: AccessToken | undefined;
      resume: DownloadRequest['resume'];
      probe: boolean;
      errors: DownloadErrors;
    },
    signal: AbortSignal,
    beforeRequest: BeforeRequest | undefined,
  ): Promise<FileResponse> {
    await beforeRequest?.(() => signal.throwIfAborted());
    signal.throwIfAborted();
    try {
      const ended = AbortSignal.any([signal]);
      const subject = send(url, {
        dispatcher: this.#dispatcher,
        method: 'GET',
        headers: {
          'user-agent': 'zoom-log-source',
          accept: '*/*',
          'accept-encoding': 'identity', // a range is one of the encoded bytes, too
          ...(bearer && { authorization: `Bearer ${bearer.value}` }),
          ...(probe && { range: PROBE_RANGE }),
          ...(resume && { range: `bytes=${resume.from}-`, 'if-range': resume.etag }),
        },
        signal: ended,
      });
      const { statusCode: status, headers, body } = await orAborted(subject, ended);
      return { status, headers: plainHeaders(headers), body, url };
    } catch (error) {
      signal.throwIfAborted();
      throw errors.unreached(errorToFailure(error), url);
    }
  }
}

/** Where a redirect leads. Throws for any host but Zoom's; this machine may redirect to itself. */
const nextUrl = (location: string, from: URL, first: URL, errors: DownloadErrors): URL => {
  const next = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  if (next) errors.hide(next);
  if (next && (isZoomUrl(next) || (isLoopback(next) && isLoopback(first)))) return next;
  throw errors.foreign(next, from);
};
