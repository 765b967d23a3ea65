import type { Part } from '../parts.ts';
import type { WorldKind } from '../world-kind.ts';
import { drawMirrorPlan } from './draw-mirror-plan.ts';
import type { MirrorWorldPlan } from './mirror-plan.ts';
import { runMirrorWorld } from './mirror-world.ts';

/** The name of a part of a plan: `c2` a change at Zoom, `p0` an act of an operator. */
const LETTERS = { c: 'changes', p: 'acts' } as const;

const partsOfLetter = (plan: MirrorWorldPlan, letter: keyof typeof LETTERS): Part[] =>
  plan[LETTERS[letter]].map((_, index) => `${letter}${index}`);

const kept = <T>(all: readonly T[], letter: keyof typeof LETTERS, parts: ReadonlySet<Part>): T[] =>
  all.filter((_, index) => parts.has(`${letter}${index}`));

/** Worlds of a mirror. */
export const MIRROR_WORLDS: WorldKind<MirrorWorldPlan> = {
  draw: drawMirrorPlan,
  run: runMirrorWorld,
  partsOf: (plan) => [...partsOfLetter(plan, 'c'), ...partsOfLetter(plan, 'p')],
  withOnly: (plan, parts) => ({
    ...plan,
    changes: kept(plan.changes, 'c', parts),
    acts: kept(plan.acts, 'p', parts),
  }),
  groupsOf: (plan) => [new Set(partsOfLetter(plan, 'p'))],
  scheduleOf: () => 0,
  describe: ({ start, rules, people, changes, acts, runs }) => [
    `It begins at ${new Date(start).toISOString()}: ${JSON.stringify(rules)}`,
    ...people.map((person) => `  ${JSON.stringify(person)}`),
    ...changes.map((change) => `  ${JSON.stringify(change)}`),
    ...acts.map((act) => `  ${JSON.stringify(act)}`),
    `${runs.length} runs`,
  ],
  option: '--mirror',
};
