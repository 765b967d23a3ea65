import type { Part } from './parts.ts';
import type { Fortune } from './run-world.ts';
import type { WorldKind } from './world-kind.ts';

/** Orders of effects in which a smaller world is tried: leaving a part out changes what happens next. */
const SCHEDULES = 3;

/** Maximum number of worlds to try. */
const MOST_TRIES = 400;

/** The smallest world found that breaks the same invariant. */
export interface Smallest<P> {
  readonly parts: readonly Part[];
  readonly plan: P;
  readonly fortune: Fortune;
}

/** Leaves out groups of parts, then halves and single parts, as long as the same invariant is broken. */
export const shrink = async <P>(kind: WorldKind<P>, plan: P, fortune: Fortune): Promise<Smallest<P>> => {
  const invariant = fortune.broken?.invariant;
  let smallest: Smallest<P> = { parts: kind.partsOf(plan), plan, fortune };
  let tries = 0;

  const without = async (left: ReadonlySet<Part>): Promise<boolean> => {
    const parts = smallest.parts.filter((part) => !left.has(part));
    if (parts.length === smallest.parts.length) return false;
    for (let schedule = 0; schedule < SCHEDULES && tries < MOST_TRIES; schedule += 1) {
      tries += 1;
      const smaller = kind.withOnly(plan, new Set(parts), schedule);
      const result = await kind.run(smaller);
      if (result.broken?.invariant !== invariant) continue;
      smallest = { parts, plan: smaller, fortune: result };
      return true;
    }
    return false;
  };

  for (const group of kind.groupsOf(plan)) await without(group);
  for (let size = Math.ceil(smallest.parts.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = smallest.parts.length - size; from > -size; from -= size) {
      await without(new Set(smallest.parts.slice(Math.max(0, from), from + size)));
    }
  }
  return smallest;
};
