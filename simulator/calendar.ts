/** Days are `YYYY-MM-DD` texts and always UTC, like the reports' `from` and `to`; instants are epoch milliseconds. */
export const DAY_MS = 86_400_000;

/** The UTC day of an instant. */
export const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** The first instant of a day. */
export const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The day `count` days later; earlier, if negative. */
export const addDays = (day: string, count: number): string => dayOf(startOf(day) + count * DAY_MS);

/** Every day from `from` to `to`, both included, oldest first. */
export const daysBetween = (from: string, to: string): string[] => {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
};

/** Parses a day, or a timestamp cut to its date, as the reports do; undefined for days that do not exist. */
export const parseDay = (text: string): string | undefined => {
  const day = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?$/.exec(text)?.[1];
  if (day === undefined || Number.isNaN(startOf(day))) return undefined;
  return dayOf(startOf(day)) === day ? day : undefined;
};

/** The day `count` months earlier; the last day of that month if it is too short. */
export const monthsBefore = (day: string, count: number): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const lastDate = new Date(Date.UTC(year, month - count, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month - 1 - count, Math.min(date, lastDate)));
};

/** Parses a row's `time` leniently (T or blank, fraction, Z, offset, or none for UTC); undefined if it is not a time. */
export const parseTime = (time: unknown): number | undefined => {
  if (typeof time !== 'string') return undefined;
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?)\s?(Z|[+-]\d{2}:?\d{2})?$/i.exec(time);
  if (!match) return undefined;
  const instant = Date.parse(`${match[1] ?? ''}T${match[2] ?? ''}${match[3] ?? 'Z'}`);
  return Number.isNaN(instant) ? undefined : instant;
};
