import type { Instant } from './instant.ts';

/** Zoom's clocks may be this far ahead of ours. */
const AHEAD_MS = 3_600_000;

const FORM =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?\s?(?:[Zz]|([+-])(\d{2}):?(\d{2}))?$/;

/** Zoom's usual form; days that not every month has are parsed by the slow path. */
const ZOOM_FORM = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

/** The range of years with four digits. */
const FIRST = new Date('0000-01-01T00:00:00.000Z');
const LAST = new Date('9999-12-31T23:59:59.999Z');

/**
 * Reads the `time` of a row. Zoom writes `2025-11-20T09:05:30Z`; a blank for the T, a fraction, a missing zone (UTC)
 * and an offset are read too. Undefined for anything else, and for instants no calendar has.
 */
export const parseEventTime = (time: unknown): Date | undefined => {
  if (typeof time !== 'string') return undefined;
  if (ZOOM_FORM.test(time)) return new Date(time);
  const match = FORM.exec(time.trim());
  if (!match) return undefined;

  const [, year, month, date, hour, minute, second, fraction = '', sign, offsetHours, offsetMinutes] = match;
  const wallClock = `${year}-${month}-${date}T${hour}:${minute}:${second}`;
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
  const instant = new Date(`${wallClock}.${milliseconds}Z`);
  // Date rolls 02-30 over to 03-02: a text that does not round-trip is not a time.
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(wallClock)) return undefined;

  if (!sign) return instant;
  const offsetMs = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  const shifted = new Date(instant.getTime() + (sign === '+' ? -offsetMs : offsetMs));
  return shifted >= FIRST && shifted <= LAST ? shifted : undefined;
};

/** The `time` of a row as an instant; undefined where `parseEventTime` is. */
export const readEventTime = (time: unknown): Instant | undefined => {
  const text = formatEventTime(time);
  return text === undefined ? undefined : { ms: Date.parse(text), text };
};

/** The `time` of a row as RFC 3339 in UTC with milliseconds; undefined where `parseEventTime` is. */
export const formatEventTime = (time: unknown): string | undefined =>
  typeof time === 'string' && ZOOM_FORM.test(time)
    ? `${time.slice(0, -1)}.000Z`
    : parseEventTime(time)?.toISOString();

/** The latest time, as RFC 3339, that an event seen at an instant can have; a later one has a wrong date. */
export const latestEventTime = (seenAt: Date): string => new Date(seenAt.getTime() + AHEAD_MS).toISOString();
