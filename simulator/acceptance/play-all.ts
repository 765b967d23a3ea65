import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlayOptions } from './play.ts';

export interface PlayAllOptions<Score> extends Omit<PlayOptions, 'folder'> {
  /** Where the folders of the scenarios are kept. By default, they are deleted at the end. */
  readonly keep?: string | undefined;
  /** The number of parallel scenarios. */
  readonly jobs: number;
  /** Called at the end of each scenario. */
  readonly onScore: (score: Score) => void;
}

/**
 * Plays scenarios with `play`, each with a separate simulator and folders. Returns their scores in the order of the scenarios. Throws
 * NotStartedError.
 */
export const playAll = async <Scenario extends { readonly name: string }, Candidate, Score>(
  play: (scenario: Scenario, candidate: Candidate, options: PlayOptions) => Promise<Score>,
  scenarios: readonly Scenario[],
  candidate: Candidate,
  { keep, jobs, onScore, signal, ...options }: PlayAllOptions<Score>,
): Promise<Score[]> => {
  if (keep !== undefined) mkdirSync(keep, { recursive: true });
  const folder = keep ?? mkdtempSync(join(tmpdir(), 'zoom-acceptance-'));
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const scores: Score[] = [];
  const waiting = scenarios.entries();
  const playNext = async (): Promise<void> => {
    for (const [index, scenario] of waiting) {
      const own = { ...options, signal: either, folder: join(folder, scenario.name) };
      const score = await play(scenario, candidate, own);
      scores[index] = score;
      onScore(score);
    }
  };
  try {
    // A failure stops the other scenarios, and is awaited before the folders are deleted.
    const players = Array.from({ length: jobs }, () =>
      playNext().catch((error: unknown) => {
        if (!failed.signal.aborted) failed.abort(error);
      }),
    );
    await Promise.all(players);
    either.throwIfAborted();
    return scores;
  } finally {
    if (keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
};
