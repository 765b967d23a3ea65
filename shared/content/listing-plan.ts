import { type Day, daysBetween, endOf } from '../model/day.ts';
import { DAY_MS } from '../model/duration.ts';
import type { ContentSliceState } from './slice-state.ts';
import type { ListingStrategy } from './streams/definition.ts';
import { type DayRange, rangesOf, windowsOf } from './windows.ts';

/**
 * The ranges that a run lists of a stream, in order: the days of its own range, and earlier ones that are due to be listed again.
 */
export const listedRanges = (
  { windowDays, order, listedAgainAfterDays }: ListingStrategy,
  { from, to }: DayRange,
  states: ReadonlyMap<Day, Pick<ContentSliceState, 'lastWhole'>>,
  now: Date,
): DayRange[] => {
  const due = [...states].flatMap(([day, state]) =>
    isDue(day, state, listedAgainAfterDays, now) ? [day] : [],
  );
  const windows = rangesOf([...daysBetween(from, to), ...due])
    .toReversed()
    .flatMap((range) => windowsOf(range, windowDays));
  return order === 'newest-first' ? windows : windows.toReversed();
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
