import { describe, expect, it } from '@jest/globals';
import { hunt } from '../simulate-bugs.ts';
import { MIRROR_BUGS } from './mirror-bugs.ts';

describe('a planted bug of a mirror', () => {
  // mirror-worlds.test.ts shows that the same worlds keep every invariant without a bug.
  it.each(MIRROR_BUGS)(
    'is caught: $name',
    async (bug) => {
      const { seed, invariant } = await hunt(bug, 1, bug.caughtBy, 1);

      expect({ seed, invariant }).toEqual({ seed: bug.caughtBy, invariant: expect.any(String) });
    },
    120_000,
  );
});
