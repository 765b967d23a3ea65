import { addDays, type Day, daysBetween } from '../model/day.ts';

/** The days of a report, both included. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** A condition of SQL: the events of a period. */
export const inPeriod = ({ from, to }: Period): string => `dt BETWEEN DATE '${from}' AND DATE '${to}'`;

/** A condition of SQL: the events of a period, and all events before it that are read. */
export const untilEnd = ({ to }: Period): string => `dt <= DATE '${to}'`;

/** Days that one bar of a chart stands for. */
export type Step = 'day' | 'week' | 'month';

const MOST_DAYS = 62;
const MOST_DAYS_OF_WEEKS = 400;

/** The step that keeps the bars of a period readable. */
export const stepOf = ({ from, to }: Period): Step => {
  const { length } = daysBetween(from, to);
  if (length <= MOST_DAYS) return 'day';
  return length <= MOST_DAYS_OF_WEEKS ? 'week' : 'month';
};

/** The first day of the bar that a day belongs to: weeks begin on Monday. */
export const barOf = (day: Day, step: Step): Day => {
  if (step === 'day') return day;
  if (step === 'month') return `${day.slice(0, 7)}-01` as Day;
  const daysAfterMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -daysAfterMonday);
};

/** The bars of a period, each by its first day. */
export const barsOf = (period: Period): Day[] => {
  const step = stepOf(period);
  return [...new Set(daysBetween(period.from, period.to).map((day) => barOf(day, step)))];
};
