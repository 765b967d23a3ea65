import { describe, expect, it } from '@jest/globals';
import { MIRROR_BUGS } from './mirror-bugs.ts';
import { MIRROR_WORLDS } from './mirror-worlds.ts';

const { draw, run, partsOf, withOnly } = MIRROR_WORLDS;

/** The worlds in which planted bugs are caught, and some more; `npm run simulate -- --mirror` runs any number. */
const SEEDS = [...new Set([1, 2, 3, ...MIRROR_BUGS.map(({ caughtBy }) => caughtBy)])].sort((a, b) => a - b);

describe('simulated worlds of a mirror', () => {
  it.each(SEEDS)(
    'hide, keep and bring back exactly what the rules say, and remove nothing: world %d',
    async (seed) => {
      expect((await run(draw(seed))).broken).toBeUndefined();
    },
    120_000,
  );

  it('have the changes that a mirror must get right', () => {
    const plans = SEEDS.map(draw);
    const kinds = new Set(plans.flatMap(({ changes }) => changes.map(({ kind }) => kind)));
    const acts = new Set(plans.flatMap((plan) => plan.acts.map(({ kind }) => kind)));

    expect(kinds).toEqual(new Set(['trash', 'recover', 'purge', 'delete', 'transfer-while-listed']));
    expect(acts).toEqual(new Set(['hold', 'end-hold', 'release', 'mode']));
  });

  it('can be reduced to some of their parts', () => {
    const plan = draw(1);
    const parts = partsOf(plan).filter((part) => part !== 'c0');

    expect(withOnly(plan, new Set(parts), 0).changes).toEqual(plan.changes.slice(1));
  });
});
