import { addDays, type Day, dayOf, daysBetween } from '../model/day.ts';
import { formatCount, plural } from '../model/format-count.ts';
import type { DayObservations, StreamObservations, UnreadableObservations } from './observations.ts';

/** Fewer rows than this in two days are not significant. */
const LEAST_ROWS = 20;

/** The same for the weeks that they are compared with. */
const LEAST_ROWS_BEFORE = 100;
const DAYS_BEFORE = 28;

/** More than this share unread, and twice the earlier share, is not chance. */
const SHARE = 0.5;
const FACTOR = 2;

/** The next readable row ends it, so a single bad row raises no alarm. */
const UNREADABLE_GRACE_MS = 30 * 60_000;

/** Why the rows of a stream count as not parsed. */
export interface NotParsing {
  /** In a sentence without its full stop. */
  readonly because: string;
  /** When the first of the rows was found, where that is known. */
  readonly since: Date | undefined;
  /** How long it must last before an alarm is raised. */
  readonly gracePeriodMs: number;
  /** The first and the last day that the rows are of. */
  readonly from: Day;
  readonly to: Day;
}

/**
 * Whether the rows of a stream can be read. `status`, the alarms, `poll` and `collect` all use this. Undefined if they can, or
 * if so few cannot that the format has not changed.
 */
export const assessParsing = (
  { days, unreadable }: Pick<StreamObservations, 'days' | 'unreadable'>,
  now: Date,
): NotParsing | undefined => {
  const lost = parsingDegraded(days, now);
  if (lost !== undefined) {
    const today = dayOf(now);
    return { because: lost, since: undefined, gracePeriodMs: 0, from: addDays(today, -1), to: today };
  }
  return unreadable && !unreadable.isFew ? unreadableToNotParsing(unreadable) : undefined;
};

/** Unreadable rows at the end of a stream, as a reason, however few they are. */
export const unreadableToNotParsing = ({ rows, from, to, since }: UnreadableObservations): NotParsing => ({
  because: `${plural(rows, 'row')} of ${from === to ? from : `${from} to ${to}`} could not be read, and no readable row has arrived since`,
  since,
  gracePeriodMs: UNREADABLE_GRACE_MS,
  from,
  to,
});

/**
 * Whether the rows of today and yesterday can no longer be parsed, as a sentence: most are rejected, or most details
 * can't be read that could be before. Details that could never be read raise no alarm: Zoom documents none of these texts.
 */
export const parsingDegraded = (days: ReadonlyMap<Day, DayObservations>, now: Date): string | undefined => {
  const today = dayOf(now);
  const recent = sumOf(days, addDays(today, -1), today);
  if (recent.rows >= LEAST_ROWS && recent.rejected > recent.rows * SHARE) {
    return `${formatCount(recent.rejected)} of ${plural(recent.rows, 'row')} of today and yesterday could not be read and are in rejected/`;
  }

  const before = sumOf(days, addDays(today, -1 - DAYS_BEFORE), addDays(today, -2));
  if (recent.details < LEAST_ROWS || before.details < LEAST_ROWS_BEFORE) return undefined;
  const [share, usual] = [recent.unread / recent.details, before.unread / before.details];
  if (share <= SHARE || share < usual * FACTOR) return undefined;
  return (
    `${formatCount(recent.unread)} of ${plural(recent.details, 'detail')} of today and yesterday could not be parsed ` +
    `(${Math.round(usual * 100)} % in the four weeks before)`
  );
};

const sumOf = (days: ReadonlyMap<Day, DayObservations>, from: Day, to: Day) => {
  const sum = { rows: 0, rejected: 0, details: 0, unread: 0 };
  for (const day of daysBetween(from, to)) {
    const known = days.get(day);
    if (!known) continue;
    sum.rows += known.rows;
    sum.rejected += known.rejected;
    sum.unread += known.details?.unread ?? 0;
    sum.details += (known.details?.unread ?? 0) + (known.details?.read ?? 0);
  }
  return sum;
};
