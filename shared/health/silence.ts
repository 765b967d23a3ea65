import { type Day, endOf, startOf } from '../model/day.ts';

/** How long a stream has been silent, in milliseconds, without quiet days; 0 if its clock is ahead of ours. */
export const silenceMs = (since: Date, now: Date, quietDays: readonly Day[]): number => {
  const within = (day: Day): number =>
    Math.max(
      0,
      Math.min(now.getTime(), endOf(day).getTime()) - Math.max(since.getTime(), startOf(day).getTime()),
    );
  const quietMs = [...new Set(quietDays)].reduce((sum, day) => sum + within(day), 0);
  return Math.max(0, now.getTime() - since.getTime() - quietMs);
};
