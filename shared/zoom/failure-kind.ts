import { type Failure, readErrorBody, type ZoomResponse } from './zoom-response.ts';
import { retryAtOf } from './retry-after.ts';

/** The kind of a failure, regardless of its HTTP status. */
export type FailureKind =
  /** The access token is dead, or a refusal that a new one may fix. */
  | 'token-dead'
  /** The refresh token is used up, replaced or revoked, or the user who authorized the app is gone. */
  | 'grant-dead'
  /** The authorization code is used up, too old, or not ours. */
  | 'code-refused'
  | 'redirect-mismatch'
  | 'credentials-wrong'
  | 'app-disabled'
  /** The token endpoint accepts the app's credentials, but not the request: usually the app is not activated. */
  | 'app-inactive'
  /** The app type may not request tokens in this way. */
  | 'app-kind-wrong'
  | 'scope-missing'
  | 'role-too-weak'
  | 'plan-too-small'
  | 'cloud-recording-off'
  | 'account-missing'
  | 'user-missing'
  | 'page-token-spent'
  | 'day-too-old'
  | 'request-wrong'
  | 'limited-per-second'
  | 'limited-per-day'
  /** No connection: the network, a name server, a proxy. */
  | 'zoom-unreachable'
  /** The server has a certificate that this machine doesn't accept. */
  | 'zoom-untrusted'
  /** A proxy does not allow the connection, or requires another password. */
  | 'proxy-refused'
  /** The response is longer than the limit: see `ZoomRequest.maxBytes`. */
  | 'answer-too-long'
  /** Zoom failed, or sent an unusable response. */
  | 'zoom-failed';

/** A 429 with a wait as long as this is a daily limit, under any name. */
const FAR_MS = 5 * 60_000;

/** The first match decides. */
const MESSAGES: readonly (readonly [RegExp, FailureKind])[] = [
  [/does not contain scopes?/i, 'scope-missing'],
  [/only available for paid account|paid plan/i, 'plan-too-small'],
  [/cloud recording is not enabled/i, 'cloud-recording-off'],
  [/no permission/i, 'role-too-weak'],
  [/next[ _]page[ _]token/i, 'page-token-spent'],
  [/recent (?:6|six) months/i, 'day-too-old'],
  [/invalid_client|invalid client_id/i, 'credentials-wrong'],
  [/unsupported_grant_type/i, 'app-kind-wrong'],
  [/redirect[ _]ur[il]/i, 'redirect-mismatch'],
  [/authorization code|code[ _]verifier|code[ _]challenge/i, 'code-refused'],
  [/invalid_grant|invalid token!/i, 'grant-dead'],
  [/invalid_request/i, 'app-inactive'],
  [/token is expired|invalid access token|token cannot be empty/i, 'token-dead'],
  [/account does not exist/i, 'account-missing'],
  [/user does not exist/i, 'user-missing'],
];

/** Zoom's own codes, where the message is not conclusive. Code 200 alone can be role, plan or scope. */
const CODES: Readonly<Record<number, FailureKind>> = {
  104: 'scope-missing',
  124: 'token-dead',
  200: 'role-too-weak',
  300: 'request-wrong',
  1001: 'user-missing',
  2001: 'account-missing',
  4700: 'token-dead',
  4702: 'credentials-wrong',
  4704: 'credentials-wrong',
  4705: 'app-kind-wrong',
  4706: 'request-wrong',
  4709: 'redirect-mismatch',
  4711: 'scope-missing',
  4717: 'app-disabled',
  4733: 'code-refused',
  4734: 'code-refused',
  4735: 'grant-dead',
  4738: 'app-disabled',
  4740: 'token-dead',
  4741: 'grant-dead',
};

const TRANSPORT = {
  unreached: 'zoom-unreachable',
  untrusted: 'zoom-untrusted',
  'proxy-refused': 'proxy-refused',
  broken: 'zoom-failed',
  oversized: 'answer-too-long',
} as const satisfies Record<string, FailureKind>;

/**
 * Classifies by message and code first and by HTTP status last, because the same code comes with different statuses, and
 * error bodies come with status 200, too (zoom-api: errors; production clients agree).
 */
export const classifyFailure = (failure: Failure, now: Date): FailureKind => {
  if (failure.kind === 'transport') return TRANSPORT[failure.phase];
  const { response } = failure;
  const { code, message, field } = readErrorBody(response.body);
  if (response.status === 429 || code === 429 || code === 4001) return limitOf(response, message, now);
  if (response.status >= 500) return 'zoom-failed';

  if (field === 'next_page_token') return 'page-token-spent';
  const byMessage = MESSAGES.find(([pattern]) => pattern.test(message))?.[1];
  if (byMessage) return byMessage;
  const byCode = code === undefined ? undefined : CODES[code];
  if (byCode) return byCode;
  if (response.status === 401) return 'token-dead';
  // An unknown refusal with a message is about our request. A response without one is from a proxy or a fault.
  if (response.status < 300 || message === '') return 'zoom-failed';
  return response.status === 403 ? 'role-too-weak' : 'request-wrong';
};

/**
 * Per second or per day: by the header that names the type, else by the message, else by a far date. The date comes last, for it is
 * far as well where the clock of this machine is minutes behind.
 */
const limitOf = ({ headers }: ZoomResponse, message: string, now: Date): FailureKind => {
  const type = headers['x-ratelimit-type'] ?? '';
  if (/daily/i.test(type)) return 'limited-per-day';
  if (/qps|second/i.test(type)) return 'limited-per-second';
  if (/daily/i.test(message)) return 'limited-per-day';
  if (/per[- ]second/i.test(message)) return 'limited-per-second';
  const retryAt = retryAtOf(headers, now);
  return retryAt && retryAt.getTime() - now.getTime() > FAR_MS ? 'limited-per-day' : 'limited-per-second';
};
