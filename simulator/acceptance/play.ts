import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../index.ts';
import { STREAM_NAMES, type StreamName } from '../row-store.ts';
import { collectorEnvironment } from './collector-environment.ts';
import { filesIn, linesOf } from './delivered-lines.ts';
import { keyOf, type RowKey } from './identity.ts';
import { type CollectorCommand, runCommand } from './run-command.ts';
import type { Scenario } from './scenario.ts';
import { makeFolders, printedBy } from './scenario-folders.ts';
import { makeRuns, type RunRecord } from './scheduled-runs.ts';
import { type Differences, score, type Tally } from './score.ts';

/** A collector under test. */
export interface Candidate {
  readonly command: CollectorCommand;
  /** Additional variables of its runs. The variables of the contract take precedence. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The account has only rows of these streams. */
  readonly streams: readonly StreamName[];
}

export interface PlayOptions {
  readonly seed: number;
  /** The limit of a run. */
  readonly timeoutMs: number;
  /** The parent of the scenario's folders. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** The result of a scenario. */
export interface ScenarioScore extends Tally {
  readonly name: string;
  /** Nothing lost, nothing repeated, nothing invented. */
  readonly passed: boolean;
  readonly requests: number;
  readonly seconds: number;
  readonly runs: readonly RunRecord[];
  /** Runs that were skipped after two in succession had to be ended. */
  readonly runsNotMade: number;
  /** Files of the output folder that could not be read whole. */
  readonly damagedFiles: readonly string[];
}

/**
 * Plays a scenario against a separate simulator and scores the delivered rows. Its folder then contains the collector's state and
 * output, the output of each run, and the lost, repeated and invented rows. Throws NotStartedError.
 */
export const play = async (
  scenario: Scenario,
  candidate: Candidate,
  { seed, timeoutMs, folder, signal }: PlayOptions,
): Promise<ScenarioScore> => {
  const folders = makeFolders(folder);
  const { firstDay, dailyRetryAfterMs = 0 } = scenario;
  const simulator = await startSimulator({ seed, now: `${firstDay}T00:00:00Z`, speed: 0, dailyRetryAfterMs });
  try {
    const { streams, command } = candidate;
    simulator.addRows(scenario.rows(seed).filter(({ stream }) => streams.includes(stream)));
    const runs = await makeRuns(simulator, scenario.runs, ({ at }, index) =>
      runCommand(command, {
        environment: {
          ...candidate.environment,
          ...collectorEnvironment(simulator, { now: at, firstDay, streams, folders }),
        },
        ...printedBy(folders, index),
        timeoutMs,
        signal,
      }),
    );
    const last = scenario.runs.at(-1);
    if (last) simulator.clock.set(last.at);
    const shown = rowsShown(simulator);
    const damagedFiles: string[] = [];
    const printed = filesIn(folders.runs).filter((file) => file.endsWith('.stdout'));
    const lines = linesOf([...printed, ...filesIn(folders.output)], (file) => damagedFiles.push(file));
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

const rowsShown = (simulator: Simulator): RowKey[] =>
  STREAM_NAMES.flatMap((stream) => simulator.rows({ stream }).map((row) => keyOf(stream, row as object)));

const writeDifferences = (folder: string, shown: readonly RowKey[], differences: Differences): void => {
  for (const [name, lines] of Object.entries({ zoom: shown, ...differences })) {
    writeFileSync(join(folder, `${name}.jsonl`), lines.map((line: string) => `${line}\n`).join(''));
  }
};
