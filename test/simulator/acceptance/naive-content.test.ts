import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  CONTENT_SCENARIOS,
  type ContentScore,
  playAll,
  playContent,
} from '../../../simulator/acceptance/index.ts';

/** What a pattern is expected to do in a scenario. */
const verdictOf = ({ lost, repeated, invented, again }: ContentScore): string =>
  [lost > 0 && 'loses', repeated > 0 && 'repeats', invented > 0 && 'invents', again > 0 && 'fetches again']
    .filter((word) => word !== false)
    .join(', ') || 'whole';

const PATTERNS: [pattern: string, verdicts: Record<string, string>][] = [
  [
    'done-by-meeting',
    {
      'same-again': 'whole',
      'inactive-people': 'loses',
      'many-people': 'loses',
      'many-recordings': 'loses',
      'two-months': 'loses',
      'late-transcript': 'loses',
      'host-down': 'loses',
      'page-for-a-file': 'loses, invents',
      'cut-body': 'loses, invents',
      'missing-for-a-run': 'loses',
      'file-without-id': 'whole',
      'wrong-size': 'whole',
      'no-length': 'whole',
      'same-names': 'loses',
      transferred: 'whole',
    },
  ],
  [
    'resume-by-size',
    {
      'same-again': 'whole',
      'inactive-people': 'whole',
      'many-recordings': 'whole',
      'two-months': 'loses',
      'late-transcript': 'whole',
      'host-down': 'whole',
      'page-for-a-file': 'whole',
      'cut-body': 'whole',
      'recut-while-resuming': 'loses, invents',
      'recut-later': 'loses',
      'file-without-id': 'loses',
      'wrong-size': 'loses',
      'slashes-in-the-uuid': 'loses',
    },
  ],
  [
    'by-address',
    {
      'same-again': 'repeats, fetches again',
      'left-out-once': 'repeats, fetches again',
      'inactive-people': 'loses',
      'page-for-a-file': 'repeats, fetches again',
    },
  ],
];

describe('the kit catches', () => {
  it.each(PATTERNS)(
    'the downloader %s where its pattern must fail, and nowhere else: %j',
    async (pattern, verdicts) => {
      const scenarios = CONTENT_SCENARIOS.filter(({ name }) => name in verdicts);

      const scores = await playAll(
        playContent,
        scenarios,
        {
          command: [process.execPath, join(import.meta.dirname, 'naive-content', `${pattern}.ts`)],
          environment: process.env,
        },
        {
          seed: 1,
          timeoutMs: 60_000,
          jobs: 2,
          signal: new AbortController().signal,
          onScore: () => undefined,
        },
      );

      expect(Object.fromEntries(scores.map((score) => [score.name, verdictOf(score)]))).toEqual(verdicts);
    },
    180_000,
  );
});
