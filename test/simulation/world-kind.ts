import { drawPlan } from './draw-plan.ts';
import { type Part, partsOf, withOnly } from './parts.ts';
import type { Plan } from './plan.ts';
import { type Fortune, runWorld } from './run-world.ts';

/** A kind of worlds: how one is drawn from its seed, run, described, and reduced to some of its parts. */
export interface WorldKind<P> {
  readonly draw: (seed: number) => P;
  readonly run: (plan: P) => Promise<Fortune>;
  /** Every part of a plan that can be left out. */
  readonly partsOf: (plan: P) => Part[];
  /** The plan with these parts only, in the order of effects that `schedule` selects. */
  readonly withOnly: (plan: P, kept: ReadonlySet<Part>, schedule: number) => P;
  /** Parts that are left out together first. */
  readonly groupsOf: (plan: P) => ReadonlySet<Part>[];
  readonly scheduleOf: (plan: P) => number;
  /** The plan in lines. */
  readonly describe: (plan: P) => string[];
  /** The option of the command line that selects this kind; empty for the default. */
  readonly option: string;
}

/** Worlds of the two audit logs. */
export const LOG_WORLDS: WorldKind<Plan> = {
  draw: drawPlan,
  run: runWorld,
  partsOf,
  withOnly,
  groupsOf: ({ faults, rows }) => {
    const kinds = Map.groupBy(faults.keys(), (index) => faults[index]?.kind);
    const days = Map.groupBy(rows.keys(), (index) => rows[index]?.day);
    return [
      ...[...kinds.values()].map((indexes) => new Set(indexes.map((index) => `t${index}`))),
      new Set(['w']),
      ...[...days.values()].map((indexes) => new Set(indexes.map((index) => `r${index}`))),
    ];
  },
  scheduleOf: ({ schedule }) => schedule,
  describe: ({ climate, rows, polls, faults, start }) => {
    const when = (ms: number): string => new Date(start + ms).toISOString();
    return [
      `It begins at ${when(0)}: ${JSON.stringify(climate)}`,
      `${rows.length} rows; polls at ${polls.map(when).join(', ')}`,
      ...faults.map((fault) => `  ${'at' in fault ? when(fault.at) : ''} ${JSON.stringify(fault)}`),
    ];
  },
  option: '',
};
