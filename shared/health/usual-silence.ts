import { type Day, dayOf, daysBetween, endOf, startOf } from '../model/day.ts';
import { HOUR_MS } from '../model/duration.ts';
import { formatCount } from '../model/format-count.ts';
import type { DayObservations } from './observations.ts';

const DAY_HOURS = 24;
const WEEK_HOURS = 7 * DAY_HOURS;

/** How many weeks are compared, and how many must be known before a limit is learned. */
const WEEKS = 8;
export const LEAST_WEEKS = 4;

/** From this many known weeks on, the one with the fewest events is ignored. */
const MANY_WEEKS = 6;

/** Rows may arrive this late: an hour counts as silent only after that. */
const LATE_MS = 30 * 60_000;

/**
 * A change of daylight saving time moves a pattern by an hour of UTC, in either direction (Lord Howe Island: by half an hour).
 * It depends on the time zone, which is not configured. So a silence must be unusual with each of these shifts.
 */
const SHIFTS = [-1, 0, 1] as const;

/**
 * Events that arrive together count as one. A week must have this many independent events, estimated from how much the weeks
 * differ: that many are hardly ever absent by chance. A week with less than a third of the mean makes them differ too much.
 */
const LEAST_INDEPENDENT = 20;

/** A silence that begins in hours that are idle for longer than a night may be extended this much by a holiday. */
const HOLIDAY_HOURS = DAY_HOURS;

/** A silence compared with the previous weeks. */
export interface UsualSilence {
  /** How many of the previous eight weeks are known. */
  readonly weeks: number;
  /** Why a silence in these hours is unusual, in a sentence; undefined if it is not, or if the weeks are not conclusive. */
  readonly unusual: string | undefined;
  /** The longest silence that these weeks had. */
  readonly longestMs: number;
}

/** Compares a silence with the same hours of the previous eight weeks, and with their silences. */
export const usualSilence = (
  days: ReadonlyMap<Day, DayObservations>,
  since: Date,
  now: Date,
  quietDays: readonly Day[],
): UsualSilence => {
  const quiet = new Set(quietDays);
  const end = Math.floor((now.getTime() - LATE_MS) / HOUR_MS);
  const from = afterQuietDays(Math.ceil(since.getTime() / HOUR_MS), end, quiet);
  const hours = new Hours(days, quiet, from - WEEKS * WEEK_HOURS - 1, from);
  const current = compare(hours, from, end);
  const isUnusual =
    current.isUnusual &&
    (!beginsInLongIdleness(hours, from) || compare(hours, from, end - HOLIDAY_HOURS).isUnusual);
  return {
    weeks: current.known,
    unusual: isUnusual
      ? `in ${current.weeks} of the last ${current.known} weeks the hours from ${format(from)} to ${format(current.to)} UTC had at least ${formatCount(current.least)} events`
      : undefined,
    longestMs: hours.longestIdle(from) * HOUR_MS,
  };
};

/** The same hours of the previous weeks, up to an hour. */
interface Comparison {
  /** Weeks that are known, and how many of them count. */
  readonly known: number;
  readonly weeks: number;
  /** The fewest events in one of these. */
  readonly least: number;
  readonly isUnusual: boolean;
  /** The hour at which the comparison ends. */
  readonly to: number;
}

const compare = (hours: Hours, from: number, end: number): Comparison => {
  const to = Math.min(end, from + WEEK_HOURS);
  const known = pastWeeks.flatMap((week) => {
    const [begin, until] = [from - week * WEEK_HOURS, Math.max(to, from + 1) - week * WEEK_HOURS];
    const counts = SHIFTS.map((shift) => hours.events(begin + shift, until + shift));
    return counts.every((count) => count !== undefined) ? Math.min(...counts) : [];
  });
  // Of many weeks one may have been a week of holidays.
  const counts = known.length < MANY_WEEKS ? known : known.toSorted((a, b) => a - b).slice(1);
  const least = Math.min(...counts);
  const isUnusual =
    to > from && counts.length >= LEAST_WEEKS && independent(counts, hours, from) >= LEAST_INDEPENDENT;
  return { known: known.length, weeks: counts.length, least, isUnusual, to };
};

const pastWeeks = Array.from({ length: WEEKS }, (_, index) => index + 1);

/** Quiet days within a silence are not significant: the comparison begins after the last of them. */
const afterQuietDays = (from: number, end: number, quiet: ReadonlySet<Day>): number =>
  daysBetween(dayAt(from), dayAt(end))
    .filter((day) => quiet.has(day))
    .reduce((begin, day) => Math.max(begin, endOf(day).getTime() / HOUR_MS), from);

/** Whether the hours around an hour are mostly idle, for a day at least: a weekend, as a rule. */
const beginsInLongIdleness = (hours: Hours, from: number): boolean => {
  const isIdle = (hour: number): boolean => {
    const known = hours.inPastWeeks(hour);
    const idle = known.filter((events) => events === 0);
    return idle.length * 2 > known.length;
  };
  // The day ends an hour before that hour at the earliest, and begins an hour after it at the latest.
  return longestRun(hoursFrom(from - DAY_HOURS - 1, 2 * (DAY_HOURS + 1)), isIdle) >= DAY_HOURS;
};

/** How many independent events a week had: the fewer, the more the weeks differ, in these hours or in any. */
const independent = (counts: readonly number[], hours: Hours, from: number): number => {
  const mean = meanOf(counts);
  return mean ** 2 / Math.max(varianceOf(counts), mean * Math.max(1, clustering(hours, from)));
};

/** The variance of the same hour of different weeks, in means: 1 where events are random, more where they cluster. */
const clustering = (hours: Hours, from: number): number => {
  const known = hoursFrom(from, WEEK_HOURS)
    .map((hour) => hours.inPastWeeks(hour))
    .filter((counts) => counts.length >= LEAST_WEEKS);
  return sumOf(known.map(varianceOf)) / sumOf(known.map(meanOf));
};

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

const meanOf = (counts: readonly number[]): number => sumOf(counts) / counts.length;

const varianceOf = (counts: readonly number[]): number => {
  const mean = meanOf(counts);
  return sumOf(counts.map((count) => (count - mean) ** 2)) / (counts.length - 1);
};

/** How many items in a row have a property, at most. */
const longestRun = <Item>(items: readonly Item[], has: (item: Item) => boolean): number => {
  let [longest, length] = [0, 0];
  for (const item of items) {
    length = has(item) ? length + 1 : 0;
    longest = Math.max(longest, length);
  }
  return longest;
};

const hoursFrom = (first: number, length: number): number[] =>
  Array.from({ length }, (_, index) => first + index);

/** The events of an hour; undefined where they are not known: the day was not read, or is a quiet day. */
type Hourly = readonly (number | undefined)[];

const UNKNOWN_DAY: Hourly = Array<undefined>(DAY_HOURS).fill(undefined);
const IDLE_DAY: Hourly = Array<number>(DAY_HOURS).fill(0);

/** The events of a stream hour by hour, in the days from one hour since 1970 to another. */
class Hours {
  readonly #first: number;
  readonly #events: Hourly;

  constructor(days: ReadonlyMap<Day, DayObservations>, quiet: ReadonlySet<Day>, from: number, to: number) {
    this.#first = hourOf(dayAt(from));
    this.#events = daysBetween(dayAt(from), dayAt(to)).flatMap((day): Hourly => {
      const observations = days.get(day);
      if (!observations?.wasRead || quiet.has(day)) return UNKNOWN_DAY;
      return observations.byHour ?? (observations.rows === 0 ? IDLE_DAY : UNKNOWN_DAY);
    });
  }

  /** The events of some hours; undefined if one of them is not known. */
  events(from: number, to: number): number | undefined {
    const events = this.#events.slice(from - this.#first, to - this.#first);
    return events.every((count) => count !== undefined) ? sumOf(events) : undefined;
  }

  /** The events of the same hour of those of the previous weeks in which it is known. */
  inPastWeeks(hour: number): number[] {
    return pastWeeks.flatMap((week) => this.#events[hour - week * WEEK_HOURS - this.#first] ?? []);
  }

  /** The most hours in a row without an event, before an hour. */
  longestIdle(before: number): number {
    return longestRun(this.#events.slice(0, before - this.#first), (events) => events === 0);
  }
}

const dayAt = (hour: number): Day => dayOf(new Date(hour * HOUR_MS));

const hourOf = (day: Day): number => startOf(day).getTime() / HOUR_MS;

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `Tue 09:00` */
const format = (hour: number): string => {
  const at = new Date(hour * HOUR_MS);
  return `${String(WEEKDAYS[at.getUTCDay()])} ${at.toISOString().slice(11, 16)}`;
};
