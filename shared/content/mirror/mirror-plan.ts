import type { ObjectStore } from '../../collect/ports.ts';
import type { MirrorRules } from '../../model/content-config.ts';
import { decideMirror, type MirrorDecision } from './decide-mirror.ts';
import { readActiveHolds } from './hold.ts';
import { resolveHolds } from './hold-people.ts';
import { type MirrorDecisions, readMirrorDecisions } from './mirror-decisions.ts';
import { readMirrorItems } from './read-mirror-items.ts';

/** What a mirror would do with the files of a source, in its own mode or in another one. */
export interface MirrorPlan extends MirrorDecision {
  readonly mode: MirrorDecisions['mode'];
  /** Every file of the source. */
  readonly files: number;
}

/** Decides by what is stored, without asking Zoom and without writing. Throws ConfigurationError for a record that cannot be read. */
export const planMirror = async (
  store: ObjectStore,
  source: string,
  rules: MirrorRules,
  now: Date,
  inMode?: MirrorDecisions['mode'],
): Promise<MirrorPlan> => {
  const decisions = await readMirrorDecisions(store, source);
  const mode = inMode ?? decisions.mode;
  const { items, files } = await readMirrorItems(store, source);
  const holds = await resolveHolds(store, source, await readActiveHolds(store, source));
  const { released } = decisions;
  return { ...decideMirror({ mode, items, files, holds, released, rules }, now), mode, files };
};
