import { ConfigurationError, messageOf } from '../../errors.ts';
import { DEFAULT_MIRROR_RULES, type MirrorRules } from '../../model/content-config.ts';
import type { ContentSlice } from '../../model/slice.ts';
import type { ContentContext } from '../content-context.ts';
import type { ContentProblem } from '../content-task.ts';
import { FILE_STREAMS } from '../content-streams.ts';
import { appendCustody, type CustodyRow, openCustody } from '../custody-row.ts';
import { zoomOf } from '../transfer-to-custody.ts';
import type { MirrorDecision } from './decide-mirror.ts';
import { lookBeforeHiding } from './last-look.ts';
import { readMirrorDecisions } from './mirror-decisions.ts';
import type { MirrorItem } from './mirror-item.ts';
import { planMirror } from './mirror-plan.ts';
import { type MirrorState, readMirrorState, toMirrorState, writeMirrorState } from './mirror-state.ts';

/** What a run of a mirror did. */
export interface MirrorReport {
  /** Files that it hid, and that it showed again. */
  readonly hidden: number;
  readonly shown: number;
  /** The slices in whose custody it wrote. */
  readonly changed: readonly ContentSlice[];
  /** What it found; undefined for a source that is no mirror. */
  readonly state: MirrorState | undefined;
  readonly problems: readonly ContentProblem[];
}

/** The report of a run that is none of a mirror. */
export const NO_MIRROR: MirrorReport = { hidden: 0, shown: 0, changed: [], state: undefined, problems: [] };

/** A record of an operator that cannot be read: without it, nothing is hidden and nothing is shown. */
const DAMAGED = 'damaged-object';

/**
 * Hides and shows files by lines of custody, as the mode of the source says that an operator recorded. A run in another mode changes
 * nothing: a change of the mode is confirmed first. No version of a file is removed.
 */
export const runMirror = async (context: ContentContext, signal: AbortSignal): Promise<MirrorReport> => {
  const { store, source, clock, choice } = context;
  if (choice.mode === 'once') return NO_MIRROR;
  const rules = choice.mirror ?? DEFAULT_MIRROR_RULES;
  try {
    const { mode, count } = await readMirrorDecisions(store, source);
    if (count === 0 || mode !== choice.mode) return NO_MIRROR;
    const plan = await planMirror(store, source, rules, clock.now());
    const { away, there, problems } = await lookBeforeHiding(context, plan.hide, signal);
    const decision = { ...plan, hide: away };
    const changed = await commit(context, decision, there, rules);
    const before = await readMirrorState(store, source);
    const state = toMirrorState(decision, { mode, rules }, before, clock.now());
    await writeMirrorState(store, source, state);
    return { hidden: away.length, shown: plan.show.length, changed, state, problems };
  } catch (error) {
    if (!(error instanceof ConfigurationError) || error.reason !== DAMAGED) throw error;
    // The records are those of the source: its first stream with files stands for it.
    const problems = FILE_STREAMS.slice(0, 1).map((stream) => ({
      ...{ stream, unit: 'mirror', reason: DAMAGED },
      message: messageOf(error),
    }));
    return { ...NO_MIRROR, problems };
  }
};

/** Writes the lines of a decision, slice by slice. */
const commit = async (
  { store, clock }: ContentContext,
  { hide, show }: Pick<MirrorDecision, 'hide' | 'show'>,
  there: readonly MirrorItem[],
  { graceDays }: MirrorRules,
): Promise<ContentSlice[]> => {
  const at = clock.now().toISOString();
  const common = ({ file }: MirrorItem) => ({
    at,
    item: file.item,
    version: file.version,
    zoom: zoomOf(file),
  });
  const lines: { slice: ContentSlice; row: CustodyRow }[] = [
    ...show.map(({ item, because, hold }) => {
      const ends = { ordinal: item.timesHidden, because, ...(hold !== undefined && { hold }) };
      return { slice: item.slice, row: { state: 'shown' as const, ...common(item), ...ends } };
    }),
    ...there.map((item) => ({
      slice: item.slice,
      row: { state: 'back' as const, ...common(item), ordinal: item.departure },
    })),
    ...hide.map((item) => {
      const begins = { ordinal: item.timesHidden + 1, gone: item.departure, grace_days: graceDays };
      return { slice: item.slice, row: { state: 'hidden' as const, ...common(item), ...begins } };
    }),
  ];
  const bySlice = Map.groupBy(lines, ({ slice }) => `${slice.stream} ${slice.day}`);
  const changed: ContentSlice[] = [];
  for (const group of bySlice.values()) {
    const [first] = group;
    if (!first) continue;
    const custody = await openCustody(store, first.slice);
    await appendCustody(
      custody,
      group.map(({ row }) => row),
      () => clock.now(),
    );
    changed.push(first.slice);
  }
  return changed;
};
