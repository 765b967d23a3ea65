import type { Part } from '../parts.ts';
import type { WorldKind } from '../world-kind.ts';
import type { ContentPlan } from './content-plan.ts';
import { drawContentPlan } from './draw-content-plan.ts';
import { runContentWorld } from './run-content-world.ts';

/** The name of a part of a plan: `t7` a fault, `c2` a change at Zoom, `r3` a meeting, `p0` a run of a collector. */
const LETTERS = { t: 'faults', c: 'changes', r: 'meetings', p: 'runs' } as const;

const partsOfLetter = (plan: ContentPlan, letter: keyof typeof LETTERS): Part[] =>
  plan[LETTERS[letter]].map((_, index) => `${letter}${index}`);

const kept = <T>(all: readonly T[], letter: keyof typeof LETTERS, parts: ReadonlySet<Part>): T[] =>
  all.filter((_, index) => parts.has(`${letter}${index}`));

/** Worlds of Zoom's content. */
export const CONTENT_WORLDS: WorldKind<ContentPlan> = {
  draw: drawContentPlan,
  run: runContentWorld,
  partsOf: (plan) => [
    ...partsOfLetter(plan, 't'),
    ...partsOfLetter(plan, 'c'),
    ...partsOfLetter(plan, 'r'),
    ...partsOfLetter(plan, 'p'),
  ],
  withOnly: (plan, parts, schedule) => ({
    ...plan,
    schedule,
    faults: kept(plan.faults, 't', parts),
    changes: kept(plan.changes, 'c', parts),
    meetings: kept(plan.meetings, 'r', parts),
    runs: kept(plan.runs, 'p', parts),
  }),
  groupsOf: (plan) => {
    const kinds = Map.groupBy(plan.faults.keys(), (index) => plan.faults[index]?.kind);
    const meetings = plan.meetings.map(
      ({ uuid }, meeting) =>
        new Set([
          `r${meeting}`,
          ...plan.changes.flatMap((change, index) =>
            'uuid' in change && change.uuid === uuid ? [`c${index}`] : [],
          ),
        ]),
    );
    return [...[...kinds.values()].map((of) => new Set(of.map((index) => `t${index}`))), ...meetings];
  },
  scheduleOf: ({ schedule }) => schedule,
  describe: ({ climate, people, meetings, changes, runs, faults, start }) => {
    const when = (ms: number): string => new Date(start + ms).toISOString();
    return [
      `It begins at ${when(0)}: ${JSON.stringify(climate)}`,
      ...people.map((person) => `  ${JSON.stringify(person)}`),
      ...meetings.map((meeting) => `  ${JSON.stringify(meeting)}`),
      ...changes.map((change) => `  ${when(change.at)} ${JSON.stringify(change)}`),
      `collectors start at ${runs.map(when).join(', ')}`,
      ...faults.map((fault) => `  ${'at' in fault ? when(fault.at) : ''} ${JSON.stringify(fault)}`),
    ];
  },
  option: '--content',
};
