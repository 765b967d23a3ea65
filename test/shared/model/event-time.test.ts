import { describe, expect, it } from '@jest/globals';
import { parseEventTime } from '../../../shared/model/event-time.ts';

describe('reading the time of a row', () => {
  it.each([
    ['2026-11-20T09:05:30Z', '2026-11-20T09:05:30.000Z'],
    ['2026-11-20 09:05:30Z', '2026-11-20T09:05:30.000Z'],
    ['2026-11-20T09:05:30', '2026-11-20T09:05:30.000Z'],
    ['2026-11-20T09:05:30.5Z', '2026-11-20T09:05:30.500Z'],
    ['2026-11-20T09:05:30.123456Z', '2026-11-20T09:05:30.123Z'],
    ['2026-11-20T09:05:30+02:00', '2026-11-20T07:05:30.000Z'],
    ['2026-11-20T23:05:30-0130', '2026-11-21T00:35:30.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('takes %s for %s', (time, expected) => {
    expect(parseEventTime(time)?.toISOString()).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '2026-02-30T00:00:00Z',
    '2026-11-20',
    '2026-11-20T24:00:00Z',
    '2026-11-20T09:05:61Z',
    '0000-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    1_763_629_201,
    null,
    undefined,
    {},
    ['2026-11-20T09:05:30Z'],
  ])('does not take %p for a time', (time) => {
    expect(parseEventTime(time)).toBeUndefined();
  });
});
