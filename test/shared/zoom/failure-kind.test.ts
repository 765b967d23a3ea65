import { describe, expect, it } from '@jest/globals';
import type { Failure } from '../../../shared/zoom/zoom-response.ts';
import { type FailureKind, classifyFailure } from '../../../shared/zoom/failure-kind.ts';

const NOW = new Date('2026-11-20T12:00:00Z');

const means = (status: number, body: string, headers: Record<string, string> = {}): FailureKind =>
  classifyFailure({ kind: 'response', response: { status, headers, body } }, NOW);

const api = (code: unknown, message: string, more: object = {}): string =>
  JSON.stringify({ code, message, ...more });

const oauth = (error: string, reason: string): string => JSON.stringify({ reason, error });

const NO_SCOPE = 'Invalid access token, does not contain scopes:[report:read:operation_logs:admin]';

/** Every row of zoom-api.md, section 2, with each HTTP status that it is known to come under. */
const OF_THE_API: readonly [FailureKind, readonly number[], string][] = [
  ['token-dead', [401, 400, 200], api(124, 'Access token is expired.')],
  ['token-dead', [401, 400, 200], api(124, 'Invalid access token.')],
  ['token-dead', [401, 400], api(4700, 'Invalid Access Token.')],
  ['token-dead', [401, 400], api(4700, 'Token cannot be empty')],
  ['scope-missing', [400, 401, 200], api(4711, NO_SCOPE)],
  ['scope-missing', [400, 401], api(104, NO_SCOPE)],
  ['scope-missing', [400, 401], api(200, NO_SCOPE)],
  [
    'scope-missing',
    [400, 401],
    '{"code":4711,"message":"Invalid access token, does not contain scopes:["report:read:admin"]."}',
  ],
  [
    'scope-missing',
    [400, 401],
    '{"code":200,"message":"Invalid access token, does not contain scopes:["report:read:admin"]."}',
  ],
  ['role-too-weak', [400, 403, 200], api(200, 'No permission.')],
  [
    'cloud-recording-off',
    [400, 200],
    api(200, 'Cloud recording is not enabled for this account. No permission.'),
  ],
  ['plan-too-small', [400, 403], api(200, 'Only available for paid account: abc.')],
  ['page-token-spent', [400, 300], api(300, 'The next page token is invalid or expired.')],
  [
    'request-wrong',
    [400, 300],
    api(300, 'Validation Failed.', { errors: [{ field: 'from', message: 'x' }] }),
  ],
  [
    'page-token-spent',
    [400, 300],
    api(300, 'Validation Failed.', { errors: [{ field: 'next_page_token', message: 'x' }] }),
  ],
  ['day-too-old', [400, 300], api(300, 'Only data of the recent 6 months can be queried.')],
  ['user-missing', [404], api(1001, 'User does not exist: me.')],
  ['account-missing', [404], api(2001, 'Account does not exist: abc')],
  ['zoom-failed', [500, 502, 503, 504], api(500, 'Internal error.')],
  ['app-disabled', [401], api(4717, 'The connection of this app has ended.')],
  ['grant-dead', [401], api(4735, 'The owner of this token does not exist.')],
  ['app-disabled', [401], api(4738, 'The application has been disabled by an administrator.')],
  ['grant-dead', [401], api(4741, 'The token has been revoked.')],
  ['token-dead', [401], api(4740, 'The token id is out of tolerance.')],
];

/** Every row of zoom-api.md, section 4.3. */
const OF_THE_TOKEN_ENDPOINT: readonly [FailureKind, readonly number[], string][] = [
  ['grant-dead', [400], oauth('invalid_grant', 'Invalid Token!')],
  ['grant-dead', [400, 401], oauth('invalid_request', 'Invalid Token!')],
  ['credentials-wrong', [400, 401], oauth('invalid_client', 'Invalid client_id or client_secret')],
  ['credentials-wrong', [400, 401], api(4702, 'Something.')],
  ['credentials-wrong', [400, 401], api(4704, 'Something.')],
  ['app-kind-wrong', [400], oauth('unsupported_grant_type', 'unsupported grant type')],
  ['app-kind-wrong', [400], api(4705, 'Something.')],
  ['app-inactive', [400], oauth('invalid_request', 'Bad Request')],
  ['request-wrong', [400], api(4706, 'Something.')],
  ['redirect-mismatch', [400], api(4709, 'Something.')],
  ['redirect-mismatch', [400], oauth('invalid_request', 'Redirect URI mismatch.')],
  ['code-refused', [400], oauth('invalid_grant', 'Invalid authorization code')],
  ['code-refused', [400], oauth('invalid_request', 'code verifier does not match code challenge')],
  ['code-refused', [400], api(4733, 'Something.')],
  ['code-refused', [400], api(4734, 'Something.')],
  ['zoom-failed', [500, 503], oauth('server_error', 'Internal error.')],
  ['limited-per-second', [429], oauth('too_many_requests', 'Too many requests.')],
];

const each = (table: typeof OF_THE_API): [FailureKind, number, string][] =>
  table.flatMap(([failureKind, statuses, body]) =>
    statuses.map((status): [FailureKind, number, string] => [failureKind, status, body]),
  );

describe('the kind of a failure', () => {
  it.each(each(OF_THE_API))('is %s for the API answer HTTP %d %s', (failureKind, status, body) => {
    expect(means(status, body)).toBe(failureKind);
  });

  it.each(each(OF_THE_TOKEN_ENDPOINT))(
    'is %s for the token answer HTTP %d %s',
    (failureKind, status, body) => {
      expect(means(status, body)).toBe(failureKind);
    },
  );

  it.each<[FailureKind, string, number, string]>([
    ['zoom-failed', 'a page of HTML', 200, '<html><body>We will be right back</body></html>'],
    ['zoom-failed', 'a page of HTML', 502, '<html></html>'],
    ['zoom-failed', 'a page of HTML', 404, '<html></html>'],
    ['zoom-failed', 'a page of HTML', 403, '<html></html>'],
    ['zoom-failed', 'no body', 200, ''],
    ['zoom-failed', 'no body', 400, ''],
    ['zoom-failed', 'a cut page', 200, '{"page_size":300,"operation_logs":[{"time":"2026-11'],
    ['zoom-failed', 'JSON that is no page', 200, '"fine"'],
    ['zoom-failed', 'JSON null', 200, 'null'],
    ['zoom-failed', 'a list', 200, '[{"code":200,"message":"No permission."}]'],
    ['zoom-failed', 'a server error in the body', 200, api(500, 'Internal error.')],
    ['zoom-failed', 'a redirect', 302, ''],
    ['token-dead', 'no body', 401, ''],
    ['token-dead', 'a page of HTML', 401, '<html></html>'],
    ['role-too-weak', 'an unknown refusal', 403, api(987, 'The admin forbids this.')],
    ['request-wrong', 'an unknown refusal', 400, api(987, 'Nope.')],
    ['request-wrong', 'an unknown path', 404, api(2300, 'This API endpoint is not recognized.')],
  ])('is %s for %s under HTTP %s', (failureKind, _, status, body) => {
    expect(means(status, body)).toBe(failureKind);
  });

  it.each<[FailureKind, unknown]>([
    ['token-dead', '124'],
    ['role-too-weak', '200'],
    ['account-missing', '2001'],
    ['request-wrong', null],
    ['request-wrong', true],
    ['request-wrong', [124]],
    ['request-wrong', '124 or so'],
  ])('is %s for the code %p, which is a number only if it looks like one', (failureKind, code) => {
    expect(means(400, api(code, 'Something else.'))).toBe(failureKind);
  });

  it.each<[FailureKind, string, Failure]>([
    ['zoom-unreachable', 'a name that is unknown', transport('ENOTFOUND', 'unreached')],
    [
      'answer-too-long',
      'an answer that was not read to its end',
      transport('more than 9 bytes', 'oversized'),
    ],
    ['zoom-untrusted', 'a self-signed certificate', transport('SELF_SIGNED_CERT_IN_CHAIN', 'untrusted')],
    ['zoom-failed', 'a connection that broke', transport('ECONNRESET', 'broken')],
  ])('is %s for %s', (failureKind, _, failure) => {
    expect(classifyFailure(failure, NOW)).toBe(failureKind);
  });
});

const PER_SECOND = 'You have reached the maximum per-second rate limit for this API. Try again later.';
const DAILY = 'You have reached the maximum daily rate limit for this API. Refer to the response header.';

describe('a limit', () => {
  it.each<[FailureKind, string, number, string, Record<string, string>]>([
    ['limited-per-second', 'the message', 429, api(429, PER_SECOND), {}],
    ['limited-per-second', 'the message, code 4001', 429, api(4001, PER_SECOND), {}],
    [
      'limited-per-second',
      'the message',
      429,
      api(429, PER_SECOND),
      { 'retry-after': '2026-11-20T12:08:00Z' },
    ],
    ['limited-per-second', 'the code alone', 400, api(4001, PER_SECOND), {}],
    ['limited-per-second', 'the code alone', 200, api(429, PER_SECOND), {}],
    ['limited-per-second', 'the code as a text', 200, api('429', PER_SECOND), {}],
    ['limited-per-second', 'too many at once', 429, api(429, 'Too many concurrent requests.'), {}],
    ['limited-per-second', 'nothing', 429, '', {}],
    ['limited-per-second', 'a page of HTML', 429, '<html></html>', {}],
    ['limited-per-second', 'a near time', 429, '', { 'retry-after': '2026-11-20T12:00:02Z' }],
    ['limited-per-second', 'the type', 429, api(429, DAILY), { 'x-ratelimit-type': 'QPS' }],
    ['limited-per-day', 'the message', 429, api(429, DAILY), {}],
    ['limited-per-day', 'the message', 200, api(429, DAILY), {}],
    ['limited-per-day', 'the type', 429, api(429, PER_SECOND), { 'x-ratelimit-type': 'Daily-limit' }],
    ['limited-per-day', 'the type in another case', 429, '', { 'x-ratelimit-type': 'DAILY-LIMIT' }],
    ['limited-per-day', 'a far time', 429, '', { 'retry-after': '2026-11-21T00:00:00Z' }],
    ['limited-per-day', 'a far time in seconds', 429, '', { 'retry-after': '43200' }],
  ])('is %s by %s under HTTP %d', (failureKind, _, status, body, headers) => {
    expect(means(status, body, headers)).toBe(failureKind);
  });
});

function transport(problem: string, phase: 'unreached' | 'untrusted' | 'broken' | 'oversized'): Failure {
  return { kind: 'transport', problem, phase };
}
