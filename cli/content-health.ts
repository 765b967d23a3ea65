import type { Archive, ContentStreamStatus } from '../shared/app/archive.ts';
import { RUNBOOK } from '../shared/contract/alarms.ts';
import { causeOf } from '../shared/health/causes.ts';
import type { Verdict } from '../shared/health/verdict.ts';
import { formatBytes } from '../shared/model/format-bytes.ts';
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
    const problems = [...failedRun(status), ...failedFiles(status, now)];
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

/** A stream of content as a line of the table of streams. */
export const lineOf = ({ newestRow, rows, ...status }: ContentHealth): StreamLine => ({
  ...status,
  newestEvent: newestRow,
  events: rows,
});

/** What the table does not show of the streams of content: their days, and their files. */
export const contentToText = (streams: readonly ContentHealth[]): string =>
  streams.flatMap((stream) => linesOf(stream).map((line) => `${printable(line)}\n`)).join('');

const linesOf = ({ source, stream, closedDays, openDays, files }: ContentHealth): string[] => {
  const name = `${source} ${stream}`;
  const more = openDays.length - NAMED_DAYS;
  return [
    `${name}: ${plural(closedDays, 'day')} closed, ${formatCount(openDays.length)} open${files ? `; ${filesToText(files)}` : ''}.`,
    // The newest days are the ones that are usually open.
    ...openDays.slice(-NAMED_DAYS).map(({ day, because }) => `  ${day} is open: ${because}.`),
    ...(more > 0 ? [`  ${plural(more, 'earlier day')} open as well.`] : []),
  ];
};

const filesToText = (files: NonNullable<ContentHealth['files']>): string => {
  const { held, bytes, sameAs, lost, retried, neverReady, leftZoom, skipped, processing, gone } = files;
  const counts: readonly (readonly [count: number, what: string])[] = [
    [sameAs, 'equal to one of them'],
    [lost + retried, 'failed'],
    [neverReady, 'never finished by Zoom'],
    [leftZoom, 'gone from Zoom before they were fetched'],
    [processing, 'processing at Zoom'],
    [skipped, 'not chosen'],
    [gone, 'gone from Zoom'],
  ];
  return [
    `${plural(held, 'file')} held (${formatBytes(bytes)})`,
    ...counts.filter(([count]) => count > 0).map(([count, what]) => `${formatCount(count)} ${what}`),
  ].join(', ');
};
