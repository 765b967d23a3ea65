import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isInSeconds, nextMidnight, retryAtOf } from '../../../shared/zoom/retry-after.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const UNIX_NOON = NOW.getTime() / 1000;

describe('the end of a limit', () => {
  it.each([
    [true, { 'retry-after': ' 90 ' }],
    [true, { 'retry-after': '0.5' }],
    [false, { 'retry-after': '2026-11-21T00:00:00Z' }],
    [false, { 'retry-after': String(UNIX_NOON) }],
    [false, { 'x-ratelimit-reset': String(UNIX_NOON) }],
    [false, {}],
  ])('is named in seconds from now: %p, in %j', (expected, headers) => {
    expect(isInSeconds(headers)).toBe(expected);
  });
});

describe('when a 429 allows the next call', () => {
  it.each([
    ['an ISO date-time', '2026-11-21T00:00:00Z', '2026-11-21T00:00:00.000Z'],
    ['an ISO date-time with a fraction', '2026-11-21T00:00:00.250Z', '2026-11-21T00:00:00.250Z'],
    ['an ISO date-time with an offset', '2026-11-21T01:00:00+01:00', '2026-11-21T00:00:00.000Z'],
    ['an ISO date-time without an offset', '2026-11-21T00:00:00', '2026-11-21T00:00:00.000Z'],
    ['an ISO date-time with a blank', '2026-11-21 00:00:00', '2026-11-21T00:00:00.000Z'],
    ['an ISO date-time in lower case', '2026-11-21t00:00:00z', '2026-11-21T00:00:00.000Z'],
    ['a date', '2026-11-21', '2026-11-21T00:00:00.000Z'],
    ['an HTTP date', 'Sat, 21 Nov 2026 00:00:00 GMT', '2026-11-21T00:00:00.000Z'],
    ['an old HTTP date', 'Saturday, 21-Nov-26 00:00:00 GMT', '2026-11-21T00:00:00.000Z'],
    ['seconds', '90', '2026-11-20T12:01:30.000Z'],
    ['seconds within blanks', ' 90 ', '2026-11-20T12:01:30.000Z'],
    ['seconds with a fraction', '0.5', '2026-11-20T12:00:00.500Z'],
    ['no seconds', '0', '2026-11-20T12:00:00.000Z'],
    ['unix seconds', String(UNIX_NOON + 60), '2026-11-20T12:01:00.000Z'],
    ['a time that has passed', '2025-01-20T00:00:00Z', '2025-01-20T00:00:00.000Z'],
    ['a time far away', '2999-01-01T00:00:00Z', '2999-01-01T00:00:00.000Z'],
  ])('is read from Retry-After as %s', (_, value, expected) => {
    expect(retryAtOf({ 'retry-after': value }, NOW)?.toISOString()).toBe(expected);
  });

  it.each([
    '',
    ' ',
    'soon',
    'tomorrow 5',
    '-5',
    '5, 5',
    '1e9',
    '0x10',
    '2026-13-45T99:99:99Z',
    '2026-11-21T00:00Z?',
    'Sat, 99 Nov 2026 00:00:00 GMT',
    'NaN',
    'null',
  ])('is not read from Retry-After "%s"', (value) => {
    expect(retryAtOf({ 'retry-after': value }, NOW)).toBeUndefined();
  });

  it.each([
    ['unix seconds', String(UNIX_NOON + 1), '2026-11-20T12:00:01.000Z'],
    ['unix milliseconds', String(NOW.getTime() + 1), '2026-11-20T12:00:00.001Z'],
  ])('is read from X-RateLimit-Reset in %s', (_, value, expected) => {
    expect(retryAtOf({ 'x-ratelimit-reset': value }, NOW)?.toISOString()).toBe(expected);
  });

  it.each(['', '1', 'soon', '12345678901', '2026-11-20'])(
    'is not read from X-RateLimit-Reset "%s"',
    (value) => {
      expect(retryAtOf({ 'x-ratelimit-reset': value }, NOW)).toBeUndefined();
    },
  );

  it('is from Retry-After, if both are present', () => {
    const headers = { 'retry-after': '5', 'x-ratelimit-reset': String(UNIX_NOON + 1) };

    expect(retryAtOf(headers, NOW)?.toISOString()).toBe('2026-11-20T12:00:05.000Z');
  });

  it('is from X-RateLimit-Reset, if Retry-After is invalid', () => {
    const headers = { 'retry-after': 'soon', 'x-ratelimit-reset': String(UNIX_NOON + 1) };

    expect(retryAtOf(headers, NOW)?.toISOString()).toBe('2026-11-20T12:00:01.000Z');
  });

  it('is unknown without headers', () => {
    expect(retryAtOf({}, NOW)).toBeUndefined();
  });

  it('is a readable date or unknown, for any headers', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (after, reset) => {
        const retryAt = retryAtOf({ 'retry-after': after, 'x-ratelimit-reset': reset }, NOW);

        expect(retryAt?.getTime() ?? 0).not.toBeNaN();
      }),
    );
  });
});

describe("the end of Zoom's day", () => {
  it.each([
    ['2026-11-20T12:00:00Z', '2026-11-21T00:00:00.000Z'],
    ['2026-11-20T23:59:59.999Z', '2026-11-21T00:00:00.000Z'],
    ['2026-11-20T00:00:00Z', '2026-11-21T00:00:00.000Z'],
    ['2026-12-31T12:00:00Z', '2027-01-01T00:00:00.000Z'],
  ])('after %s is %s', (now, expected) => {
    expect(nextMidnight(new Date(now)).toISOString()).toBe(expected);
  });
});
