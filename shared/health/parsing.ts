import { addDays, type Day, dayOf, daysBetween } from '../model/day.ts';
import type { DaySigns } from './signs.ts';

/** Fewer rows than this in two days say nothing. */
const LEAST_ROWS = 20;

/** Nor do so few in the weeks that they are compared with. */
const LEAST_ROWS_BEFORE = 100;
const DAYS_BEFORE = 28;

/** More than this share unread, and twice the share of before, is no chance. */
const SHARE = 0.5;
const FACTOR = 2;

/**
 * Whether the rows of today and yesterday lost their meaning, in a sentence: most of them can't be placed in time, or most
 * details can't be read and could be before. What never could be read is no alarm: Zoom documents none of these texts.
 */
export const lostMeaning = (days: ReadonlyMap<Day, DaySigns>, now: Date): string | undefined => {
  const today = dayOf(now);
  const recent = sumOf(days, addDays(today, -1), today);
  if (recent.rows >= LEAST_ROWS && recent.rejected > recent.rows * SHARE) {
    return `${recent.rejected} of ${recent.rows} rows of today and yesterday have no readable time, and lie in rejected/`;
  }

  const before = sumOf(days, addDays(today, -1 - DAYS_BEFORE), addDays(today, -2));
  if (recent.details < LEAST_ROWS || before.details < LEAST_ROWS_BEFORE) return undefined;
  const [share, usual] = [recent.unread / recent.details, before.unread / before.details];
  if (share <= SHARE || share < usual * FACTOR) return undefined;
  return (
    `${recent.unread} of ${recent.details} details of today and yesterday could not be taken apart ` +
    `(${Math.round(usual * 100)} % in the four weeks before)`
  );
};

const sumOf = (days: ReadonlyMap<Day, DaySigns>, from: Day, to: Day) => {
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
