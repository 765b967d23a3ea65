import { type Command, InvalidArgumentError } from 'commander';
import { type Day, dayOf, parseDay, startOf } from '../shared/model/day.ts';

/** A day or an instant given relative to the present. It is resolved after parsing, because `--now` may follow it. */
export class RelativeTime<T> {
  readonly at: (now: Date) => T;

  constructor(at: (now: Date) => T) {
    this.at = at;
  }
}

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** A length of time such as `15m`, `2h`, `3d` or `1w`, in milliseconds; undefined for any other text. */
export const parseSpan = (text: string): number | undefined => {
  const [, count, unit] = /^(\d{1,5})([mhdw])$/i.exec(text) ?? [];
  if (unit === undefined) return undefined;
  return Number(count) * UNIT_MS[unit.toLowerCase() as keyof typeof UNIT_MS];
};

/** Parses `today`, `yesterday` (both: the start of the UTC day) and an age such as `7d`; undefined for any other text. */
const parseRelative = (text: string): ((now: Date) => Date) | undefined => {
  const word = text.toLowerCase();
  if (word === 'now') return (now) => now;
  if (word === 'today') return (now) => startOf(dayOf(now));
  if (word === 'yesterday') return (now) => new Date(startOf(dayOf(now)).getTime() - UNIT_MS.d);
  const ago = parseSpan(text);
  return ago === undefined ? undefined : (now) => new Date(now.getTime() - ago);
};

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?$/i;

/** Parses a calendar day or an instant (UTC without a zone); undefined for any other text and for days that do not exist. */
const parseAbsolute = (text: string): Date | undefined => {
  const day = parseDay(text);
  if (day) return startOf(day);
  const [, ofDay = '', zone] = INSTANT.exec(text) ?? [];
  if (!parseDay(ofDay)) return undefined;
  const instant = new Date(
    `${text.replace(' ', 'T').replace(',', '.').toUpperCase()}${zone === undefined ? 'Z' : ''}`,
  );
  return Number.isNaN(instant.getTime()) ? undefined : instant;
};

const NOT_A_DAY =
  'It is not a calendar day. Use a form such as 2026-11-20, today, yesterday or 7d (seven days ago). Days are UTC, as in Zoom.';
const NOT_A_TIME =
  'It is not a time. Use a form such as 2026-11-20T09:30:00Z, 2026-11-20, today, yesterday, 24h or 7d (ago). Without a zone, UTC is assumed.';

/** Parses a UTC day in any accepted form. An instant gives the UTC day that it falls on. */
export const dayArgument = (text: string): Day | RelativeTime<Day> => {
  const relative = parseRelative(text);
  if (relative) return new RelativeTime((now) => dayOf(relative(now)));
  const absolute = parseAbsolute(text);
  if (absolute) return dayOf(absolute);
  throw new InvalidArgumentError(NOT_A_DAY);
};

/** Parses an instant in any accepted form. A day gives its start. */
export const instantArgument = (text: string): Date | RelativeTime<Date> => {
  const relative = parseRelative(text);
  if (relative) return new RelativeTime(relative);
  const absolute = parseAbsolute(text);
  if (absolute) return absolute;
  throw new InvalidArgumentError(NOT_A_TIME);
};

/**
 * Resolves the relative days and instants of a command against `--now`, or against the clock. `--now` itself is relative to the clock.
 */
export const resolveTimes = (command: Command, clockNow: Date): void => {
  const options = command.opts<Record<string, unknown>>();
  const { now: given } = options;
  const now =
    given instanceof RelativeTime ? (given.at(clockNow) as Date) : given instanceof Date ? given : clockNow;
  for (const [name, value] of Object.entries(options)) {
    if (!(value instanceof RelativeTime)) continue;
    command.setOptionValueWithSource(name, value.at(name === 'now' ? clockNow : now), 'cli');
  }
};
