import { isUtf8 } from 'node:buffer';
import { request } from 'undici';
import { formatCount } from '../model/format-count.ts';
import type { Proxies } from '../model/proxies.ts';
import { createDispatcher } from './dispatcher.ts';
import { errorToFailure } from './error-to-failure.ts';
import { MAX_BODY_BYTES } from './page-limits.ts';
import { orAborted, plainHeaders } from './undici-response.ts';
import type { Failure, ZoomResponse } from './zoom-response.ts';

/** This much of an error response is enough to classify it. */
const MAX_ERROR_BYTES = 64 * 1024;

/** A whole exchange may take this many time-outs: a slowly trickling body never times out by itself. */
const WHOLE_EXCHANGE = 4;

export interface ZoomRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The longest response; MAX_BODY_BYTES by default. */
  readonly maxBytes?: number;
}

/** One HTTP exchange: a response of any status, or the reason why there is none. Aborting rejects with the signal's reason. */
export type HttpTransport = (request: ZoomRequest, signal: AbortSignal) => Promise<ZoomResponse | Failure>;

/**
 * Exchanges over pooled connections. `timeoutMs` bounds each of connecting (name lookup and TLS included), waiting for
 * the response head, and any pause within its body; the whole is bound by four times that. Redirects are not followed: Zoom uses
 * status 300 for plain errors, and a token goes only to its own host. All of this holds through a proxy, too.
 */
export const createHttpTransport = (
  timeoutMs: number,
  proxies?: Proxies,
): { transport: HttpTransport; close: () => Promise<void> } => {
  const dispatcher = createDispatcher(timeoutMs, proxies);
  const transport: HttpTransport = async (
    { method, url, headers, body, maxBytes = MAX_BODY_BYTES },
    signal,
  ) => {
    signal.throwIfAborted();
    try {
      const ended = AbortSignal.any([signal, AbortSignal.timeout(WHOLE_EXCHANGE * timeoutMs)]);
      const subject = request(url, {
        dispatcher,
        method,
        headers: { 'user-agent': 'zoom-log-source', ...headers },
        body: body ?? null,
        // A POST on a connection that died idle would look like one whose response was lost.
        reset: method === 'POST',
        signal: ended,
      });
      const response = await orAborted(subject, ended);
      const isSuccess = response.statusCode === 200;
      const { text, isWhole, isValid } = await readBody(
        response.body,
        isSuccess ? maxBytes : MAX_ERROR_BYTES,
      );
      if (isSuccess && !isWhole) {
        return { kind: 'transport', problem: `more than ${formatCount(maxBytes)} bytes`, phase: 'oversized' };
      }
      return {
        status: response.statusCode,
        headers: plainHeaders(response.headers),
        body: text,
        host: url.host,
        ...(!isValid && { invalidUtf8: true }),
      };
    } catch (error) {
      signal.throwIfAborted();
      return errorToFailure(error);
    }
  };
  return { transport, close: () => dispatcher.destroy() };
};

/** The text of a body, or of its beginning if it is longer, and whether its bytes are valid UTF-8. The rest is not read. */
const readBody = async (
  body: AsyncIterable<Buffer>,
  maxBytes: number,
): Promise<{ text: string; isWhole: boolean; isValid: boolean }> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > maxBytes) break;
  }
  const all = Buffer.concat(chunks);
  const text = new TextDecoder().decode(all);
  // Only a text with U+FFFD can come from invalid UTF-8.
  return { text, isWhole: bytes <= maxBytes, isValid: !text.includes('\ufffd') || isUtf8(all) };
};
