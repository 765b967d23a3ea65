import type {
  Missing,
  ClosingNotice,
  NotParsedStream,
  RunReport,
  SliceOutcome,
} from '../shared/app/connector.ts';
import type { ConfigurationError } from '../shared/errors.ts';
import type { Slice } from '../shared/model/slice.ts';
import { daysBetween } from '../shared/model/day.ts';
import { STREAMS, type StreamName } from '../shared/model/stream.ts';
import { dayRanges } from './arguments.ts';
import { formatCount, plural, printable } from './text.ts';

/** The result and the cost of a run. */
export interface Summary {
  readonly source: string;
  readonly out: string;
  readonly requests: number;
  readonly seconds: number;
  readonly report: RunReport;
  /** The failure that stopped the whole run, if any. */
  readonly failure?: ConfigurationError | undefined;
}

const COUNTED = [
  'read',
  'delivered',
  'duplicate',
  'held',
  'rejected',
  'repeatedNames',
  'invalidUtf8',
  'vanished',
  'dayMismatch',
  'objects',
] as const;
type Counts = Record<(typeof COUNTED)[number], number>;

const addUp = (outcomes: readonly SliceOutcome[]): Counts =>
  Object.fromEntries(
    COUNTED.map((name) => [name, outcomes.reduce((sum, outcome) => sum + outcome[name], 0)]),
  ) as Counts;

/** As JSON: the counts, and what is missing for each slice. */
export const summaryToJson = ({ source, out, requests, seconds, report, failure }: Summary): string => {
  const {
    outcomes,
    partial,
    missing,
    deferred,
    notices,
    unreadable,
    notParsing,
    parkedUntil,
    auditFailures,
  } = report;
  const json = {
    complete: missing.length + deferred.length === 0 && !failure,
    source,
    out,
    slices: outcomes.length,
    ...addUp([...outcomes, ...partial]),
    requests,
    seconds,
    missing: missing.map(({ slice: { stream, day }, reason, message }) => ({
      source,
      stream,
      day,
      reason,
      message,
    })),
    deferred: deferred.map(({ stream, day }) => ({ source, stream, day })),
    notices: notices.map(({ kind, slice: { stream, day }, rows }) => ({ kind, source, stream, day, rows })),
    unreadable: unreadable.map(({ stream, rows, from, to, since }) => ({
      source,
      stream,
      rows,
      from,
      to,
      since,
    })),
    notParsing: notParsing.map(({ stream, because, from, to }) => ({ source, stream, because, from, to })),
    auditFailures,
    ...(parkedUntil && { parkedUntil }),
    ...(failure && { error: { reason: failure.reason, message: failure.message } }),
  };
  return `${JSON.stringify(json)}\n`;
};

/** As text: one line per stream, then what is missing and why. */
export const summaryToText = ({ source, out, requests, seconds, report }: Summary): string => {
  const { missing } = report;
  const outcomes = [...report.outcomes, ...report.partial];
  const byStream = Map.groupBy(outcomes, ({ slice }) => slice.stream);
  const lines = [...byStream].map(([stream, ofStream]) => streamLine(source, stream, ofStream));
  const { objects } = addUp(outcomes);
  lines.push(
    `${plural(objects, 'object')} written to ${out} · ${plural(requests, 'request')} · ${seconds.toFixed(1)} s`,
  );
  return [
    ...lines,
    ...noticeLines(source, report.notices),
    ...notParsingLines(source, report.notParsing),
    ...report.auditFailures.map((problem) => `NOT IN THE AUDIT LOG: ${printable(problem)}`),
    ...deferredLines(source, report.deferred),
    ...missingLines(source, missing),
  ]
    .map((line) => `${line}\n`)
    .join('');
};

const streamLine = (source: string, stream: StreamName, outcomes: readonly SliceOutcome[]): string => {
  const sum = addUp(outcomes);
  const { delivered, duplicate, rejected, repeatedNames, invalidUtf8, vanished, dayMismatch } = sum;
  const notes = [
    duplicate > 0 && `${formatCount(duplicate)} already stored`,
    rejected > 0 &&
      `${plural(rejected, 'row')} in rejected/ (no readable time, no JSON object, too large, or nested too deep)`,
    repeatedNames > 0 &&
      `${plural(repeatedNames, 'row')} with a repeated field name (raw/ keeps both values, events have the last)`,
    invalidUtf8 > 0 && `${plural(invalidUtf8, 'page')} with invalid UTF-8 (replaced by U+FFFD)`,
    vanished > 0 && `${plural(vanished, 'row')} no longer listed by Zoom (kept)`,
    dayMismatch > 0 && `${plural(dayMismatch, 'row')} listed under a different day`,
  ].filter((note) => note !== false);
  return `${source} ${STREAMS[stream].title}: ${plural(delivered, 'new event')} in ${plural(outcomes.length, 'day')}${notes.map((note, index) => (index === 0 ? `; ${note}` : `, ${note}`)).join('')}`;
};

const noticeLines = (source: string, notices: readonly ClosingNotice[]): string[] =>
  notices.map(({ kind, slice: { stream, day }, rows }) =>
    kind === 'gap'
      ? `GAP ${source} ${STREAMS[stream].title}, ${day}: Zoom deleted this day before it was listed whole; ${plural(rows, 'row')} of it stored.`
      : `LATE ${source} ${STREAMS[stream].title}, ${day}: ${plural(rows, 'row')} appeared after the day closed. They are delivered. To wait longer, raise --lookback-days.`,
  );

const notParsingLines = (source: string, notParsing: readonly NotParsedStream[]): string[] =>
  notParsing.flatMap(({ stream, because, from, to }) => [
    '',
    `UNREADABLE ${source} ${STREAMS[stream].title}, ${dayRanges(daysBetween(from, to))}:`,
    `  ${because}.`,
    '  Data loss: none. raw/ has every row as Zoom sent it. Compare rejected/ and the newest events with earlier rows, and report what differs.',
  ]);

const deferredLines = (source: string, deferred: readonly Slice[]): string[] =>
  [...Map.groupBy(deferred, ({ stream }) => stream)].flatMap(([stream, slices]) => [
    '',
    `LATER ${source} ${STREAMS[stream].title}, ${dayRanges(slices.map(({ day }) => day))}:`,
    `  The daily request budget (--requests-per-day) was used up before these days were listed whole. Rows read so far are kept. ` +
      `Run it again after midnight (UTC), or raise --requests-per-day.`,
  ]);

/** The number of failures of one kind that are printed in full. Failures of other kinds are always printed. */
const PRINTED_IN_FULL = 5;

export const missingLines = (source: string, missing: readonly Missing[]): string[] => {
  const byReason = Map.groupBy(missing, ({ slice, reason }) => `${slice.stream} ${reason}`);
  return [...byReason.values()].flatMap((group) => {
    const byMessage = [...Map.groupBy(group, kindOf).values()];
    const others = byMessage.slice(PRINTED_IN_FULL).flat();
    return [
      ...byMessage
        .slice(0, PRINTED_IN_FULL)
        .flatMap((ofOne) => blockOf(source, ofOne, ofOne[0]?.message ?? '')),
      ...(others.length > 0
        ? blockOf(
            source,
            others,
            `Each failed on its own with the same reason (${others[0]?.reason ?? ''}): see --json for all.`,
          )
        : []),
    ];
  });
};

/** A message without the parts that differ for the same failure: the requested day and Zoom's tracking id. */
const kindOf = ({ message }: Missing): string =>
  message.replaceAll(/ of \d{4}-\d{2}-\d{2}/g, ' of a day').replaceAll(/tracking id [^\]]*/g, 'tracking id');

/** The missing days of one stream, and why. */
const blockOf = (source: string, missing: readonly Missing[], why: string): string[] => {
  const title = STREAMS[missing[0]?.slice.stream ?? 'operation'].title;
  const days = dayRanges(missing.map(({ slice }) => slice.day));
  return [
    '',
    `MISSING ${source} ${title}, ${days}:`,
    ...printable(why)
      .split('\n')
      .map((line) => `  ${line}`),
  ];
};
