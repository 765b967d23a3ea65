import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { play, playAll, type ScenarioScore, SCENARIOS } from '../../../simulator/acceptance/index.ts';

/** What a pattern is expected to do in a scenario. */
type FaultDecision = 'whole' | 'loses' | 'repeats' | 'loses and repeats';

const verdictOf = ({ lost, repeated }: ScenarioScore): FaultDecision => {
  if (lost > 0) return repeated > 0 ? 'loses and repeats' : 'loses';
  return repeated > 0 ? 'repeats' : 'whole';
};

const PATTERNS: [pattern: string, fates: Record<string, FaultDecision>][] = [
  [
    'time-cursor',
    {
      'steady-day': 'whole',
      'late-30-minutes': 'loses',
      'failure-on-page-two': 'loses',
      'quiet-month': 'loses',
    },
  ],
  ['last-row-bookmark', { 'same-second': 'loses', 'page-edge': 'repeats' }],
  [
    'set-of-rows',
    {
      'late-24-hours': 'whole',
      twins: 'loses',
      'three-days-off': 'loses',
      'first-run-two-months': 'loses',
    },
  ],
  ['date-cursor', { 'steady-day': 'repeats', 'two-days-of-errors': 'loses and repeats' }],
];

describe('the kit catches', () => {
  it.each(PATTERNS)('%s where its pattern must fail, and nowhere else: %j', async (pattern, decisions) => {
    const scenarios = SCENARIOS.filter(({ name }) => name in decisions);

    const scores = await playAll(
      play,
      scenarios,
      {
        command: [process.execPath, join(import.meta.dirname, 'naive', `${pattern}.ts`)],
        environment: process.env,
        streams: ['operation', 'activity'],
      },
      { seed: 1, timeoutMs: 30_000, jobs: 2, signal: new AbortController().signal, onScore: () => undefined },
    );

    expect(Object.fromEntries(scores.map((score) => [score.name, verdictOf(score)]))).toEqual(decisions);
    expect(scores.filter(({ invented }) => invented > 0)).toEqual([]);
  });
});
