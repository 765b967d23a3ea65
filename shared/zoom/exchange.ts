import { Agent, request } from 'undici';
import type { Failure, ZoomAnswer } from './answer.ts';

/** A page of 300 rows is some 100 KB; what is far beyond that is no page. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** So much of an answer that is no success is enough to know what it says. */
const MAX_ERROR_BYTES = 64 * 1024;

const MAX_CONNECTIONS = 8;

/** An exchange as a whole may take this many time-outs: a body that dribbles on is never late, and never ends. */
const WHOLE_EXCHANGE = 4;

export interface ZoomRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long the answer may be; MAX_BODY_BYTES unless said otherwise. */
  readonly maxBytes?: number;
}

/** One HTTP exchange: an answer of any status, or the reason why there is none. Aborting rejects with the signal's reason. */
export type Exchange = (request: ZoomRequest, signal: AbortSignal) => Promise<ZoomAnswer | Failure>;

/**
 * Exchanges over pooled connections. `timeoutMs` bounds each of connecting (name lookup and TLS included), waiting for
 * the answer's head, and any pause within its body; four times that bound the whole. Redirects are not followed: Zoom uses
 * status 300 for plain errors, and a token goes only where it was meant to.
 */
export const createExchange = (timeoutMs: number): { exchange: Exchange; close: () => Promise<void> } => {
  const dispatcher = new Agent({
    connections: MAX_CONNECTIONS,
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const exchange: Exchange = async ({ method, url, headers, body, maxBytes = MAX_BODY_BYTES }, signal) => {
    signal.throwIfAborted();
    try {
      const response = await request(url, {
        dispatcher,
        method,
        headers: { 'user-agent': 'zoom-log-source', ...headers },
        body: body ?? null,
        // A POST that met a connection which had died idle would look like one whose answer was lost.
        reset: method === 'POST',
        signal: AbortSignal.any([signal, AbortSignal.timeout(WHOLE_EXCHANGE * timeoutMs)]),
      });
      const isSuccess = response.statusCode === 200;
      const { text, isWhole } = await readBody(response.body, isSuccess ? maxBytes : MAX_ERROR_BYTES);
      if (isSuccess && !isWhole) {
        return { kind: 'transport', problem: `more than ${maxBytes} bytes`, phase: 'oversized' };
      }
      return { status: response.statusCode, headers: plain(response.headers), body: text };
    } catch (error) {
      signal.throwIfAborted();
      return { kind: 'transport', problem: problemOf(error), phase: phaseOf(error) };
    }
  };
  return { exchange, close: () => dispatcher.destroy() };
};

/** The text of a body, or of its beginning if it is longer. What follows is not waited for. */
const readBody = async (
  body: AsyncIterable<Buffer>,
  maxBytes: number,
): Promise<{ text: string; isWhole: boolean }> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > maxBytes) break;
  }
  return { text: new TextDecoder().decode(Buffer.concat(chunks)), isWhole: bytes <= maxBytes };
};

const plain = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );

interface NetworkError {
  readonly code?: unknown;
  readonly name?: unknown;
  readonly syscall?: unknown;
  /** Of an AggregateError: one for each address that was tried. */
  readonly errors?: readonly NetworkError[];
}

/** The code of a network error, never its text: that may hold an address with a query. */
const problemOf = (error: unknown): string => {
  const { code, name } = error as NetworkError;
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'no answer';
};

const CERTIFICATE_PROBLEM = /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$|^INVALID_CA$|^PATH_LENGTH_EXCEEDED$/;

const phaseOf = (error: unknown): 'unreached' | 'untrusted' | 'broken' => {
  if (CERTIFICATE_PROBLEM.test(problemOf(error))) return 'untrusted';
  return neverConnected(error as NetworkError) ? 'unreached' : 'broken';
};

const neverConnected = ({ code, syscall, errors }: NetworkError): boolean =>
  code === 'UND_ERR_CONNECT_TIMEOUT' ||
  syscall === 'getaddrinfo' ||
  syscall === 'connect' ||
  (errors !== undefined && errors.length > 0 && errors.every(neverConnected));
