import * as z from 'zod';
import { DAY_MS } from './duration.ts';

/** A UTC calendar day, `YYYY-MM-DD`: the finest range Zoom's report API accepts. */
export type Day = string & { readonly __brand: 'Day' };

const FORM = /^\d{4}-\d{2}-\d{2}$/;

/** The UTC day of an instant. */
export const dayOf = (instant: Date): Day => instant.toISOString().slice(0, 10) as Day;

/** The UTC day in the text of an instant (RFC 3339, UTC). */
export const dayIn = (instant: string): Day => instant.slice(0, 10) as Day;

/** The first instant of a day. */
export const startOf = (day: Day): Date => new Date(`${day}T00:00:00.000Z`);

/** The first instant after a day. */
export const endOf = (day: Day): Date => new Date(startOf(day).getTime() + DAY_MS);

/** The day `count` days later (earlier, if negative). */
export const addDays = (day: Day, count: number): Day =>
  dayOf(new Date(startOf(day).getTime() + count * DAY_MS));

/** Reads `YYYY-MM-DD`; undefined for any other text and for days no calendar has, such as 2026-02-30. */
export const parseDay = (text: string): Day | undefined => {
  if (!FORM.test(text)) return undefined;
  const instant = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(instant.getTime()) && dayOf(instant) === text ? (text as Day) : undefined;
};

/** Every day from `from` to `to`, both included, oldest first; empty if `from` is later. */
export const daysBetween = (from: Day, to: Day): Day[] => {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
};

/**
 * The oldest day that Zoom's reports still return: six calendar months ago, less a day of safety margin
 * (Zoom names "recent 6 months" and gives no exact rule).
 */
export const oldestDayKept = (now: Date): Day => {
  const today = dayOf(now);
  const [year = 0, month = 1, date = 1] = today.split('-').map(Number);
  const firstOfMonth = new Date(Date.UTC(year, month - 1 - 6, 1));
  const lastDate = new Date(Date.UTC(year, month - 6, 0)).getUTCDate();
  return addDays(dayOf(firstOfMonth), Math.min(date, lastDate) - 1 + 1);
};

/** A day in a message or a file. */
export const DaySchema = z.string().transform((text, context): Day => {
  const day = parseDay(text);
  if (day) return day;
  context.addIssue({ code: 'custom', message: `"${text}" is not a calendar day (YYYY-MM-DD)` });
  return z.NEVER;
});
