import { addDays, type Day } from '../model/day.ts';

/** The days from `from` to `to`, both included. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

/** A range in windows of at most `most` days that one list can cover, the newest first. */
export const windowsOf = ({ from, to: last }: DayRange, most: number): DayRange[] => {
  const windows: DayRange[] = [];
  for (let to = last; to >= from; to = addDays(to, -most)) {
    const start = addDays(to, 1 - most);
    windows.push({ from: start < from ? from : start, to });
  }
  return windows;
};

/** Days as ranges without a hole, the oldest first. */
export const rangesOf = (days: Iterable<Day>): DayRange[] => {
  const ranges: { from: Day; to: Day }[] = [];
  for (const day of [...new Set(days)].sort()) {
    const last = ranges.at(-1);
    if (last && addDays(last.to, 1) === day) last.to = day;
    else ranges.push({ from: day, to: day });
  }
  return ranges;
};
