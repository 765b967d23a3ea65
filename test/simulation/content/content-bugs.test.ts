import { describe, expect, it } from '@jest/globals';
import { hunt } from '../simulate-bugs.ts';
import { CONTENT_BUGS } from './content-bugs.ts';
import { CONTENT_WORLDS } from './content-worlds.ts';

const SEEDS = [...new Set(CONTENT_BUGS.map(({ caughtBy }) => caughtBy))].sort((a, b) => a - b);

describe('a planted bug of content', () => {
  // A world that fails without a bug would seem to catch any.
  it.each(SEEDS)(
    'is the only thing that makes world %d fail',
    async (seed) => {
      expect((await CONTENT_WORLDS.run(CONTENT_WORLDS.draw(seed))).broken).toBeUndefined();
    },
    120_000,
  );

  it.each(CONTENT_BUGS)(
    'is caught: $name',
    async (bug) => {
      const { seed, invariant } = await hunt(bug, 1, bug.caughtBy, 1);

      expect({ seed, invariant }).toEqual({ seed: bug.caughtBy, invariant: expect.any(String) });
    },
    120_000,
  );
});
