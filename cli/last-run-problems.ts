import { hostname } from 'node:os';
import type { StreamStatus } from '../shared/app/archive.ts';
import type { RunRecord } from '../shared/app/connector.ts';
import { RUNBOOK } from '../shared/contract/alarms.ts';
import { causeOf } from '../shared/health/causes.ts';
import { formatInstant } from '../shared/health/format.ts';
import type { Problem } from './stream-health.ts';
import { plural } from './text.ts';

/** A run that goes on for longer than this was killed, whatever process has its number by now. */
const LONGEST_RUN_MS = 2 * 86_400_000;

const NOT_LOST =
  'Nothing is lost while Zoom keeps the rows (six months): correct what the error names, and run it again.';

/**
 * What the last run says of a stream that nobody polls, or that was collected by hand since the last poll: nothing judges those. And
 * of any stream whose last run left no record of its end.
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
        lost: 'Nothing is lost: run it again, and it goes on where it stopped.',
        todo: 'Run it again.',
        runbook: `${RUNBOOK}#not_running`,
      },
    ];
  }
  if (lastRun?.run !== 'collect' || !lastRun.error) return [];
  const { endedAt, slices, missing, error } = lastRun;
  const days = missing > 0 ? `left out ${plural(missing, 'day')} of ${slices + missing}` : 'failed';
  return [
    {
      cause: error.reason,
      what: `${source} ${stream}: the last collect ${days}.`,
      since: new Date(endedAt),
      error: error.message,
      lost: NOT_LOST,
      todo: 'Correct what the error names, and run it again.',
      runbook: `${RUNBOOK}#${causeOf(error.reason).verdict}`,
    },
  ];
};

/** A run that goes on, as a note. */
export const runningNote = (
  { source, unfinishedRun }: Pick<StreamStatus, 'source' | 'unfinishedRun'>,
  now: Date,
): string | undefined =>
  unfinishedRun && goesOn(unfinishedRun, now)
    ? `${source}: a ${unfinishedRun.run} is running since ${formatInstant(new Date(unfinishedRun.beganAt))}.`
    : undefined;

/** Whether a run is likely to go on: of one on another machine only its age tells. */
const goesOn = ({ host, pid, beganAt }: RunRecord, now: Date): boolean => {
  if (now.getTime() - new Date(beganAt).getTime() > LONGEST_RUN_MS) return false;
  return host !== hostname() || isAlive(pid);
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'; // it lives, and is another user's
  }
};
