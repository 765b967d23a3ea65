/** A response before its delivery. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** Instead of `body`: bytes that are produced while they are read. */
  readonly stream?: BodyStream;
  readonly delivery?: Delivery;
}

/** A body of any size. */
export interface BodyStream {
  /** The number of bytes, whatever `content-length` states. */
  readonly length: number;
  /**
   * Begins the bytes. A consumer asks for the next chunk when it is done with the last one: only then is that one counted as served, and
   * the end as a whole transfer.
   */
  chunks(): Iterable<Uint8Array>;
}

/** The delivery of a response. Default: immediately and whole. */
export interface Delivery {
  /** Real milliseconds before the first byte. */
  readonly delayMs?: number;
  /** Real milliseconds over which the body is sent. */
  readonly bodyMs?: number;
  /** `no-answer`: reset before the first byte; `mid-body`: reset within the body; `cut`: closed before its end. */
  readonly breaks?: 'no-answer' | 'mid-body' | 'cut';
  /** How the end of a stream is known. Default: by content-length, or chunked without it. `close`: by the end of the connection. */
  readonly framing?: 'length' | 'chunked' | 'close';
}

export const json = (status: number, value: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
  body: JSON.stringify(value),
});

/** An error in the form of Zoom's API: a code in addition to the HTTP status, often not matching it. */
export const apiError = (status: number, code: number, message: string, more: object = {}): Answer =>
  json(status, { code, message, ...more });

/** An error in the form of Zoom's token endpoint. */
export const oauthError = (status: number, error: string, reason: string): Answer =>
  json(status, { reason, error });

export const tokenExpired = (status = 401): Answer => apiError(status, 124, 'Access token is expired.');

export const pageTokenExpired = (status = 400): Answer =>
  apiError(status, 300, 'The next page token is invalid or expired.');

export const validationFailed = (field: string, message: string, status = 400): Answer =>
  apiError(status, 300, 'Validation Failed.', { errors: [{ field, message }] });

export const noPermission = (status = 400): Answer => apiError(status, 200, 'No permission.');

export const paidOnly = (accountId: string, status = 400): Answer =>
  apiError(status, 200, `Only available for paid account: ${accountId}.`);

export const accountMissing = (accountId: string): Answer =>
  apiError(404, 2001, `Account does not exist: ${accountId}`);

export const invalidGrant = (): Answer => oauthError(400, 'invalid_grant', 'Invalid Token!');

export const invalidClient = (status = 401): Answer =>
  oauthError(status, 'invalid_client', 'Invalid client_id or client_secret');

export const scopeMissing = (scope: string, status = 400, code = 4711): Answer =>
  apiError(status, code, `Invalid access token, does not contain scopes:[${scope}]`);

/** The same message as some Zoom gateways write it: unescaped quotes inside make it invalid JSON. */
export const scopeMissingBroken = (scope: string, status: number, code: number): Answer => ({
  ...scopeMissing(scope, status, code),
  body: `{"code":${code},"message":"Invalid access token, does not contain scopes:["${scope}"]."}`,
});
