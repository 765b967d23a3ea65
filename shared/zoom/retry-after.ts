/**
 * When a 429 allows the next call, from any form that Zoom sends: `Retry-After` as an ISO date-time (the documented form of a
 * daily limit), as an HTTP date or as seconds; else `X-RateLimit-Reset` in unix seconds. Undefined if there is none of these.
 */
export const retryAtOf = (headers: Readonly<Record<string, string>>, now: Date): Date | undefined =>
  readRetryAfter(headers['retry-after']?.trim() ?? '', now) ??
  readUnixTime(headers['x-ratelimit-reset']?.trim() ?? '');

/** Whether a 429 names its end as seconds from now, which does not depend on the clocks of Zoom and of this machine. */
export const isInSeconds = (headers: Readonly<Record<string, string>>): boolean =>
  SECONDS.test(headers['retry-after']?.trim() ?? '');

const SECONDS = /^\d{1,8}(?:\.\d{1,9})?$/;
const UNIX_TIME = /^(\d{10})(\d{3})?$/;
const ISO_DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const HTTP_DATE = /^[A-Z][a-z]{2,8}, .{8,24} GMT$/;

const readRetryAfter = (text: string, now: Date): Date | undefined => {
  if (SECONDS.test(text)) return new Date(now.getTime() + Number(text) * 1000);
  if (HTTP_DATE.test(text)) return dateOrNone(new Date(text));
  const [iso, day = '', time = '00:00:00', offset = 'Z'] = ISO_DATE_TIME.exec(text) ?? [];
  // A time without an offset is UTC: `Date` would read it in this machine's time zone.
  return iso === undefined
    ? readUnixTime(text)
    : dateOrNone(new Date(`${day}T${time}${offset.toUpperCase()}`));
};

/** Seconds, or milliseconds by their length. */
const readUnixTime = (text: string): Date | undefined => {
  const [, seconds, millis = '000'] = UNIX_TIME.exec(text) ?? [];
  return seconds === undefined ? undefined : new Date(Number(`${seconds}${millis}`));
};

const dateOrNone = (date: Date): Date | undefined => (Number.isNaN(date.getTime()) ? undefined : date);

/** Zoom counts its days in UTC: a daily limit without a date ends at the next midnight. */
export const nextMidnight = (now: Date): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1));
