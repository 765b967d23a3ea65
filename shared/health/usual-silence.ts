import { type Day, dayOf, daysBetween, startOf } from '../model/day.ts';
import type { DaySigns } from './signs.ts';

const HOUR_MS = 3_600_000;
const WEEK_DAYS = 7;

/** How many weeks are looked back at, and how many must be known before anything is learned from them. */
const WEEKS = 8;
const LEAST_WEEKS = 4;

/** Rows may come so late: an hour counts as silent only after that. */
const LATE_MS = 30 * 60_000;

/** Fewer events than this in some week, or in the middle one, say nothing: they might as well have been none. */
const LEAST_EVENTS = 3;
const LEAST_MEDIAN = 10;

/** So many of the weeks silent in these hours make silence usual. */
const USUALLY_SILENT = 0.25;

/** No habit excuses a longer silence. */
const LONGEST_EXCUSE_MS = WEEK_DAYS * 24 * HOUR_MS;

/** What the same hours of earlier weeks had. */
export interface Usual {
  /** `never`: each week had events in these hours. `often`: they were silent in a quarter of the weeks or more. */
  readonly silence: 'never' | 'often';
  /** How it was decided, in a sentence. */
  readonly because: string;
}

/**
 * What is usual in the hours that have been silent since the newest event, by the same hours of the eight weeks before.
 * Undefined where the weeks don't tell: too few are known, too little happens, or they disagree. Hours are UTC's: in the
 * weeks around a change of daylight saving time they are an hour off, which the least count of each week forgives.
 */
export const usualSilence = (
  days: ReadonlyMap<Day, DaySigns>,
  newestEvent: Date,
  now: Date,
  quietDays: readonly Day[],
): Usual | undefined => {
  const from = Math.ceil(newestEvent.getTime() / HOUR_MS);
  const to = Math.floor((now.getTime() - LATE_MS) / HOUR_MS);
  if (to <= from || daysBetween(dayAt(from), dayAt(to - 1)).some((day) => quietDays.includes(day)))
    return undefined;

  const counts = Array.from({ length: WEEKS }, (_, week) =>
    eventsIn(days, from - (week + 1) * WEEK_DAYS * 24, to - (week + 1) * WEEK_DAYS * 24, quietDays),
  ).filter((count) => count !== undefined);
  if (counts.length < LEAST_WEEKS) return undefined;

  const [least = 0, ...others] = counts.toSorted((a, b) => a - b);
  const median = [least, ...others][Math.floor(counts.length / 2)] ?? 0;
  const silent = counts.filter((count) => count === 0).length;
  const hours = `${spell(from)} to ${spell(to)} UTC`;
  if (least >= LEAST_EVENTS && median >= LEAST_MEDIAN) {
    const because = `in each of the last ${counts.length} weeks the hours from ${hours} had at least ${least} events (${median} in the middle), and now none`;
    return { silence: 'never', because };
  }
  if (
    silent / counts.length >= USUALLY_SILENT &&
    now.getTime() - newestEvent.getTime() <= LONGEST_EXCUSE_MS
  ) {
    const because = `in ${silent} of the last ${counts.length} weeks the hours from ${hours} had no events either`;
    return { silence: 'often', because };
  }
  return undefined;
};

/** Events in a span of hours since 1970; undefined if one of its days is not known, or was a holiday. */
const eventsIn = (
  days: ReadonlyMap<Day, DaySigns>,
  from: number,
  to: number,
  quietDays: readonly Day[],
): number | undefined => {
  let events = 0;
  for (const day of daysBetween(dayAt(from), dayAt(to - 1))) {
    const known = days.get(day);
    if (!known?.wasRead || quietDays.includes(day)) return undefined;
    if (known.rows === 0) continue;
    if (!known.byHour) return undefined;
    events += known.byHour.reduce((sum, count, hour) => {
      const at = hourOf(day) + hour;
      return at >= from && at < to ? sum + count : sum;
    }, 0);
  }
  return events;
};

const dayAt = (hour: number): Day => dayOf(new Date(hour * HOUR_MS));

const hourOf = (day: Day): number => startOf(day).getTime() / HOUR_MS;

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `Tue 09:00` */
const spell = (hour: number): string => {
  const at = new Date(hour * HOUR_MS);
  return `${String(WEEKDAYS[at.getUTCDay()])} ${at.toISOString().slice(11, 16)}`;
};
