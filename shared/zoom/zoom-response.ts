import { parseJson } from '../model/json-text.ts';

/** Any HTTP response from Zoom. */
export interface ZoomResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The requested host and port, if known. */
  readonly host?: string;
  /** Whether the body had invalid UTF-8: it is replaced by U+FFFD. */
  readonly invalidUtf8?: boolean;
}

/**
 * A failed exchange: an error response, or none at all. Without a response, the request was either never sent
 * (`unreached`; `untrusted` if Zoom's certificate was not accepted; `proxy-refused` if a proxy did not allow it), or it may
 * have been served (`broken`; `oversized` if the response was longer than the limit, and so was not read to its end).
 */
export type Failure =
  | { readonly kind: 'response'; readonly response: ZoomResponse }
  | {
      readonly kind: 'transport';
      readonly problem: string;
      readonly phase: 'unreached' | 'untrusted' | 'proxy-refused' | 'broken' | 'oversized';
      /** The proxy that did not open the connection. */
      readonly proxy?: RefusingProxy;
    };

/** A failed exchange without a response. */
export type TransportFailure = Extract<Failure, { kind: 'transport' }>;

/** A proxy that did not open a connection, and the status of its response, if any. */
export interface RefusingProxy {
  /** Its host and port: never its user name and password. */
  readonly host: string;
  readonly status: number | undefined;
}

/** Whether Zoom may have served the request, although there is no response. */
export const mayBeServed = (failure: Failure): boolean =>
  failure.kind === 'transport' && (failure.phase === 'broken' || failure.phase === 'oversized');

/** The media type of a response, in lower case and without parameters; empty if it has none, or an invalid one. */
export const mediaTypeOf = ({ headers }: Pick<ZoomResponse, 'headers'>): string =>
  /^\s*([a-z]{1,20}\/[\w.+-]{1,60})\s*(?:;|$)/i.exec(headers['content-type'] ?? '')?.[1]?.toLowerCase() ?? '';

/** Network Authentication Required (RFC 6585): a captive portal's own status. */
const PORTAL = 511;

/**
 * Whether another server may have responded in Zoom's place, such as a captive portal: with a document instead of JSON.
 * Failing servers of Zoom (5xx) respond with documents as well.
 */
export const isForeign = (response: ZoomResponse): boolean => {
  if (response.status >= 500 && response.status !== PORTAL) return false;
  if (parseBody(response.body) !== undefined || readErrorBody(response.body).message !== '') return false;
  const type = mediaTypeOf(response);
  return (
    response.body.trimStart().startsWith('<') ||
    (type !== '' && !type.endsWith('json') && response.body !== '')
  );
};

/** The code and message of an error body. */
export interface ErrorBody {
  readonly code: number | undefined;
  readonly message: string;
  /** The first field that a validation error names. */
  readonly field: string | undefined;
}

/** Every other response of Zoom is far shorter than a page of a report. */
const LONGEST_TEXT = 256 * 1024;

/** JSON, or undefined if the text is invalid, or longer than any response but a page. */
export const parseBody = (body: string): unknown => {
  if (body.length > LONGEST_TEXT) return undefined;
  return parseJson(body);
};

/**
 * Reads an error body. Zoom's message about missing scopes may hold unescaped quotes, so that the body is not JSON; then
 * code and message are searched in the text. OAuth errors come as `{"reason", "error"}`.
 */
export const readErrorBody = (body: string): ErrorBody => {
  const json = parseBody(body);
  if (typeof json === 'object' && json !== null) {
    const { code, message, reason, error, errors } = json as Record<string, unknown>;
    const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
    return {
      code: codeOf(code),
      message: [message, error, reason].filter((text) => typeof text === 'string').join(': '),
      field: fieldOf(first),
    };
  }
  const text = body.slice(0, LONGEST_TEXT);
  const code = /"code"\s*:\s*"?(\d{1,6})/.exec(text)?.[1];
  const message = /"message"\s*:\s*"(.{0,500})/.exec(text)?.[1];
  return { code: codeOf(code), message: message?.replace(/"\s{0,9}\}\s{0,9}$/, '') ?? '', field: undefined };
};

const codeOf = (code: unknown): number | undefined => {
  if (typeof code === 'number') return code;
  return typeof code === 'string' && /^\d{1,6}$/.test(code) ? Number(code) : undefined;
};

const fieldOf = (error: unknown): string | undefined => {
  const field = (error as { field?: unknown } | null | undefined)?.field;
  return typeof field === 'string' ? field : undefined;
};
