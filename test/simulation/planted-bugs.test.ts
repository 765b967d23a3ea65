import { describe, expect, it } from '@jest/globals';
import { drawPlan } from './draw-plan.ts';
import { PLANTED_BUGS } from './planted-bugs.ts';
import { runWorld } from './run-world.ts';
import { hunt } from './simulate-bugs.ts';

const SEEDS = [...new Set(PLANTED_BUGS.map(({ caughtBy }) => caughtBy))].sort((a, b) => a - b);

describe('a planted bug', () => {
  // A world that fails without a bug would seem to catch any.
  it.each(SEEDS)('is the only thing that makes world %d fail', async (seed) => {
    expect((await runWorld(drawPlan(seed))).broken).toBeUndefined();
  });

  it.each(PLANTED_BUGS)(
    'is caught: $name',
    async (bug) => {
      const { seed, invariant } = await hunt(bug, 1, bug.caughtBy, 1);

      expect({ seed, invariant }).toEqual({ seed: bug.caughtBy, invariant: expect.any(String) });
    },
    120_000,
  );

  it.each(PLANTED_BUGS.slice(0, 1))('is refused if its text is not in the file', async (bug) => {
    await expect(hunt({ ...bug, replace: 'a text that no file contains' }, 1, 1, 1)).rejects.toThrow(
      RangeError,
    );
  });
});
