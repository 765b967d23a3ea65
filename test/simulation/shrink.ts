import { type Part, partsOf, withOnly } from './parts.ts';
import type { Plan } from './plan.ts';
import { type Fortune, runWorld } from './run-world.ts';

/** Orders of effects in which a smaller world is tried: leaving a part out changes what happens next. */
const SCHEDULES = 3;

/** Maximum number of worlds to try. */
const MOST_TRIES = 400;

/** The smallest world found that breaks the same invariant. */
export interface Smallest {
  readonly parts: readonly Part[];
  readonly plan: Plan;
  readonly fortune: Fortune;
}

/** Leaves out faults kind by kind, rows day by day, then halves and single parts, as long as the same invariant is broken. */
export const shrink = async (plan: Plan, fortune: Fortune): Promise<Smallest> => {
  const invariant = fortune.broken?.invariant;
  let smallest: Smallest = { parts: partsOf(plan), plan, fortune };
  let tries = 0;

  const without = async (left: ReadonlySet<Part>): Promise<boolean> => {
    const parts = smallest.parts.filter((part) => !left.has(part));
    if (parts.length === smallest.parts.length) return false;
    for (let schedule = 0; schedule < SCHEDULES && tries < MOST_TRIES; schedule += 1) {
      tries += 1;
      const smaller = withOnly(plan, new Set(parts), schedule);
      const result = await runWorld(smaller);
      if (result.broken?.invariant !== invariant) continue;
      smallest = { parts, plan: smaller, fortune: result };
      return true;
    }
    return false;
  };

  for (const group of groupsOf(plan)) await without(group);
  for (let size = Math.ceil(smallest.parts.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = smallest.parts.length - size; from > -size; from -= size) {
      await without(new Set(smallest.parts.slice(Math.max(0, from), from + size)));
    }
  }
  return smallest;
};

/** Parts that belong together: faults of a kind, rows of a day. */
const groupsOf = ({ faults, rows }: Plan): Set<Part>[] => {
  const kinds = Map.groupBy(faults.keys(), (index) => faults[index]?.kind);
  const days = Map.groupBy(rows.keys(), (index) => rows[index]?.day);
  return [
    ...[...kinds.values()].map((indexes) => new Set(indexes.map((index) => `t${index}`))),
    new Set(['w']),
    ...[...days.values()].map((indexes) => new Set(indexes.map((index) => `r${index}`))),
  ];
};
