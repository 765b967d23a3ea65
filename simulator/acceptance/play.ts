import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../index.ts';
import { STREAM_NAMES, type StreamName } from '../row-store.ts';
import { collectorEnvironment } from './collector-environment.ts';
import { filesIn, linesOf } from './delivered-lines.ts';
import { keyOf, type RowKey } from './identity.ts';
import { type CollectorCommand, runCommand, type RunEnd } from './run-command.ts';
import type { Scenario, ScheduledRun } from './scenario.ts';
import { type Differences, score, type Tally } from './score.ts';

/** A collector under test. */
export interface Candidate {
  readonly command: CollectorCommand;
  /** What its runs get beside the contract's variables, which win. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Only rows of these are in the account, and scored. */
  readonly streams: readonly StreamName[];
}

export interface PlayOptions {
  readonly seed: number;
  /** A run that takes longer is ended. */
  readonly timeoutMs: number;
  /** Where the scenario's folders are made. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

export interface RunRecord {
  readonly at: Date;
  readonly end: RunEnd;
  readonly seconds: number;
  readonly requests: number;
}

/** What a scenario came to. */
export interface ScenarioScore extends Tally {
  readonly name: string;
  /** Nothing lost, nothing repeated, nothing invented. */
  readonly passed: boolean;
  readonly requests: number;
  readonly seconds: number;
  readonly runs: readonly RunRecord[];
  /** Runs that were not made, because two in a row had to be ended. */
  readonly runsNotMade: number;
  /** Files of the output folder that could not be read to their end. */
  readonly damagedFiles: readonly string[];
}

/** One run that hangs may be a misfortune; a collector that does so again is no use to go on with. */
const MAX_STUCK_IN_A_ROW = 2;

/**
 * Plays a scenario against a Zoom of its own and scores what was delivered. Its folder then holds the collector's state and
 * output, what each run printed, and what was lost, repeated and invented. Throws NotStartedError.
 */
export const play = async (
  scenario: Scenario,
  candidate: Candidate,
  { seed, timeoutMs, folder, signal }: PlayOptions,
): Promise<ScenarioScore> => {
  const [stateFolder, outputFolder, runFolder] = ['state', 'output', 'runs'].map((name) =>
    join(folder, name),
  );
  if (!stateFolder || !outputFolder || !runFolder) throw new RangeError(folder);
  for (const made of [stateFolder, outputFolder, runFolder]) mkdirSync(made, { recursive: true });
  const { firstDay, dailyRetryAfterMs = 0 } = scenario;
  const simulator = await startSimulator({ seed, now: `${firstDay}T00:00:00Z`, speed: 0, dailyRetryAfterMs });
  try {
    const { streams, command } = candidate;
    simulator.addRows(scenario.rows(seed).filter(({ stream }) => streams.includes(stream)));
    const runs: RunRecord[] = [];
    for (const [index, run] of scenario.runs.entries()) {
      if (isStuck(runs)) break;
      const settings = { now: run.at, firstDay, streams, stateFolder, outputFolder };
      const file = join(runFolder, String(index + 1).padStart(2, '0'));
      runs.push(
        await made(simulator, run, () =>
          runCommand(command, {
            environment: { ...candidate.environment, ...collectorEnvironment(simulator, settings) },
            stdout: `${file}.stdout`,
            stderr: `${file}.stderr`,
            timeoutMs,
            signal,
          }),
        ),
      );
    }
    const last = scenario.runs.at(-1);
    if (last) simulator.clock.set(last.at);
    const shown = rowsShown(simulator);
    const damagedFiles: string[] = [];
    const printed = filesIn(runFolder).filter((file) => file.endsWith('.stdout'));
    const lines = linesOf([...printed, ...filesIn(outputFolder)], (file) => damagedFiles.push(file));
    const { differences, ...tally } = await score(shown, lines);
    writeDifferences(folder, shown, differences);
    return {
      name: scenario.name,
      passed: tally.lost + tally.repeated + tally.invented === 0,
      ...tally,
      requests: simulator.requests().total,
      seconds: runs.reduce((sum, { seconds }) => sum + seconds, 0),
      runs,
      runsNotMade: scenario.runs.length - runs.length,
      damagedFiles,
    };
  } finally {
    await simulator.close();
  }
};

/** One run: the clock is set, the faults are on while it lasts. */
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

const rowsShown = (simulator: Simulator): RowKey[] =>
  STREAM_NAMES.flatMap((stream) => simulator.rows({ stream }).map((row) => keyOf(stream, row as object)));

const writeDifferences = (folder: string, shown: readonly RowKey[], differences: Differences): void => {
  for (const [name, lines] of Object.entries({ zoom: shown, ...differences })) {
    writeFileSync(join(folder, `${name}.jsonl`), lines.map((line: string) => `${line}\n`).join(''));
  }
};
