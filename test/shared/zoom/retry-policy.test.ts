import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Failure } from '../../../shared/zoom/zoom-response.ts';
import type { FailureKind } from '../../../shared/zoom/failure-kind.ts';
import { decideRetry, MAX_TRIES, type RetryDecision } from '../../../shared/zoom/retry-policy.ts';

const NOON = new Date('2026-11-20T12:00:00Z');

const response = (
  status: number,
  code: number,
  message: string,
  headers: Record<string, string> = {},
): Failure => ({
  kind: 'response',
  response: { status, headers, body: JSON.stringify({ code, message }) },
});

const SERVER_ERROR = response(500, 500, 'Internal error.');
const DEAD_TOKEN = response(401, 124, 'Access token is expired.');
const REVOKED = response(401, 4741, 'The token has been revoked.');
const DISABLED = response(401, 4738, 'The application has been disabled by an administrator.');
const NO_ROLE = response(400, 200, 'No permission.');
const NO_SCOPE = response(400, 4711, 'Invalid access token, does not contain scopes:[x]');
const FREE_PLAN = response(400, 200, 'Only available for paid account: x.');
const perSecond = (headers = {}) =>
  response(429, 429, 'You have reached the maximum per-second rate limit.', headers);
const perDay = (headers = {}, now = NOON) => ({
  now,
  failure: response(429, 429, 'You have reached the maximum daily rate limit.', headers),
});

const times = (count: number, failureKind: FailureKind): FailureKind[] =>
  Array.from({ length: count }, () => failureKind);

const decided = (
  failure: Failure,
  before: readonly FailureKind[] = [],
  random = 0.5,
  now = NOON,
): RetryDecision => decideRetry(failure, before, now, random);

describe('a response that is longer than the limit', () => {
  it('is not requested again: it would be as long', () => {
    expect(decided({ kind: 'transport', problem: 'more than 9 bytes', phase: 'oversized' })).toEqual({
      act: 'give-up',
      failureKind: 'answer-too-long',
    });
  });
});

describe('a failure of Zoom', () => {
  it.each([
    [0, 250],
    [1, 500],
    [2, 1000],
    [3, 2000],
    [4, 4000],
    [5, 8000],
  ])('after %d others is retried after at most %d ms', (failures, expected) => {
    const most = decided(SERVER_ERROR, times(failures, 'zoom-failed'), 1 - Number.EPSILON);

    expect(most).toEqual({ act: 'retry', afterMs: expected, failureKind: 'zoom-failed' });
  });

  it('is spread by chance, down to at once', () => {
    expect(decided(SERVER_ERROR, times(5, 'zoom-failed'), 0)).toMatchObject({ act: 'retry', afterMs: 0 });
  });

  it('is given up at the last try', () => {
    expect(decided(SERVER_ERROR, times(MAX_TRIES - 1, 'zoom-failed'))).toEqual({
      act: 'give-up',
      failureKind: 'zoom-failed',
    });
  });

  it.each<[string, Failure]>([
    ['a broken connection', { kind: 'transport', problem: 'ECONNRESET', phase: 'broken' }],
    ['a name that is unknown', { kind: 'transport', problem: 'ENOTFOUND', phase: 'unreached' }],
    ['HTML', { kind: 'response', response: { status: 200, headers: {}, body: '<html></html>' } }],
  ])('may be %s', (_, failure) => {
    expect(decided(failure)).toMatchObject({ act: 'retry' });
  });
});

describe('a dead token', () => {
  it.each([
    ['dead', DEAD_TOKEN],
    ['revoked', REVOKED],
    ["of an app that isn't there", DISABLED],
  ])('that is %s is renewed', (_, failure) => {
    expect(decided(failure)).toMatchObject({ act: 'renew-token' });
  });

  it('is renewed although something else failed before', () => {
    expect(decided(DEAD_TOKEN, ['zoom-failed', 'role-too-weak'])).toMatchObject({ act: 'renew-token' });
  });

  it.each<[FailureKind, Failure]>([
    ['token-dead', DEAD_TOKEN],
    ['grant-dead', DEAD_TOKEN],
    ['token-dead', REVOKED],
    ['app-disabled', REVOKED],
  ])('is given up if a new one after %s is dead as well', (earlier, failure) => {
    expect(decided(failure, [earlier])).toMatchObject({ act: 'give-up' });
  });
});

describe('a refusal', () => {
  it.each<[FailureKind, Failure]>([
    ['role-too-weak', NO_ROLE],
    ['scope-missing', NO_SCOPE],
    ['plan-too-small', FREE_PLAN],
    ['cloud-recording-off', response(400, 200, 'Cloud recording is not enabled for this account.')],
    ['account-missing', response(404, 2001, 'Account does not exist: x')],
    ['user-missing', response(404, 1001, 'User does not exist: me')],
    [
      'app-inactive',
      { kind: 'response', response: { status: 400, headers: {}, body: '{"error":"invalid_request"}' } },
    ],
    ['zoom-untrusted', { kind: 'transport', problem: 'CERT_HAS_EXPIRED', phase: 'untrusted' }],
  ])('%s is asked about once more, and final then', (failureKind, failure) => {
    expect(decided(failure)).toEqual({ act: 'retry', afterMs: 1000, failureKind });
    expect(decided(failure, ['zoom-failed'])).toMatchObject({ act: 'retry' });
    expect(decided(failure, [failureKind])).toEqual({ act: 'give-up', failureKind });
  });

  it.each<[FailureKind, Failure]>([
    ['request-wrong', response(400, 300, 'Validation Failed.')],
    ['day-too-old', response(400, 300, 'Only data of the recent 6 months can be queried.')],
    ['page-token-spent', response(400, 300, 'The next page token is invalid or expired.')],
    ['credentials-wrong', response(401, 4702, 'Invalid client.')],
    ['app-kind-wrong', response(400, 4705, 'Unsupported.')],
    ['code-refused', response(400, 4733, 'Expired.')],
    ['redirect-mismatch', response(400, 4709, 'Mismatch.')],
  ])('%s is final at once', (failureKind, failure) => {
    expect(decided(failure)).toEqual({ act: 'give-up', failureKind });
  });
});

describe('a limit', () => {
  it.each([
    ['nothing', {}, 1000],
    ['garbage', { 'retry-after': 'soon' }, 1000],
    ['a short wait', { 'retry-after': '3' }, 3000],
    ['a date-time', { 'retry-after': '2026-11-20T12:00:02Z' }, 2000],
    ['an HTTP date', { 'retry-after': 'Fri, 20 Nov 2026 12:00:04 GMT' }, 4000],
    ['the second that comes', { 'x-ratelimit-reset': String(NOON.getTime() / 1000 + 1) }, 1000],
    ['a time that has just passed', { 'retry-after': '2026-11-20T11:59:59.500Z' }, 0],
    ['a time past, by a clock behind ours', { 'retry-after': '2026-11-20T11:59:58Z' }, 1000],
    ['a date-time, by a clock ahead of ours', { 'retry-after': '2026-11-20T12:01:53Z' }, 1000],
    ['a date-time, by a clock far ahead of ours', { 'retry-after': '2026-11-20T12:08:00Z' }, 1000],
    ['an HTTP date, by a clock ahead of ours', { 'retry-after': 'Fri, 20 Nov 2026 12:01:53 GMT' }, 1000],
    [
      'the second that comes, by a clock ahead',
      { 'x-ratelimit-reset': String(NOON.getTime() / 1000 + 113) },
      1000,
    ],
    ['a wait in seconds, which needs no clock', { 'retry-after': '30' }, 30_000],
    ['a time long past', { 'retry-after': '2025-01-01T00:00:00Z' }, 1000],
    ['a time beyond sense', { 'retry-after': '2999-01-01T00:00:00Z', 'x-ratelimit-type': 'QPS' }, 1000],
  ])('per second that states %s delays all requests by that time', (_, headers, expected) => {
    expect(decided(perSecond(headers), [], 0)).toMatchObject({ act: 'throttle', afterMs: expected });
  });

  it('per second grows its wait with each try', () => {
    const waits = [0, 3, 5].map((tries) => decided(perSecond(), times(tries, 'limited-per-second'), 0.5));

    expect(waits).toMatchObject([{ afterMs: 1125 }, { afterMs: 2000 }, { afterMs: 5000 }]);
  });

  it('per second that states a long wait in seconds is left for then', () => {
    expect(decided(perSecond({ 'retry-after': '113' }))).toEqual({
      act: 'defer',
      retryAt: new Date('2026-11-20T12:01:53Z'),
      failureKind: 'limited-per-second',
    });
  });

  it('per second that never ends is left for later', () => {
    expect(decided(perSecond(), times(MAX_TRIES - 1, 'limited-per-second'))).toEqual({
      act: 'defer',
      retryAt: new Date('2026-11-20T12:00:09Z'),
      failureKind: 'limited-per-second',
    });
  });

  it.each([
    ['nothing', {}, '2026-11-21T00:00:00Z'],
    ['garbage', { 'retry-after': 'tomorrow' }, '2026-11-21T00:00:00Z'],
    ['a date-time', { 'retry-after': '2026-11-20T18:00:00Z' }, '2026-11-20T18:00:00Z'],
    ['a date', { 'retry-after': '2026-11-21' }, '2026-11-21T00:00:00Z'],
    ['an HTTP date', { 'retry-after': 'Sat, 21 Nov 2026 00:00:00 GMT' }, '2026-11-21T00:00:00Z'],
    ['seconds', { 'retry-after': '43200' }, '2026-11-21T00:00:00Z'],
    ['unix seconds', { 'x-ratelimit-reset': String(Date.UTC(2026, 10, 21) / 1000) }, '2026-11-21T00:00:00Z'],
    ['a time long past', { 'retry-after': '2025-01-20T00:00:00Z' }, '2026-11-21T00:00:00Z'],
    ['a time beyond sense', { 'retry-after': '2999-01-01T00:00:00Z' }, '2026-11-21T00:00:00Z'],
  ])('per day that states %s is left for %s', (_, headers, expected) => {
    const { failure } = perDay(headers);

    expect(decided(failure)).toEqual({
      act: 'defer',
      retryAt: new Date(expected),
      failureKind: 'limited-per-day',
    });
  });

  it('per day whose end is near is waited for', () => {
    const { failure } = perDay({ 'retry-after': '2026-11-20T12:00:30Z' });

    expect(decided(failure, [], 0)).toMatchObject({ act: 'throttle', afterMs: 30_000 });
  });

  it("per day is not taken for tomorrow's if our clock is a little ahead of Zoom's", () => {
    const now = new Date('2026-11-21T00:00:20Z');
    const { failure } = perDay({ 'retry-after': '2026-11-21T00:00:00Z' });

    expect(decided(failure, [], 0, now)).toMatchObject({ act: 'throttle', afterMs: 0 });
  });
});

describe('any failure', () => {
  it('ends, in any sequence, without a wait of more than a minute', () => {
    const failures = [SERVER_ERROR, DEAD_TOKEN, REVOKED, NO_ROLE, NO_SCOPE, perSecond(), perDay().failure];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...failures), { minLength: MAX_TRIES, maxLength: MAX_TRIES }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (sequence, random) => {
          const before: FailureKind[] = [];
          const ended = sequence.some((failure) => {
            const verdict = decideRetry(failure, before, NOON, random);
            before.push(verdict.failureKind);
            if ('afterMs' in verdict) expect(verdict.afterMs).toBeLessThanOrEqual(60_000);
            return verdict.act === 'give-up' || verdict.act === 'defer';
          });

          expect(ended).toBe(true);
        },
      ),
    );
  });
});
