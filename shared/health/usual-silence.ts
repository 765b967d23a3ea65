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

/** Each week must have at least this many events, or the silence might be one of those weeks. */
const LEAST_EVENTS = 3;

/**
 * Events that arrive together count as one. A week must have this many independent events, estimated from how much the weeks
 * differ: that many are hardly ever absent by chance.
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
  const hours = new Hours(days, quiet, from - WEEKS * WEEK_HOURS - 1, Math.max(from, end));
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
    if (!hours.areKnown(begin - 1, until + 1)) return [];
    return Math.min(...SHIFTS.map((shift) => hours.events(begin + shift, until + shift)));
  });
  // Of many weeks one may have been a week of holidays.
  const counts = known.length < MANY_WEEKS ? known : known.toSorted((a, b) => a - b).slice(1);
  const least = Math.min(...counts);
  const isUnusual =
    to > from &&
    counts.length >= LEAST_WEEKS &&
    least >= LEAST_EVENTS &&
    independent(counts, hours, from) >= LEAST_INDEPENDENT;
  return { known: known.length, weeks: counts.length, least, isUnusual, to };
};

const pastWeeks = Array.from({ length: WEEKS }, (_, index) => index + 1);

/** Quiet days within a silence are not significant: the comparison begins after the last of them. */
const afterQuietDays = (from: number, end: number, quiet: ReadonlySet<Day>): number =>
  daysBetween(dayAt(from), dayAt(end))
    .filter((day) => quiet.has(day))
    .reduce((begin, day) => Math.max(begin, endOf(day).getTime() / HOUR_MS), from);

/** Whether an hour, or one beside it, is among hours that are mostly idle, for a day at least: a weekend, as a rule. */
const beginsInLongIdleness = (hours: Hours, from: number): boolean => {
  const isIdle = (hour: number): boolean => {
    const known = pastWeeks.flatMap((week) => hours.inHour(hour - week * WEEK_HOURS) ?? []);
    const idle = known.filter((events) => events === 0);
    return idle.length * 2 > known.length;
  };
  return SHIFTS.some((shift) => {
    let length = 0;
    for (let hour = from + shift; length < DAY_HOURS && isIdle(hour); hour += 1) length += 1;
    for (let hour = from + shift - 1; length < DAY_HOURS && isIdle(hour); hour -= 1) length += 1;
    return length >= DAY_HOURS;
  });
};

/** How many independent events a week had: the fewer, the more the weeks differ, in these hours or in any. */
const independent = (counts: readonly number[], hours: Hours, from: number): number => {
  const mean = meanOf(counts);
  return mean ** 2 / Math.max(varianceOf(counts), mean * Math.max(1, clustering(hours, from)));
};

/** The variance of the same hour of different weeks, in means: 1 where events are random, more where they cluster. */
const clustering = (hours: Hours, from: number): number => {
  let [variances, means] = [0, 0];
  for (let hour = from; hour < from + WEEK_HOURS; hour += 1) {
    const counts = pastWeeks.flatMap((week) => hours.inHour(hour - week * WEEK_HOURS) ?? []);
    if (counts.length < LEAST_WEEKS) continue;
    variances += varianceOf(counts);
    means += meanOf(counts);
  }
  return variances / means;
};

const meanOf = (counts: readonly number[]): number =>
  counts.reduce((sum, count) => sum + count, 0) / counts.length;

const varianceOf = (counts: readonly number[]): number => {
  const mean = meanOf(counts);
  return counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
};

/** The events of a stream hour by hour, from one hour since 1970 to another. */
class Hours {
  readonly #from: number;
  readonly #events: Float64Array;
  /** Sums over all hours before each. */
  readonly #eventsBefore: Float64Array;
  readonly #unknownBefore: Float64Array;

  constructor(days: ReadonlyMap<Day, DayObservations>, quiet: ReadonlySet<Day>, from: number, to: number) {
    const first = hourOf(dayAt(from));
    const length = hourOf(dayAt(to)) + DAY_HOURS - first;
    this.#from = first;
    this.#events = new Float64Array(length);
    this.#eventsBefore = new Float64Array(length + 1);
    this.#unknownBefore = new Float64Array(length + 1);
    for (const [index, day] of daysBetween(dayAt(from), dayAt(to)).entries()) {
      const observations = days.get(day);
      const isKnown =
        observations?.wasRead === true &&
        !quiet.has(day) &&
        (observations.byHour ?? observations.rows === 0) !== false;
      for (let hour = 0; hour < DAY_HOURS; hour += 1) {
        const at = index * DAY_HOURS + hour;
        const events = isKnown ? (observations.byHour?.[hour] ?? 0) : 0;
        this.#events[at] = isKnown ? events : Number.NaN;
        this.#eventsBefore[at + 1] = (this.#eventsBefore[at] ?? 0) + events;
        this.#unknownBefore[at + 1] = (this.#unknownBefore[at] ?? 0) + (isKnown ? 0 : 1);
      }
    }
  }

  /** Whether what happened in some hours is known: their days were read, and were no quiet days. */
  areKnown(from: number, to: number): boolean {
    return this.#between(this.#unknownBefore, from, to) === 0;
  }

  /** The events of one hour; undefined if it is not known. */
  inHour(hour: number): number | undefined {
    const events = this.#events[hour - this.#from];
    return events === undefined || Number.isNaN(events) ? undefined : events;
  }

  events(from: number, to: number): number {
    return this.#between(this.#eventsBefore, from, to);
  }

  /** The most hours in a row without an event, before an hour. */
  longestIdle(before: number): number {
    let [longest, idle] = [0, 0];
    for (const events of this.#events.subarray(0, before - this.#from)) {
      idle = events === 0 ? idle + 1 : 0;
      longest = Math.max(longest, idle);
    }
    return longest;
  }

  #between(before: Float64Array, from: number, to: number): number {
    return (before[to - this.#from] ?? Number.NaN) - (before[from - this.#from] ?? Number.NaN);
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
