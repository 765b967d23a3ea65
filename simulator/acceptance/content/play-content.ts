import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentControl } from '../../content/content-control.ts';
import { startSimulator } from '../../start-simulator.ts';
import { collectorEnvironment } from '../collector-environment.ts';
import { filesIn } from '../delivered-lines.ts';
import type { PlayOptions } from '../play.ts';
import { type CollectorCommand, runCommand } from '../run-command.ts';
import { makeFolders, printedBy } from '../scenario-folders.ts';
import { makeRuns, type RunRecord } from '../scheduled-runs.ts';
import type { ContentScenario } from './content-scenario.ts';
import { type ExpectedFile, type FileTally, hashFile, scoreFiles } from './score-files.ts';

/** A downloader under test. */
export interface ContentCandidate {
  readonly command: CollectorCommand;
  /** Additional variables of its runs. The variables of the contract take precedence. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The result of a scenario. */
export interface ContentScore extends FileTally {
  readonly name: string;
  /** Nothing lost, nothing repeated, nothing invented, nothing fetched again. */
  readonly passed: boolean;
  /** Versions that were transferred whole more than once, unless a fault of the scenario makes it right. */
  readonly again: number;
  readonly requests: number;
  readonly seconds: number;
  readonly runs: readonly RunRecord[];
  /** Runs that were skipped after two in succession had to be ended. */
  readonly runsNotMade: number;
}

/**
 * Plays a scenario against a separate simulator and scores the files in the output folder. Its folder then contains the downloader's
 * state and output, the output of each run, and the names of what is lost, repeated and invented. Throws NotStartedError.
 */
export const playContent = async (
  { name, firstDay, company, runs: scheduled, mayFetchAgain = false }: ContentScenario,
  { command, environment }: ContentCandidate,
  { seed, timeoutMs, folder, signal }: PlayOptions,
): Promise<ContentScore> => {
  const folders = makeFolders(folder);
  const simulator = await startSimulator({
    seed,
    now: `${firstDay}T00:00:00Z`,
    speed: 0,
    accounts: [{ content: company(seed) }],
  });
  try {
    const zoom = simulator.content();
    const offered = new Map<string, ExpectedFile>();
    const runs = await makeRuns(simulator, scheduled, async ({ at, faults = [], before }, index) => {
      before?.(zoom);
      const settings = { now: at, firstDay, streams: ['recording'], folders };
      const end = await runCommand(command, {
        environment: { ...environment, ...collectorEnvironment(simulator, settings) },
        ...printedBy(folders, index),
        timeoutMs,
        signal,
      });
      // During a fault it may be impossible to get a file.
      for (const file of faults.length > 0 ? [] : await offeredBy(zoom)) offered.set(file.sha256, file);
      return end;
    });
    const known = new Set(await Promise.all(zoom.truth().files.map((file) => file.sha256())));
    const output = await Promise.all(filesIn(folders.output).map(hashFile));
    const { differences, ...tally } = scoreFiles([...offered.values()], known, output);
    for (const [kind, lines] of Object.entries(differences) as [string, string[]][]) {
      writeFileSync(join(folder, `${kind}.txt`), lines.map((line) => `${line}\n`).join(''));
    }
    const again = mayFetchAgain ? 0 : zoom.downloads().filter(({ whole }) => whole > 1).length;
    return {
      name,
      passed: tally.lost + tally.repeated + tally.invented + again === 0,
      ...tally,
      again,
      requests: simulator.requests().total,
      seconds: runs.reduce((sum, { seconds }) => sum + seconds, 0),
      runs,
      runsNotMade: scheduled.length - runs.length,
    };
  } finally {
    await simulator.close();
  }
};

/** What can be downloaded now. */
const offeredBy = (zoom: ContentControl): Promise<ExpectedFile[]> => {
  const { files, meetings } = zoom.truth();
  const topics = new Map(meetings.map(({ uuid, topic }) => [uuid, topic]));
  return Promise.all(
    files
      .filter(({ state }) => state === 'available')
      .map(async (file) => ({
        sha256: await file.sha256(),
        about: `${file.fileType} of ${JSON.stringify(topics.get(file.uuid) ?? file.uuid)} of ${file.startDay}, version ${file.version}`,
      })),
  );
};
