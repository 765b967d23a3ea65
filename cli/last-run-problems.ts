import { hostname } from 'node:os';
import type { StreamStatus } from '../shared/app/archive.ts';
import type { RunRecord } from '../shared/app/connector.ts';
import { RUNBOOK } from '../shared/contract/alarms.ts';
import { causeOf } from '../shared/health/causes.ts';
import { formatInstant } from '../shared/health/format.ts';
import type { Problem } from './stream-health.ts';
import { formatCount, plural } from './text.ts';

/** A run older than this was killed, even if a process with its id exists: ids are reused. */
const LONGEST_RUN_MS = 2 * 86_400_000;

const NOT_LOST =
  'Data loss: none while Zoom keeps the rows (six months). Correct the error and run it again.';

/**
 * Problems of the last run of a stream that is not polled, or that was collected by hand since the last poll: the health assessment
 * does not cover these. Also of each stream whose last run has no record of its end.
 */
export const lastRunProblems = (
  {
    source,
    stream,
    lastRun,
    unfinishedRun,
  }: Pick<StreamStatus, 'source' | 'stream' | 'lastRun' | 'unfinishedRun'>,
  now: Date,
): Problem[] => {
  if (unfinishedRun && !goesOn(unfinishedRun, now)) {
    const { run, beganAt } = unfinishedRun;
    return [
      {
        cause: 'not-ended',
        what: `${source}: the last ${run} did not end. It was killed, or the folder could not be written to.`,
        since: new Date(beganAt),
        error: undefined,
        lost: 'Data loss: none. The next run continues where it stopped.',
        todo: 'Run it again.',
        runbook: `${RUNBOOK}#not_running`,
      },
    ];
  }
  if (lastRun?.run !== 'collect' || !lastRun.error) return [];
  const { endedAt, slices, missing, error } = lastRun;
  const days =
    missing > 0 ? `missed ${formatCount(missing)} of ${plural(slices + missing, 'day')}` : 'failed';
  return [
    {
      cause: error.reason,
      what: `${source} ${stream}: the last collect ${days}.`,
      since: new Date(endedAt),
      error: error.message,
      lost: NOT_LOST,
      todo: 'Correct the error and run it again.',
      runbook: `${RUNBOOK}#${causeOf(error.reason).verdict}`,
    },
  ];
};

/** A note about a run in progress. */
export const runningNote = (
  { source, unfinishedRun }: Pick<StreamStatus, 'source' | 'unfinishedRun'>,
  now: Date,
): string | undefined =>
  unfinishedRun && goesOn(unfinishedRun, now)
    ? `${source}: a ${unfinishedRun.run} has been running since ${formatInstant(new Date(unfinishedRun.beganAt))}.`
    : undefined;

/** Whether a run is probably in progress. For a run on another machine, only its age is known. */
const goesOn = ({ host, pid, beganAt }: RunRecord, now: Date): boolean => {
  if (now.getTime() - new Date(beganAt).getTime() > LONGEST_RUN_MS) return false;
  return host !== hostname() || isAlive(pid);
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'; // it exists and belongs to another user
  }
};
