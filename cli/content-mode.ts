import { planMirror, readMirrorDecisions, recordMode } from '../shared/app/mirror.ts';
import { openLocalStore } from '../shared/app/open-store.ts';
import type { ObjectStore } from '../shared/collect/ports.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { ContentMode, MirrorRules } from '../shared/model/content-config.ts';
import { confirmPlan } from './confirm-plan.ts';
import type { CliContext } from './context.ts';
import { modePlanToText } from './mirror-to-text.ts';
import type { Prompt } from './prompt.ts';

/** The mode of a source, as an operator recorded it; undefined if nothing was collected there yet. */
export const recordedMode = async (
  out: string,
  source: string,
  context: CliContext,
): Promise<ContentMode | undefined> => {
  const store = await openLocalStore(out, context).catch((error: unknown) => {
    if (error instanceof ConfigurationError) return undefined; // the collector reports what is wrong with the folder
    throw error;
  });
  return store && (await readMirrorDecisions(store, source)).mode;
};

/** The mode that a run asks for. */
interface RequestedMode {
  readonly source: string;
  readonly mode: ContentMode;
  readonly rules: MirrorRules;
  readonly now: Date;
  readonly yes: true | undefined;
}

/**
 * Records the mode of a source if a run changes it, after the operator confirmed what that hides or shows. Returns false if the operator
 * did not. Throws ConfigurationError without a terminal, unless `--yes` was given. A run with `once` changes no mode.
 */
export const confirmMode = async (
  store: ObjectStore,
  { source, mode, rules, now, yes }: RequestedMode,
  context: CliContext,
  prompt: Prompt | undefined,
): Promise<boolean> => {
  if (mode === 'once' || (await readMirrorDecisions(store, source)).mode === mode) return true;
  const plan = await planMirror(store, source, rules, now, mode);
  if (plan.files > 0 && !(await confirmPlan(modePlanToText(source, plan), context, prompt, yes)))
    return false;
  const actor = { kind: 'operator', name: context.operator } as const;
  await recordMode(store, { source, actor, at: now }, plan);
  return true;
};
