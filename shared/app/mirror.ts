import type { AuditActor, AuditEntry } from '../audit/audit-entry.ts';
import { COLLECTOR } from '../audit/audit-entry.ts';
import { recordOnce } from '../audit/record-once.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { addHold, type Hold, type HoldRelease, releaseHold } from '../content/mirror/hold.ts';
import { recordMirrorDecision } from '../content/mirror/mirror-decisions.ts';
import { departureOf } from '../content/mirror/mirror-item.ts';
import type { MirrorPlan } from '../content/mirror/mirror-plan.ts';
import type { MirrorState } from '../content/mirror/mirror-state.ts';
import { plural } from '../model/format-count.ts';

export { findEarlierPerson } from '../content/earlier-people.ts';
export { HoldNameSchema, readHolds, type RecordedHold } from '../content/mirror/hold.ts';
export { readMirrorDecisions } from '../content/mirror/mirror-decisions.ts';
export type { MirrorItem } from '../content/mirror/mirror-item.ts';
export { type MirrorPlan, planMirror } from '../content/mirror/mirror-plan.ts';
export { type MirrorState, readMirrorState } from '../content/mirror/mirror-state.ts';

/** The operator who decides about the mirror of a source, and when. */
export interface MirrorOperator {
  readonly source: string;
  readonly actor: AuditActor & { readonly name: string };
  readonly at: Date;
}

/** Records the mode of a source, with all that the operator saw in its plan: that is released from the brake. */
export const recordMode = async (
  store: ObjectStore,
  { source, actor, at }: MirrorOperator,
  { mode, due, waiting, brake }: Pick<MirrorPlan, 'mode' | 'due' | 'waiting' | 'brake'>,
): Promise<void> => {
  const seen = [...due, ...waiting.map(({ item }) => item), ...(brake?.items ?? [])];
  const departures = mode === 'mirror' ? [...new Set(seen.map(departureOf))].sort() : [];
  await recordMirrorDecision(store, source, {
    kind: 'mode',
    mode,
    departures,
    at: at.toISOString(),
    by: actor.name,
  });
  await recordAudit(store, {
    ...{ source, actor, at: at.toISOString() },
    code: 'content-mode-changed',
    summary:
      mode === 'mirror'
        ? 'The source is a mirror: content that left Zoom is hidden after its grace.'
        : 'The source is an archive: no content is hidden.',
    details: { mode, released: departures.length },
  });
};

/** Records that an operator released the files of a brake. */
export const releaseBrake = async (
  store: ObjectStore,
  { source, actor, at }: MirrorOperator,
  { items }: NonNullable<MirrorPlan['brake']>,
): Promise<void> => {
  const departures = items.map(departureOf).sort();
  await recordMirrorDecision(store, source, {
    kind: 'release',
    departures,
    at: at.toISOString(),
    by: actor.name,
  });
  await recordAudit(store, {
    ...{ source, actor, at: at.toISOString() },
    code: 'mirror-released',
    summary: `${plural(items.length, 'file')} released from the brake of the mirror.`,
    details: { files: items.length },
  });
};

/** Adds a hold, and records it for each source that it is about. Throws as `addHold` does. */
export const recordHold = async (
  store: ObjectStore,
  hold: Omit<Hold, 'form'>,
  actor: AuditActor,
  sources: readonly string[],
): Promise<void> => {
  await addHold(store, hold);
  const { name, at, from, to, people } = hold;
  const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const whom = people === 'all' ? 'everyone' : people.length === 1 ? 'one person' : `${people.length} people`;
  const summary = `The hold ${name} keeps content of ${whom} in view.`;
  for (const source of sources) {
    await recordAudit(store, { at, code: 'hold-added', source, actor, ...range, summary });
  }
};

/** Releases a hold, and records it as `recordHold` does. Returns false if it was released before. Throws as `releaseHold` does. */
export const recordHoldRelease = async (
  store: ObjectStore,
  release: Omit<HoldRelease, 'form'>,
  actor: AuditActor,
  sources: readonly string[],
): Promise<boolean> => {
  if (!(await releaseHold(store, release))) return false;
  const { name, at } = release;
  const entry = { at, code: 'hold-released', actor, summary: `The hold ${name} was released.` } as const;
  for (const source of sources) await recordAudit(store, { ...entry, source });
  return true;
};

/** Records once that the brake of a mirror is on. It is posted as a notice where a deployment has a topic. */
export const recordBrake = async (
  store: ObjectStore,
  source: string,
  brake: NonNullable<MirrorState['brake']>,
): Promise<boolean> => {
  const entry: AuditEntry = {
    at: brake.since,
    code: 'mirror-braked',
    source,
    actor: COLLECTOR,
    summary:
      `${plural(brake.files, 'file')} of ${brake.total} left Zoom, too many to hide within a day. Nothing is hidden. See mirror plan, recover ` +
      `them in Zoom's trash if they were deleted by mistake, or release them with mirror release.`,
    details: { files: brake.files, total: brake.total },
  };
  return recordOnce(store, entry, brake.since);
};
