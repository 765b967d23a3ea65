import { InvalidArgumentError, Option } from 'commander';
import { ReplayLabelSchema } from '../shared/app/archive.ts';
import { addDays, type Day, dayOf, daysBetween, oldestDayKept } from '../shared/model/day.ts';
import { DAY_MS } from '../shared/model/duration.ts';
import { SourceNameSchema } from '../shared/model/slice.ts';
import {
  DEFAULT_LOOKBACK_DAYS,
  DEFAULT_REQUESTS_PER_DAY,
  DropOffMinutesSchema,
} from '../shared/model/source-config.ts';
import { STREAM_NAMES, type StreamName } from '../shared/model/stream.ts';
import { ConfigurationError } from '../shared/errors.ts';
import { FORMATS, type Format, OCSF_VERSIONS } from '../shared/normalize/index.ts';
import { oneOf, withChoices } from './choices.ts';
import { dayArgument, instantArgument, parseSpan } from './times.ts';

const sourceName = (text: string): string => {
  const parsed = SourceNameSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`It ${parsed.error.issues[0]?.message ?? 'is not a valid name'}.`);
};

/** The name of a version of projections. */
export const replayLabel = (text: string): string => {
  const parsed = ReplayLabelSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`It ${parsed.error.issues[0]?.message ?? 'is not a valid label'}.`);
};

/** A whole number within a range. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    if (/^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };

/** A number of records that a person can read. */
export const DEFAULT_LIMIT = 50;

/** A number of records. */
export const atLeastOne = (text: string): number => {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new InvalidArgumentError('It must be a whole number of at least 1.');
};

/** A length of time such as `15m`, `2h` or `3d`, in milliseconds. */
export const parseDuration =
  (mostDays: number) =>
  (text: string): number => {
    const ms = parseSpan(text);
    if (ms !== undefined && ms > 0 && ms <= mostDays * DAY_MS) return ms;
    throw new InvalidArgumentError(`Use a form such as 15m, 2h or 3d; the maximum is ${mostDays}d.`);
  };

const dropOffMinutes = (text: string): number => {
  const parsed = DropOffMinutesSchema.safeParse(/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('It must be 15 to 43200 minutes (30 days), or 0 to disable the limit.');
};

/** A list such as `flat,ocsf`, each value once. */
const listOf =
  <T extends string>(allowed: readonly T[]) =>
  (text: string): T[] => [...new Set(text.split(',').map((value) => oneOf(allowed, value.trim())))];

/** The accepted forms of a day and of an instant. */
const DAY_FORMS = '2026-11-20, today, yesterday or 7d (days ago)';
const TIME_FORMS = '2026-11-20T09:30:00Z, 2026-11-20, yesterday, 24h or 7d (ago)';

/** Options shared by several commands. */
export const OPTIONS = {
  out: () => new Option('--out <dir>', 'Output folder or s3://bucket/prefix').makeOptionMandatory(),
  onlySource: () => new Option('--source <name>', 'Limit to this source').argParser(sourceName),
  replayed: () =>
    new Option('--replayed <label>', 'Read the version that replay --into wrote').argParser(replayLabel),
  source: () =>
    new Option('--source <name>', 'Name the source; the name is part of every object key')
      .argParser(sourceName)
      .default('zoom'),
  stream: () =>
    new Option('--stream <stream>', `Limit to one stream: ${STREAM_NAMES.join(' or ')}`).argParser(
      (text: string) => oneOf<StreamName>(STREAM_NAMES, text),
    ),
  format: () =>
    new Option('--format <formats>', 'Write these formats beside raw, separated by commas')
      .argParser(listOf<Format>(FORMATS))
      .default([...FORMATS], FORMATS.join(',')),
  ocsf: () =>
    withChoices(new Option('--ocsf <version>', 'Write this OCSF version'), OCSF_VERSIONS).default(
      OCSF_VERSIONS[0],
    ),
  now: () => new Option('--now <time>', 'Override the current time (testing)').argParser(instantArgument),
  json: () => new Option('--json', 'Print JSON'),
  groupReadable: () =>
    new Option(
      '--group-readable',
      'Let the group read new folders and files (0750, 0640; default 0700, 0600)',
    ),
  lookback: () =>
    new Option('--lookback-days <days>', 'Days that stay open to late rows')
      .argParser(wholeNumber(1, 30))
      .default(DEFAULT_LOOKBACK_DAYS),
  dryRun: () => new Option('--dry-run', 'Print the number of requests and the estimated time, and send none'),
  dropOff: () =>
    new Option(
      '--drop-off-minutes <minutes>',
      'Set a fixed limit for the silence of a polled stream; 0 disables (default: learned from earlier weeks; until then 72 hours)',
    ).argParser(dropOffMinutes),
  backfill: () =>
    new Option('--backfill-days <days>', 'Back-fill this many days on the first poll; Zoom keeps about 180')
      .argParser(wholeNumber(0, 184))
      .default(0, 'the lookback'),
  requestsPerDay: () =>
    new Option(
      '--requests-per-day <count>',
      "Limit the requests per day; all apps of the account share Zoom's limit",
    )
      .argParser(wholeNumber(1, 1_000_000))
      .default(DEFAULT_REQUESTS_PER_DAY),
  from: () =>
    new Option('--from <day>', `Start on this UTC day: ${DAY_FORMS}`)
      .argParser(dayArgument)
      .makeOptionMandatory(),
  to: () =>
    new Option('--to <day>', `End on this UTC day: ${DAY_FORMS}`)
      .argParser(dayArgument)
      .makeOptionMandatory(),
  limit: () =>
    new Option('--limit <count>', 'Show at most this many rows').argParser(wholeNumber(1, 999_999_999)),
  sinceDay: () => new Option('--since <day>', `Start on this UTC day: ${DAY_FORMS}`).argParser(dayArgument),
  since: () => new Option('--since <time>', `Start at this time: ${TIME_FORMS}`).argParser(instantArgument),
};

/** The days of a range that can be requested from Zoom. Throws ConfigurationError, naming the flag to correct. */
export const daysToCollect = (from: Day, to: Day, now: Date): Day[] => {
  const today = dayOf(now);
  const oldest = oldestDayKept(now);
  assertInOrder(from, to);
  if (to > today) throw wrongDay(`--to ${to} is in the future: today is ${today} in UTC. Use --to ${today}.`);
  if (from < oldest) {
    throw wrongDay(
      `--from ${from} is older than Zoom keeps its reports (six months). Use --from ${oldest} or later.`,
    );
  }
  return daysBetween(from, to);
};

/** Throws ConfigurationError if a range of days ends before it begins. */
export const assertInOrder = (from: Day | undefined, to: Day | undefined): void => {
  if (from !== undefined && to !== undefined && from > to)
    throw wrongDay(`--from ${from} is after --to ${to}. Swap them.`);
};

/** An error of a day on the command line. */
export const wrongDay = (message: string): ConfigurationError => new ConfigurationError('day', message);

/** Ranges of days as readable text: `2026-11-01 to 2026-11-04, 2026-11-07`. */
export const dayRanges = (days: readonly Day[]): string => {
  const ranges: { first: Day; last: Day }[] = [];
  for (const next of [...new Set(days)].sort()) {
    const range = ranges.at(-1);
    if (range && addDays(range.last, 1) === next) range.last = next;
    else ranges.push({ first: next, last: next });
  }
  return ranges.map(({ first, last }) => (first === last ? first : `${first} to ${last}`)).join(', ');
};
