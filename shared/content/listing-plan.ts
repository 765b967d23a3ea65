import { type Day, daysBetween, endOf } from '../model/day.ts';
import { DAY_MS } from '../model/duration.ts';
import type { ContentSliceState } from './slice-state.ts';
import type { ListingStrategy } from './streams/definition.ts';
import { type DayRange, rangesOf, windowsOf } from './windows.ts';

/**
 * The ranges that a run lists of a stream, in order: the days of its own range, and earlier ones that are due to be listed again.
 */
export const listedRanges = (
  { windowDays, order, oldestDay, listedAgainAfterDays }: ListingStrategy,
  { from, to }: DayRange,
  states: ReadonlyMap<Day, Pick<ContentSliceState, 'lastWhole'>>,
  now: Date,
): DayRange[] => {
  const due = [...states].flatMap(([day, state]) =>
    isDue(day, state, listedAgainAfterDays, now) ? [day] : [],
  );
  const oldest = oldestDay?.(now);
  const days = [...daysBetween(from, to), ...due].filter((day) => oldest === undefined || day >= oldest);
  const windows = rangesOf(days)
    .toReversed()
    .flatMap((range) => windowsOf(range, windowDays));
  return order === 'newest-first' ? windows : windows.toReversed();
};

/** The days of a range that Zoom lists no more, without those that were listed whole in time. */
export const daysTooOld = (
  { oldestDay }: Pick<ListingStrategy, 'oldestDay'>,
  { from, to }: DayRange,
  states: ReadonlyMap<Day, Pick<ContentSliceState, 'lastWhole'>>,
  now: Date,
): Day[] => {
  const oldest = oldestDay?.(now);
  if (oldest === undefined) return [];
  return daysBetween(from, to).filter((day) => day < oldest && !states.get(day)?.lastWhole);
};

/** Whether a day was not listed since one of its times has come. A day that was never listed whole is left to a run with it. */
const isDue = (
  day: Day,
  { lastWhole }: Pick<ContentSliceState, 'lastWhole'>,
  afterDays: readonly number[],
  now: Date,
): boolean =>
  lastWhole !== undefined &&
  afterDays.some((days) => {
    const time = endOf(day).getTime() + days * DAY_MS;
    return time <= now.getTime() && new Date(lastWhole.beganAt).getTime() < time;
  });
