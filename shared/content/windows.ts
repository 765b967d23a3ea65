import { addDays, type Day } from '../model/day.ts';

/** Recordings are listed in ranges of so many days: Zoom cuts a span of over a month without an error. */
const WINDOW_DAYS = 28;

/** The days from `from` to `to`, both included. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

/** A range in windows that one list can cover, the newest first. */
export const windowsOf = ({ from, to: last }: DayRange): DayRange[] => {
  const windows: DayRange[] = [];
  for (let to = last; to >= from; to = addDays(to, -WINDOW_DAYS)) {
    const start = addDays(to, 1 - WINDOW_DAYS);
    windows.push({ from: start < from ? from : start, to });
  }
  return windows;
};
