import { describe, expect, it } from '@jest/globals';
import {
  formatEventTime,
  latestEventTime,
  parseEventTime,
  readEventTime,
} from '../../../shared/model/event-time.ts';

describe('reading the time of a row', () => {
  it.each([
    ['2026-11-20T09:05:30Z', '2026-11-20T09:05:30.000Z'],
    ['2026-11-20 09:05:30Z', '2026-11-20T09:05:30.000Z'],
    ['2026-11-20T09:05:30', '2026-11-20T09:05:30.000Z'],
    ['2026-11-20T09:05:30.5Z', '2026-11-20T09:05:30.500Z'],
    ['2026-11-20T09:05:30.123456Z', '2026-11-20T09:05:30.123Z'],
    ['2026-11-20T09:05:30+02:00', '2026-11-20T07:05:30.000Z'],
    ['2026-11-20T23:05:30-0130', '2026-11-21T00:35:30.000Z'],
    ['2026-11-20T09:05:30 Z', '2026-11-20T09:05:30.000Z'],
    ['2026-11-20T09:05:30 +02:00', '2026-11-20T07:05:30.000Z'],
    [' 2026-11-20T09:05:30z ', '2026-11-20T09:05:30.000Z'],
    ['2026-11-20T09:05:30,25Z', '2026-11-20T09:05:30.250Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2026-12-31T23:59:59Z', '2026-12-31T23:59:59.000Z'],
    ['0000-01-01T01:00:00+01:00', '0000-01-01T00:00:00.000Z'],
    ['9999-12-31T22:59:59.999-01:00', '9999-12-31T23:59:59.999Z'],
  ])('takes %s for %s', (time, expected) => {
    expect(parseEventTime(time)?.toISOString()).toBe(expected);
    expect(formatEventTime(time)).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    'at 2026-11-20T09:05:30Z',
    'at 2026-11-20T09:05:30',
    '2026-11-20T09:05:30Z or so',
    '2026-11-20T09:05:30 or so',
    '2026-11-20T09:05:30xZ',
    '2026-11-20T09:05:30Z+02:00',
    'abcd-11-20T09:05:30Z',
    '6-11-20T09:05:30Z',
    '2026-00-20T09:05:30Z',
    '2026-0x-20T09:05:30Z',
    '2026-13-20T09:05:30Z',
    '2026-11-00T09:05:30Z',
    '2026-11-1xT09:05:30Z',
    '2026-11-32T09:05:30Z',
    '2026-02-29T00:00:00Z',
    '2026-11-20T0x:05:30Z',
    '2026-11-20T25:05:30Z',
    '2026-11-20T09:65:30Z',
    '2026-11-20T09:0x:30Z',
    '2026-11-20T09:05:3xZ',
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
    expect(formatEventTime(time)).toBeUndefined();
  });
});

it('the time of a row is read as an instant, if it is a time', () => {
  expect(readEventTime('2026-11-20T09:05:30+02:00')).toEqual({
    ms: Date.parse('2026-11-20T07:05:30Z'),
    text: '2026-11-20T07:05:30.000Z',
  });
  expect(readEventTime('yesterday')).toBeUndefined();
});

it('the latest time of an event is an hour after it was seen', () => {
  expect(latestEventTime(new Date('2026-11-20T09:05:30Z'))).toBe('2026-11-20T10:05:30.000Z');
});
