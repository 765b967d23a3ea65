import { describe, expect, it } from '@jest/globals';
import { PLANTED_BUGS } from './planted-bugs.ts';
import { hunt } from './simulate-bugs.ts';

describe('a bug that somebody might make', () => {
  it.each(PLANTED_BUGS)(
    'is caught: $name',
    async (bug) => {
      const { seed, invariant } = await hunt(bug, 1, bug.caughtBy, 1);

      expect({ seed, invariant }).toEqual({ seed: bug.caughtBy, invariant: expect.any(String) });
    },
    120_000,
  );

  it.each(PLANTED_BUGS.slice(0, 1))('is not planted where its text does not stand', async (bug) => {
    await expect(hunt({ ...bug, replace: 'a text that stands nowhere' }, 1, 1, 1)).rejects.toThrow(
      RangeError,
    );
  });
});
