import type { Archive, ContentStreamStatus } from '../shared/app/archive.ts';
import type { MirrorState } from '../shared/app/mirror.ts';
import { RUNBOOK } from '../shared/contract/alarms.ts';
import { causeOf } from '../shared/health/causes.ts';
import type { Verdict } from '../shared/health/verdict.ts';
import { formatBytes } from '../shared/model/format-bytes.ts';
import { brakeToText } from './mirror-to-text.ts';
import type { Problem, StreamLine } from './stream-health.ts';
import { formatCount, plural, printable } from './text.ts';

/** The open days that are named; the others are counted. */
const NAMED_DAYS = 3;

/** The completeness and the health of a stream of content. */
export interface ContentHealth extends ContentStreamStatus {
  /** Null if nothing is wrong: content is collected by hand, and nothing is expected of it. */
  readonly verdict: Verdict | null;
  readonly problems: readonly Problem[];
}

/** Reads the status of the streams of content, with the problems of each. */
export const readContentHealth = async (archive: Archive, now: Date): Promise<ContentHealth[]> =>
  (await archive.contentStatus(now)).map((status) => {
    const problems = [...failedRun(status), ...failedFiles(status, now), ...brake(status)];
    const [first] = problems;
    return { ...status, verdict: first ? causeOf(first.cause).verdict : null, problems };
  });

const failedRun = ({ source, stream, lastRun }: ContentStreamStatus): Problem[] => {
  if (!lastRun?.error) return [];
  const { endedAt, slices, missing, error } = lastRun;
  const days =
    missing > 0 ? `missed ${formatCount(missing)} of ${plural(slices + missing, 'day')}` : 'failed';
  return [
    {
      cause: error.reason,
      what: `${source} ${stream}: the last ${lastRun.run} ${days}.`,
      since: new Date(endedAt),
      error: error.message,
      lost: 'Data loss: none while Zoom keeps the content. What was collected is kept.',
      todo: 'Correct the error and run it again.',
      runbook: `${RUNBOOK}#${causeOf(error.reason).verdict}`,
    },
  ];
};

/** A file that Zoom never finished, or that left Zoom first, can no longer be had: it is counted, but is no problem to solve. */
const failedFiles = ({ source, stream, files, lastRun }: ContentStreamStatus, now: Date): Problem[] => {
  const { lost = 0, retried = 0 } = files ?? {};
  if (lost + retried === 0) return [];
  const final =
    lost > 0 ? ` ${plural(lost, 'file')} failed on several days and will not be tried again.` : '';
  return [
    {
      cause: 'failed',
      what: `${source} ${stream}: ${plural(lost + retried, 'file')} could not be fetched.`,
      since: new Date(lastRun?.endedAt ?? now),
      error: undefined,
      lost:
        retried > 0
          ? `Data loss: none yet. The next run tries ${plural(retried, 'file')} again.${final}`
          : `Data loss:${final}`,
      todo: `Read why: zoom-log-source show --collection. Then run it again.`,
      runbook: `${RUNBOOK}#not_delivering`,
    },
  ];
};

/** The brake is one of the source: it is named with the stream that has most of its files. */
const brake = ({ source, stream, mirror }: ContentStreamStatus): Problem[] => {
  const found = mirror?.brake;
  if (!found || found.named[0]?.stream !== stream) return [];
  const [, ...lines] = brakeToText(source, found);
  return [
    {
      cause: 'mirror-brake',
      what: `${source} ${stream}: ${plural(found.files, 'file')} of ${formatCount(found.total)} left Zoom, too many to hide within a day. The mirror hides nothing.`,
      since: new Date(found.since),
      error: lines.slice(0, -1).join('\n'),
      lost: 'Data loss: none. What is held stays.',
      todo: `Recover them in Zoom's trash, or release them: zoom-log-source mirror release --source ${source}`,
      runbook: `${RUNBOOK}#not_delivering`,
    },
  ];
};

/** A stream of content as a line of the table of streams. */
export const lineOf = ({ newestRow, rows, ...status }: ContentHealth): StreamLine => ({
  ...status,
  newestEvent: newestRow,
  events: rows,
});

/** What the table does not show of the streams of content: their days, and their files. */
export const contentToText = (streams: readonly ContentHealth[]): string =>
  streams.flatMap((stream) => linesOf(stream).map((line) => `${printable(line)}\n`)).join('');

const linesOf = ({ source, stream, closedDays, openDays, files, mirror }: ContentHealth): string[] => {
  const name = `${source} ${stream}`;
  const more = openDays.length - NAMED_DAYS;
  return [
    `${name}: ${plural(closedDays, 'day')} closed, ${formatCount(openDays.length)} open${files ? `; ${filesToText(files)}` : ''}.`,
    // The newest days are the ones that are usually open.
    ...openDays.slice(-NAMED_DAYS).map(({ day, because }) => `  ${day} is open: ${because}.`),
    ...(more > 0 ? [`  ${plural(more, 'earlier day')} open as well.`] : []),
    ...(files && mirror?.mode === 'mirror' ? [mirrorToText(mirror)] : []),
  ];
};

/** The mirror is one of the source: all of its streams are counted. */
const mirrorToText = ({ hidden, waiting, kept, at }: MirrorState): string =>
  [
    `  mirror of the source, ${at.slice(0, 10)}: ${plural(hidden, 'file')} hidden`,
    ...(waiting > 0 ? [`${formatCount(waiting)} hidden later`] : []),
    ...Object.entries(kept).map(
      ([hold, files]) => `${formatCount(files)} kept in view by the hold "${hold}"`,
    ),
  ].join(', ') + '.';

const filesToText = (files: NonNullable<ContentHealth['files']>): string => {
  const { held, bytes, sameAs, lost, retried, neverReady, leftZoom, skipped, processing, gone, hidden } =
    files;
  const counts: readonly (readonly [count: number, what: string])[] = [
    [sameAs, 'equal to one of them'],
    [lost + retried, 'failed'],
    [neverReady, 'never finished by Zoom'],
    [leftZoom, 'gone from Zoom before they were fetched'],
    [processing, 'processing at Zoom'],
    [skipped, 'not chosen'],
    [gone, 'gone from Zoom'],
    [hidden, 'hidden'],
  ];
  return [
    `${plural(held, 'file')} held (${formatBytes(bytes)})`,
    ...counts.filter(([count]) => count > 0).map(([count, what]) => `${formatCount(count)} ${what}`),
  ].join(', ');
};
