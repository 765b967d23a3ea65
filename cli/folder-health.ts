import type { Archive } from '../shared/app/archive.ts';
import { RUNBOOK } from '../shared/contract/alarms.ts';
import { isFull } from '../shared/app/local.ts';
import { DEFAULT_LOOKBACK_DAYS } from '../shared/model/source-config.ts';
import { lastRunProblems } from './last-run-problems.ts';
import { healthOf, type Problem, type StreamHealth } from './stream-health.ts';

/** What is expected of the streams in a folder or a bucket. */
export interface FolderExpectations {
  readonly lookbackDays: number;
  /** A fixed limit for the silence of each stream. Without one, the limit is learned. */
  readonly dropOffMinutes?: number | undefined;
}

export const DEFAULT_EXPECTATIONS: FolderExpectations = {
  lookbackDays: DEFAULT_LOOKBACK_DAYS,
};

/** Assesses the streams in a folder or a bucket. The polling interval is derived from the polls so far. */
export const readFolderHealth = async (
  archive: Archive,
  place: string,
  { lookbackDays, dropOffMinutes }: FolderExpectations,
  now: Date,
): Promise<StreamHealth[]> => {
  const status = await archive.status(now, lookbackDays);
  const health = await archive.health(
    {
      auth: 'server-to-server',
      pollMs: undefined,
      lookbackDays,
      dropOffMinutes: { operation: dropOffMinutes, activity: dropOffMinutes },
      learnedBaseline: true,
      quietDays: [],
    },
    now,
  );
  const assessments = health.map(({ assessment }) => assessment);
  const isDiskFull = await isFull(place);
  return healthOf(status, assessments, place, lookbackDays).map((stream) => {
    const problems = [...stream.problems, ...lastRunProblems(stream, now)];
    return { ...stream, problems: isDiskFull ? withFullDisk(problems, place, now) : problems };
  });
};

export const diskIsFull = (place: string): string => `No space is left for the folder ${place}.`;
export const FREE_SPACE = 'Free some space and run it again.';

/** Problems that a full disk explains. One incident is reported once. */
const OF_A_FULL_DISK = new Set(['folder-full', 'not-ended']);

const withFullDisk = (problems: readonly Problem[], place: string, now: Date): Problem[] => [
  ...problems.filter(({ cause }) => !OF_A_FULL_DISK.has(cause)),
  fullProblem(
    place,
    problems.filter(({ cause }) => OF_A_FULL_DISK.has(cause)),
    now,
  ),
];

const fullProblem = (place: string, failure: readonly Problem[], now: Date): Problem => ({
  cause: 'folder-full',
  what: diskIsFull(place),
  since: failure.map(({ since }) => since).reduce((a, b) => (a < b ? a : b), now),
  error: undefined,
  lost: `Data loss: none while Zoom keeps the rows (six months). ${failure.some(({ cause }) => cause === 'not-ended') ? 'The last run did not end. ' : ''}${FREE_SPACE}`,
  todo: FREE_SPACE,
  runbook: `${RUNBOOK}#not_delivering`,
});
