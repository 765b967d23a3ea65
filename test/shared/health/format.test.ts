import { describe, expect, it } from '@jest/globals';
import { formatInstant, formatDuration } from '../../../shared/health/format.ts';
import { MINUTE_MS } from '../../../shared/model/duration.ts';

describe('a length of time', () => {
  it.each([
    [0, '0 minutes'],
    [1, '1 minute'],
    [1.99, '1 minute'],
    [2, '2 minutes'],
    [119, '119 minutes'],
    [120, '2 hours'],
    [71 * 60 + 59, '71 hours'],
    [72 * 60, '3 days'],
    [4 * 1440 - 1, '3 days'],
    [14 * 1440, '14 days'],
  ])('of %d minutes is spelled "%s"', (minutes, text) => {
    expect(formatDuration(minutes * MINUTE_MS)).toBe(text);
  });
});

it('a moment is formatted to the minute, in UTC', () => {
  expect(formatInstant(new Date('2026-11-24T09:05:59.999Z'))).toBe('2026-11-24 09:05 UTC');
});
