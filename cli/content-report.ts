import {
  type ContentProblem,
  type ContentReport,
  type ContentTask,
  type FailedVersion,
  type Holdings,
  isComplete,
  missingOf,
  NO_ONE_CHOSEN,
  subjectCounts,
} from '../shared/app/content.ts';
import { CENSUS_STREAM, CONTENT_STREAMS } from '../shared/app/content-archive.ts';
import { messageOf, reasonOf } from '../shared/errors.ts';
import type { ContentType } from '../shared/model/content-config.ts';
import { formatBytes } from '../shared/model/format-bytes.ts';
import { dayRanges } from './arguments.ts';
import { brakeToText } from './mirror-to-text.ts';
import { formatCount, oneLine, plural, printable } from './text.ts';

/** The result and the cost of a run over content. */
export interface ContentSummary {
  readonly source: string;
  readonly out: string;
  readonly task: ContentTask;
  readonly types: readonly ContentType[];
  /** Whether the content of everyone was to be collected. */
  readonly isEveryone: boolean;
  readonly requests: number;
  readonly seconds: number;
  readonly report: ContentReport;
  readonly holdings: Holdings;
  /** The key of the certificate of a run with `once`. */
  readonly certificate: string | undefined;
}

/** Whether everything of the range is held or explained, and no brake waits for an operator. */
export const isWhole = ({ report, holdings }: Pick<ContentSummary, 'report' | 'holdings'>): boolean =>
  isComplete(report, holdings) && report.mirror.state?.brake === undefined;

/** The failure that stopped a run, as JSON. */
export const contentFailureToJson = (
  { source, out, requests, seconds }: Pick<ContentSummary, 'source' | 'out' | 'requests' | 'seconds'>,
  error: unknown,
): string =>
  `${JSON.stringify({ complete: false, source, out, requests, seconds, error: { reason: reasonOf(error), message: messageOf(error) } })}\n`;

/** As JSON: the counts, every failure, every stream that was refused, and the days. */
export const contentSummaryToJson = (summary: ContentSummary): string => {
  const { source, out, requests, seconds, report, holdings, certificate } = summary;
  const { failed, filesDigest, found, ...counts } = holdings;
  const json = {
    complete: isWhole(summary),
    source,
    out,
    people: report.people,
    rows: report.rows,
    ...subjectCounts(found),
    ...counts,
    filesDigest,
    newlyHeld: report.files.held,
    newlySameAs: report.files.sameAs,
    newBytes: report.files.bytes,
    failed,
    problems: report.problems,
    ...(report.mirror.state && {
      mirror: { newlyHidden: report.mirror.hidden, newlyShown: report.mirror.shown, ...report.mirror.state },
    }),
    closed: report.closed.map(({ stream, day, revision }) => ({ source, stream, day, revision })),
    open: report.open.map(({ slice: { stream, day }, because }) => ({ source, stream, day, because })),
    ...(report.rateLimitedUntil && { parkedUntil: report.rateLimitedUntil }),
    ...(certificate !== undefined && { certificate }),
    requests,
    seconds,
  };
  return `${JSON.stringify(json)}\n`;
};

/** As text: what was found and held, then what is missing and why. */
export const contentSummaryToText = (summary: ContentSummary): string => {
  const { source, out, requests, seconds, report, holdings, certificate } = summary;
  const { files, problems, closed, open } = report;
  const earlier = Math.max(0, holdings.held - files.held);
  const lines = [
    ...foundLines(summary),
    `${plural(holdings.held, 'file')} held (${formatBytes(holdings.bytes)}): ${formatCount(files.held)} new, ${formatCount(earlier)} held before${sameAs(holdings)}`,
    ...notHeld(holdings),
    ...mirrorLines(report.mirror),
    ...dayLines(closed, open),
    `Written to ${out} · ${plural(requests, 'request')} · ${seconds.toFixed(1)} s`,
    ...(certificate === undefined ? [] : [`Certificate: ${out}/${certificate}`]),
    ...problemLines(source, problems, summary.isEveryone),
    ...failedLines(source, missingOf(holdings)),
    ...(report.mirror.state?.brake ? ['', ...brakeToText(source, report.mirror.state.brake)] : []),
    ...(holdings.pending === 0 ? [] : pendingLines(source, holdings.pending)),
  ];
  return lines.map((line) => `${line}\n`).join('');
};

/** What there is of each stream. */
const foundLines = ({ source, task, types, report, holdings }: ContentSummary): string[] => {
  const isRefused = report.problems.some(
    ({ stream, unit }) => stream === CENSUS_STREAM && unit === undefined,
  );
  const people = isRefused ? 'not listed' : formatCount(report.people);
  return [
    `${source} ${CONTENT_STREAMS[CENSUS_STREAM].title}: ${people}`,
    ...holdings.found
      .filter(({ stream, files }) => files !== undefined || task.streams.includes(stream))
      .map(({ stream, subjects = 0, files }) => {
        const { title, listing } = CONTENT_STREAMS[stream];
        const isChosen = listing === 'census' || listing.isChosen(types);
        const withFiles = files === undefined ? '' : `, with ${plural(files.count, 'file')}`;
        return `${source} ${title}: ${isChosen ? formatCount(subjects) + withFiles : 'not chosen (--types)'}`;
      }),
  ];
};

const sameAs = ({ sameAs: count }: Holdings): string =>
  count === 0 ? '' : `; ${plural(count, 'version')} with equal bytes stored once`;

/** Files that are not held, and need no action. */
const notHeld = (holdings: Holdings): string[] => {
  const { skipped, processing, gone, failed } = holdings;
  const replaced = failed.length - missingOf(holdings).length;
  return [
    skipped > 0 && `${plural(skipped, 'file')} skipped: types that are not chosen (--types)`,
    processing > 0 && `${plural(processing, 'file')} still processed by Zoom: run it again later`,
    replaced > 0 && `${plural(replaced, 'version')} replaced by Zoom before it could be fetched`,
    gone > 0 && `${plural(gone, 'file')} no longer at Zoom (what is held stays)`,
  ].filter((line) => line !== false);
};

/** What the mirror did, and what it waits for. */
const mirrorLines = ({ hidden, shown, state }: ContentReport['mirror']): string[] => {
  if (!state) return [];
  const kept = Object.entries(state.kept).map(
    ([hold, files]) => `${formatCount(files)} kept in view by the hold "${hold}"`,
  );
  return [
    [
      `Mirror: ${plural(hidden, 'file')} newly hidden, ${formatCount(shown)} shown again, ${formatCount(state.hidden)} hidden in all`,
      ...(state.waiting > 0 ? [`${formatCount(state.waiting)} hidden later`] : []),
      ...kept,
    ].join('; '),
  ];
};

/** Which days closed, and why the others are open, one line for each reason. */
export const dayLines = (closed: ContentReport['closed'], open: ContentReport['open']): string[] => {
  const lines = [...Map.groupBy(closed, ({ stream }) => stream)].map(
    ([stream, entries]) =>
      `Closed ${CONTENT_STREAMS[stream as keyof typeof CONTENT_STREAMS].title}: ${dayRanges(entries.map(({ day }) => day))}`,
  );
  const byReason = Map.groupBy(open, (day) => `${day.slice.stream} ${becauseOf(day)}`);
  for (const group of byReason.values()) {
    const [first] = group;
    if (!first) continue;
    const because = becauseOf(first);
    lines.push(
      `Open ${CONTENT_STREAMS[first.slice.stream].title}: ${dayRanges(group.map(({ slice }) => slice.day))}: ${because}`,
    );
  }
  return lines;
};

/** Why a day is open, in the same words for all days of which that is true: a range may have hundreds. */
const becauseOf = (day: ContentReport['open'][number]): string => {
  if (day.because.startsWith('rows may come until')) return waitsUntil(day);
  return day.because.endsWith('must close before it')
    ? 'an earlier day is open, and must close before it'
    : day.because;
};

const waitsUntil = ({ slice: { stream } }: ContentReport['open'][number]): string => {
  const { lateHours } = CONTENT_STREAMS[stream].closing;
  return lateHours === 0 ? 'the day is not over' : `rows may come for ${lateHours} hours after a day`;
};

/** The streams and lists that were not read whole, and what became of the others. */
export const problemLines = (
  source: string,
  problems: readonly ContentProblem[],
  isEveryone = true,
): string[] => {
  const byReason = Map.groupBy(
    problems,
    ({ stream, unit, reason }) => `${stream} ${unit === undefined} ${reason}`,
  );
  return [...byReason.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { title } = CONTENT_STREAMS[first.stream];
    const nothing = first.stream === CENSUS_STREAM && !isEveryone && first.reason !== 'list-ended-early';
    const others =
      first.reason === NO_ONE_CHOSEN.reason
        ? 'nothing was collected'
        : nothing
          ? 'without it, the chosen people are not known, and nothing was collected'
          : 'the other streams went on';
    const what =
      first.unit === undefined
        ? `MISSING ${source} ${title} (${others}):`
        : `MISSING ${source} ${title}, ${plural(group.length, 'list')}:`;
    return ['', what, ...indented(first.message)];
  });
};

/** How many names of files a failure prints. */
const NAMED = 5;

/** What each kind of failure needs. */
const REMEDIES: Readonly<Record<string, string>> = {
  'never-ready':
    'Open the recording in Zoom. If it plays there, download it there, and report the unfinished state to Zoom.',
  page: 'Sign in to Zoom as an administrator and check that the recording can be downloaded (settings: Recording).',
  refused: "Check the app's recording scopes and that the account lets administrators download recordings.",
  missing: 'Look in the trash of Zoom. A recording that was deleted for good cannot be fetched.',
  foreign: 'Zoom sent this download to a host that is not its own. Report it to Zoom.',
  'no-url': 'Zoom lists no address for it. Run the command again.',
};

const failedLines = (source: string, failed: readonly FailedVersion[]): string[] =>
  [...Map.groupBy(failed, ({ reason }) => reason)].flatMap(([reason, group]) => {
    const days = dayRanges(group.map(({ day }) => day));
    const isFinal = group.every(({ final }) => final);
    const named = group
      .slice(0, NAMED)
      .map(({ day, type, topic, item }) => `  ${day} ${type} of "${oneLine(topic)}" (item ${item})`);
    const remedy =
      REMEDIES[reason] ?? (isFinal ? undefined : 'Run the command again: only what is missing is fetched.');
    return [
      '',
      `FAILED ${source} ${plural(group.length, 'file')}, ${days}: ${reason}${isFinal ? ', not tried again' : ''}`,
      ...indented(group[0]?.message ?? ''),
      ...named,
      ...(group.length > NAMED
        ? [`  and ${formatCount(group.length - NAMED)} more: content list --state failed`]
        : []),
      ...(remedy === undefined ? [] : [`  ${remedy}`]),
    ];
  });

const pendingLines = (source: string, pending: number): string[] => [
  '',
  `NOT FETCHED ${source} ${plural(pending, 'file')}:`,
  '  Zoom lists them, and this run did not reach them, or they have left Zoom. Run the command again.',
];

const indented = (text: string): string[] =>
  printable(text)
    .split('\n')
    .map((line) => `  ${line}`);
