import type { Missing, Notice, RunReport, SliceOutcome } from '../shared/connector.ts';
import type { Slice } from '../shared/model/slice.ts';
import { STREAMS, type StreamName } from '../shared/model/stream.ts';
import { dayRanges } from './arguments.ts';
import { plural, printable } from './text.ts';

/** What a run came to, with what it took. */
export interface Summary {
  readonly source: string;
  readonly out: string;
  readonly requests: number;
  readonly seconds: number;
  readonly report: RunReport;
}

const COUNTED = [
  'read',
  'delivered',
  'duplicate',
  'held',
  'rejected',
  'repeatedNames',
  'vanished',
  'dayMismatch',
  'objects',
] as const;
type Counts = Record<(typeof COUNTED)[number], number>;

const addUp = (outcomes: readonly SliceOutcome[]): Counts =>
  Object.fromEntries(
    COUNTED.map((name) => [name, outcomes.reduce((sum, outcome) => sum + outcome[name], 0)]),
  ) as Counts;

/** For machines: the counts, and what is missing slice by slice. */
export const summaryToJson = ({ source, out, requests, seconds, report }: Summary): string => {
  const { outcomes, missing, deferred, notices, parkedUntil, auditFailures } = report;
  const json = {
    complete: missing.length + deferred.length === 0,
    source,
    out,
    slices: outcomes.length,
    ...addUp(outcomes),
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
    auditFailures,
    ...(parkedUntil && { parkedUntil }),
  };
  return `${JSON.stringify(json)}\n`;
};

/** For a person: a line a stream, then what is missing and why. */
export const summaryToText = ({ source, out, requests, seconds, report }: Summary): string => {
  const { outcomes, missing } = report;
  const byStream = Map.groupBy(outcomes, ({ slice }) => slice.stream);
  const lines = [...byStream].map(([stream, ofStream]) => streamLine(source, stream, ofStream));
  const { objects } = addUp(outcomes);
  lines.push(
    `${plural(objects, 'object')} written to ${out} · ${plural(requests, 'request')} · ${seconds.toFixed(1)} s`,
  );
  return [
    ...lines,
    ...noticeLines(source, report.notices),
    ...report.auditFailures.map((problem) => `NOT IN THE AUDIT LOG: ${printable(problem)}`),
    ...deferredLines(source, report.deferred),
    ...missingLines(source, missing),
  ]
    .map((line) => `${line}\n`)
    .join('');
};

const streamLine = (source: string, stream: StreamName, outcomes: readonly SliceOutcome[]): string => {
  const { delivered, duplicate, rejected, repeatedNames, vanished, dayMismatch } = addUp(outcomes);
  const notes = [
    `${duplicate} read that were here already`,
    rejected > 0 &&
      `${plural(rejected, 'row')} in rejected/ (no readable time, too large, or nested too deep)`,
    repeatedNames > 0 &&
      `${plural(repeatedNames, 'row')} with a field name twice (raw/ keeps both values, events have the last)`,
    vanished > 0 && `${plural(vanished, 'row')} that Zoom no longer lists (kept)`,
    dayMismatch > 0 && `${plural(dayMismatch, 'row')} listed under another day than their own`,
  ].filter((note) => note !== false);
  return `${source} ${STREAMS[stream].title}: ${plural(delivered, 'new event')} in ${plural(outcomes.length, 'day')}; ${notes.join(', ')}`;
};

const noticeLines = (source: string, notices: readonly Notice[]): string[] =>
  notices.map(({ kind, slice: { stream, day }, rows }) =>
    kind === 'gap'
      ? `GAP ${source} ${STREAMS[stream].title}, ${day}: Zoom forgot this day before it was read whole; ${plural(rows, 'row')} of it are here.`
      : `LATE ${source} ${STREAMS[stream].title}, ${day}: ${plural(rows, 'row')} came after the day had closed. They are delivered; a longer --lookback-days waits for such.`,
  );

const deferredLines = (source: string, deferred: readonly Slice[]): string[] =>
  [...Map.groupBy(deferred, ({ stream }) => stream)].flatMap(([stream, slices]) => [
    '',
    `LATER ${source} ${STREAMS[stream].title}, ${dayRanges(slices.map(({ day }) => day))}:`,
    `  Today's share of requests is used up. Run it again tomorrow (UTC), or raise --requests-per-day.`,
  ]);

export const missingLines = (source: string, missing: readonly Missing[]): string[] => {
  const groups = Map.groupBy(missing, ({ slice, reason }) => `${slice.stream} ${reason}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const days = dayRanges(group.map(({ slice }) => slice.day));
    const heading = `MISSING ${source} ${STREAMS[first.slice.stream].title}, ${days}:`;
    return [
      '',
      heading,
      ...printable(first.message)
        .split('\n')
        .map((line) => `  ${line}`),
    ];
  });
};
