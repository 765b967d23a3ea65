import type { Simulator } from '../index.ts';
import type { RunEnd } from './run-command.ts';
import type { ScheduledRun } from './scenario.ts';

export interface RunRecord {
  readonly at: Date;
  readonly end: RunEnd;
  readonly seconds: number;
  readonly requests: number;
}

/** One run that hangs may be accidental. After a second one, the scenario ends. */
const MAX_STUCK_IN_A_ROW = 2;

/** Makes the runs of a scenario one after the other. After two in succession that had to be ended, no more are made. */
export const makeRuns = async <Run extends ScheduledRun>(
  simulator: Simulator,
  runs: readonly Run[],
  start: (run: Run, index: number) => Promise<RunEnd>,
): Promise<RunRecord[]> => {
  const records: RunRecord[] = [];
  for (const [index, run] of runs.entries()) {
    if (isStuck(records)) break;
    records.push(await made(simulator, run, () => start(run, index)));
  }
  return records;
};

/** One run: sets the clock and enables the faults during the run. */
const made = async (
  simulator: Simulator,
  { at, faults = [] }: ScheduledRun,
  start: () => Promise<RunEnd>,
): Promise<RunRecord> => {
  simulator.clock.set(at);
  simulator.faults.set(...faults);
  const before = simulator.requests().total;
  const started = performance.now();
  const end = await start();
  const seconds = (performance.now() - started) / 1000;
  return { at, end, seconds, requests: simulator.requests().total - before };
};

const isStuck = (runs: readonly RunRecord[]): boolean => {
  const latest = runs.slice(-MAX_STUCK_IN_A_ROW);
  return (
    latest.length === MAX_STUCK_IN_A_ROW &&
    latest.every(({ end: { how } }) => how === 'too-long' || how === 'too-much')
  );
};
