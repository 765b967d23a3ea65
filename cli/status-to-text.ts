import { lookbackFor } from '../shared/app/archive.ts';
import { formatInstant, formatDuration } from '../shared/health/format.ts';
import { WELL } from '../shared/health/verdict.ts';
import { DAY_MS } from '../shared/model/duration.ts';
import { type ContentHealth, contentToText, lineOf } from './content-health.ts';
import { runningNote } from './last-run-problems.ts';
import type { Column } from './output/column.ts';
import { fitProse } from './output/prose.ts';
import { recordsToTable, tableToText } from './output/table.ts';
import type { Colorize } from './colorize.ts';
import type { Problem, StreamHealth, StreamLine } from './stream-health.ts';
import { formatAge, formatCount, plural, printable, formatCoarseDuration } from './text.ts';

/** How a status is printed. */
export interface StatusStyle {
  readonly colorize: Colorize;
  /** Whether the streams belong to a deployment. Remedies are printed for deployments only. */
  readonly isDeployed: boolean;
}

/** The streams as a table. */
export const streamsToTable = (
  streams: readonly StreamLine[],
  now: Date,
  colorize: Colorize,
  columns?: number,
): string => {
  const table = tableToText(recordsToTable(streamColumns(now), streams, { columns, colorize }));
  const awaitsConfirmation = streams.some((stream) => completeness(stream).includes('('));
  const legend = awaitsConfirmation ? '(…) = closed, not yet confirmed\n' : '';
  return `${table}${legend}`;
};

/** The columns of a stream: its name, health and completeness. */
export const streamColumns = (now: Date): readonly Column<StreamLine>[] => [
  { name: 'source', title: 'SOURCE', text: ({ source }) => source, least: 6 },
  { name: 'stream', title: 'STREAM', text: ({ stream }) => stream },
  { name: 'verdict', title: 'VERDICT', text: ({ verdict }) => verdict ?? '-', colour: verdictColour },
  {
    name: 'complete_up_to',
    title: 'COMPLETE UP TO',
    text: completeness,
    brief: { title: 'COMPLETE', text: completeness },
    keep: 3,
  },
  {
    name: 'newest_event',
    title: 'NEWEST EVENT (UTC)',
    text: ({ newestEvent }) =>
      newestEvent
        ? `${newestEvent.slice(0, 16).replace('T', ' ')} (${formatAge(new Date(newestEvent), now)})`
        : 'none yet',
    value: ({ newestEvent = '' }) => newestEvent,
    brief: {
      title: 'NEWEST EVENT',
      text: ({ newestEvent }) => (newestEvent ? formatAge(new Date(newestEvent), now) : 'none yet'),
    },
  },
  {
    name: 'events',
    title: 'EVENTS',
    text: ({ events }) => formatCount(events),
    value: ({ events }) => events,
    align: 'right',
    keep: 1,
  },
  {
    name: 'last_run',
    title: 'LAST RUN',
    text: ({ lastRun }) =>
      lastRun
        ? `${lastRun.run} ${formatAge(new Date(lastRun.endedAt), now)} ${lastRun.error ? 'FAILED' : 'ok'}`
        : 'never',
    value: ({ lastRun }) => lastRun?.endedAt ?? '',
    keep: 2,
  },
];

const verdictColour = ({ verdict }: StreamLine): 'green' | 'yellow' | 'red' | undefined => {
  if (verdict === null) return undefined;
  if (verdict === 'not_connected') return 'yellow';
  return WELL.has(verdict) ? 'green' : 'red';
};

/** The confirmed day, and in brackets the closed day that is not confirmed yet. */
const completeness = ({ watermark }: StreamLine): string => {
  const { complete_up_to: complete, closed_up_to: closed } = watermark ?? {};
  if (complete === undefined) return closed === undefined ? '-' : `(${closed})`;
  return closed === undefined || closed === complete ? complete : `${complete} (${closed.slice(5)})`;
};

/** One block per problem, each problem once. */
export const problemsToText = (
  streams: readonly Pick<StreamHealth, 'problems'>[],
  now: Date,
  { colorize, isDeployed }: StatusStyle,
): string => {
  const problems = new Map(streams.flatMap((stream) => stream.problems.map((one) => [one.what, one])));
  return [...problems.values()]
    .map((problem) => {
      const lines = linesOf(problem, now, isDeployed).map((line) => `  ${indented(line)}\n`);
      return `\n${colorize('red', 'UNHEALTHY')} ${indented(problem.what)}\n${lines.join('')}`;
    })
    .join('');
};

const linesOf = (
  { cause, since, error, lost, todo, runbook }: Problem,
  now: Date,
  isDeployed: boolean,
): string[] => [
  // The text of a silence already has its duration.
  ...(cause === 'silent'
    ? []
    : [`Since ${formatInstant(since)} (${formatDuration(Math.max(0, now.getTime() - since.getTime()))}).`]),
  ...(error === undefined ? [] : [`Error: ${error}`]),
  lost,
  ...(isDeployed ? [`Do: ${todo}`] : []),
  `Runbook: ${runbook}`,
];

const indented = (text: string): string => printable(text).replaceAll('\n', '\n  ');

/** One line per source: its requests of the day. */
export const requestsToText = (streams: readonly StreamHealth[]): string =>
  [...Map.groupBy(streams, ({ source }) => source)]
    .map(([source, [first]]) => {
      const parked =
        first?.parkedUntil === undefined ? '' : `; rate-limited by Zoom until ${first.parkedUntil}`;
      return `${source}: ${plural(first?.requestsToday ?? 0, 'request')} today (UTC)${parked}.\n`;
    })
    .join('');

/** One line per run in progress. */
const runningToText = (streams: readonly StreamHealth[], now: Date): string =>
  [...new Set(streams.flatMap((stream) => runningNote(stream, now) ?? []))]
    .map((note) => `${note}\n`)
    .join('');

/** One line per fact that needs attention. */
export const notesToText = (streams: readonly StreamHealth[], { isDeployed }: StatusStyle): string =>
  [...new Set(streams.flatMap((stream) => notesOf(stream, isDeployed)))].map((note) => `${note}\n`).join('');

const notesOf = (
  {
    source,
    stream,
    verdict,
    problems,
    rejected,
    held,
    vanished,
    futureEvents,
    lateness,
    lookbackDays,
    watermark,
    lastRun,
  }: StreamHealth,
  isDeployed: boolean,
): string[] => {
  const name = `${source} ${stream}`;
  const isSaid = problems.some(({ error }) => error?.includes(lastRun?.error?.message ?? '') === true);
  return [
    verdict === 'not_connected' &&
      isDeployed &&
      `${source}: not connected to Zoom. Connect it: bin/zoom-log-source connect ${source}`,
    lastRun?.error &&
      !isSaid &&
      `\n${name}: last error, ${lastRun.error.day}: ${printable(lastRun.error.message)}`,
    held > 0 && `${name}: ${plural(held, 'possible duplicate')}, checked on the next full listing.`,
    vanished > 0 && `${name}: ${plural(vanished, 'row')} no longer listed by Zoom (kept).`,
    futureEvents && `${name}: ${futureNote(futureEvents)}`,
    ...(watermark?.gaps ?? []).map(
      ({ from, to }) =>
        `${name}: GAP from ${from} to ${to}: Zoom deleted these days before they were listed whole.`,
    ),
    lateness &&
      lateness.maxMs > lookbackDays * DAY_MS &&
      `${name}: rows appeared up to ${formatCoarseDuration(lateness.maxMs)} late (99 % within ${formatCoarseDuration(lateness.p99Ms)}), longer than the lookback of ` +
        `${lookbackDays} days. ${isDeployed ? `Set "lookbackDays" to ${lookbackFor(lateness)}.` : `Use --lookback-days ${lookbackFor(lateness)}.`}`,
    rejected > 0 && `${name}: ${plural(rejected, 'unreadable row')}, kept in rejected/.`,
  ].filter((note) => typeof note === 'string');
};

const futureNote = ({ rows, first, last }: NonNullable<StreamHealth['futureEvents']>): string => {
  const [from, to] = [first.slice(0, 10), last.slice(0, 10)];
  return (
    `${plural(rows, 'event')} dated in the future (${from === to ? from : `${from} to ${to}`}). They are delivered but do not count ` +
    `as the newest event. Check the clock of the collecting machine. If it is correct, compare them with Zoom's admin portal.`
  );
};

/** The status of a folder or a bucket, fitted to the width of a terminal. */
export const statusToText = (
  streams: readonly StreamHealth[],
  now: Date,
  colorize: Colorize,
  columns?: number,
  content: readonly ContentHealth[] = [],
): string => {
  const style = { colorize, isDeployed: false };
  const problems = problemsToText([...streams, ...content], now, style);
  const text = [
    streamsToTable([...streams, ...content.map(lineOf)], now, colorize, columns) + problems,
    problems === '' ? '' : '\n',
    requestsToText(streams) + runningToText(streams, now) + notesToText(streams, style),
    contentToText(content),
  ].join('');
  return fitProse(text, columns);
};
