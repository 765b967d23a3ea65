import { describe, expect, it } from '@jest/globals';
import {
  addLateness,
  countLateness,
  latenessOf,
  lookbackFor,
  LatenessSchema,
  NO_LATENESS,
  summarizeLateness,
} from '../../../../shared/collect/state/lateness.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../shared/model/duration.ts';

const at = (time: string): Date => new Date(`2026-06-01T${time}Z`);

const counted = (...ms: number[]): number[] => {
  const lateness = [...NO_LATENESS];
  for (const each of ms) countLateness(lateness, each);
  return lateness;
};

describe('how late a row came', () => {
  it.each([
    ['it was seen some time after the event', '09:00:00', '09:20:00', '09:15:00', 20],
    ['the last poll was exactly an hour before', '09:00:00', '10:20:00', '09:20:00', 80],
    [
      'the last poll was longer before, and the event is older than that poll',
      '09:00:00',
      '10:21:00',
      '09:20:00',
      20,
    ],
    [
      'the last poll was longer before, and the event is newer than that poll',
      '09:30:00',
      '12:00:00',
      '09:20:00',
      0,
    ],
    ['a clock is ahead', '09:30:00', '09:20:00', '09:15:00', 0],
  ])('where %s', (_, event, seen, lastRead, minutes) => {
    expect(latenessOf(at(event), at(seen), at(lastRead))).toBe(minutes * MINUTE_MS);
  });

  it.each([
    [0, 0],
    [MINUTE_MS, 0],
    [MINUTE_MS + 1, 1],
    [5 * MINUTE_MS, 1],
    [15 * MINUTE_MS, 2],
    [30 * MINUTE_MS, 3],
    [HOUR_MS, 4],
    [2 * HOUR_MS, 5],
    [4 * HOUR_MS, 6],
    [8 * HOUR_MS, 7],
    [12 * HOUR_MS, 8],
    [DAY_MS, 9],
    [2 * DAY_MS, 10],
    [3 * DAY_MS, 11],
    [5 * DAY_MS, 12],
    [7 * DAY_MS, 13],
    [10 * DAY_MS, 14],
    [30 * DAY_MS, 15],
    [30 * DAY_MS + 1, 16],
  ])('is counted up to an edge: %d ms in bucket %d', (ms, bucket) => {
    const lateness = counted(ms, ms);

    expect(lateness).toHaveLength(17);
    expect(lateness.indexOf(2)).toBe(bucket);
    expect(LatenessSchema.parse(lateness)).toEqual(lateness);
  });

  it('is refused with another length, and with a negative count', () => {
    expect(LatenessSchema.safeParse([0]).success).toBe(false);
    expect(LatenessSchema.safeParse([...NO_LATENESS.slice(1), -1]).success).toBe(false);
    expect(LatenessSchema.safeParse(NO_LATENESS).success).toBe(true);
  });

  it('adds up', () => {
    expect(addLateness(counted(0, DAY_MS), counted(0))).toEqual(counted(0, 0, DAY_MS));
  });

  it('has the limits that half, nearly all and all of the rows stayed below', () => {
    const most = Array<number>(98).fill(4 * MINUTE_MS);

    expect(summarizeLateness(counted(...most, DAY_MS, 31 * DAY_MS))).toEqual({
      rows: 100,
      p50Ms: 5 * MINUTE_MS,
      p99Ms: DAY_MS,
      maxMs: Infinity,
    });
    expect(summarizeLateness(counted(0, DAY_MS))?.p50Ms).toBe(MINUTE_MS);
    expect(summarizeLateness(NO_LATENESS)).toBeUndefined();
  });

  it.each([
    [MINUTE_MS, 1],
    [3 * DAY_MS, 3],
    [Infinity, 30],
  ])('of at most %d ms asks for a lookback of %d days', (maxMs, days) => {
    expect(lookbackFor({ rows: 1, p50Ms: 0, p99Ms: 0, maxMs })).toBe(days);
  });
});
