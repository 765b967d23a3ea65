import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { silenceMs } from '../../../shared/health/silence.ts';
import { addDays, type Day, dayOf } from '../../../shared/model/day.ts';
import { HOUR_MS } from '../../../shared/model/duration.ts';
import { day } from '../../support/builders/collector.ts';

const START = Date.UTC(2026, 5, 1);

const anInstant = fc
  .integer({ min: 0, max: 20 * 24 * 60 })
  .map((minute) => new Date(START + minute * 60_000));
const quietDays = fc.array(
  fc.integer({ min: -2, max: 22 }).map((count) => addDays(day('2026-06-01'), count)),
  { maxLength: 8 },
);

describe('a silence', () => {
  it.each([
    ['between two moments', '2026-06-01T09:00', '2026-06-01T12:30', [], 3.5],
    ['over a day that is quiet', '2026-06-01T22:00', '2026-06-03T02:00', ['2026-06-02'], 4],
    [
      'over a day that is quiet and named twice',
      '2026-06-01T22:00',
      '2026-06-03T02:00',
      ['2026-06-02', '2026-06-02'],
      4,
    ],
    ['that begins on a quiet day', '2026-06-02T15:00', '2026-06-03T02:00', ['2026-06-02'], 2],
    ['that ends on a quiet day', '2026-06-01T22:00', '2026-06-02T09:00', ['2026-06-02'], 2],
    ['within a quiet day', '2026-06-02T08:00', '2026-06-02T20:00', ['2026-06-02'], 0],
    ['that no quiet day touches', '2026-06-01T22:00', '2026-06-02T02:00', ['2026-05-31', '2026-06-03'], 4],
    ['of a clock that is ahead of ours', '2026-06-01T12:00', '2026-06-01T11:00', [], 0],
    [
      'of a clock that is ahead of ours on a quiet day',
      '2026-06-02T12:00',
      '2026-06-02T11:00',
      ['2026-06-02'],
      0,
    ],
  ])('%s is as long as its hours that count', (_, since, now, quiet, hours) => {
    const ms = silenceMs(new Date(`${since}Z`), new Date(`${now}Z`), quiet.map(day));

    expect(ms / HOUR_MS).toBe(hours);
  });

  it('is never negative, and never longer than the time that has passed', () => {
    fc.assert(
      fc.property(anInstant, anInstant, quietDays, (since, now, quiet) => {
        const ms = silenceMs(since, now, quiet);

        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(Math.max(0, now.getTime() - since.getTime()));
      }),
    );
  });

  it('has just the minutes of the days that are not quiet', () => {
    fc.assert(
      fc.property(anInstant, fc.integer({ min: 0, max: 3 * 24 * 60 }), quietDays, (since, minutes, quiet) => {
        const now = new Date(since.getTime() + minutes * 60_000);
        const isQuiet = new Set<Day>(quiet);

        const counted = Array.from({ length: minutes }, (_, minute) =>
          dayOf(new Date(since.getTime() + minute * 60_000)),
        ).filter((of) => !isQuiet.has(of)).length;

        expect(silenceMs(since, now, quiet)).toBe(counted * 60_000);
      }),
      { numRuns: 50 },
    );
  });
});
