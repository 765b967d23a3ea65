import { listSources } from '../collect/state/pinned-account.ts';
import type { ObjectStore } from '../collect/ports.ts';
import type { SliceFilter } from '../collect/verify/store-inventory.ts';
import { compactDays, type CompactReport } from './compact-days.ts';
import type { CompactedSlice } from './compact-slice.ts';

export type { CompactReport } from './compact-days.ts';
export type { CompactedSlice } from './compact-slice.ts';

/** Compacts closed days of all sources of a store, unless some are named. */
export const compactStore = async (
  store: ObjectStore,
  { sources, ...filter }: SliceFilter & { readonly signal: AbortSignal },
): Promise<CompactReport> =>
  compactDays(store, { ...filter, sources: sources ?? (await listSources(store)) });

/** A day that was left in its lines. */
export type LeftSlice = Extract<CompactedSlice, { kind: 'left' }>;

/** Reasons that are no news: the ledger tells of a gap, and the operator chose the formats. */
const EXPECTED: ReadonlySet<string> = new Set(['gap', 'no-flat'] satisfies LeftSlice['reason'][]);

/** What was left though nobody wanted it so. */
export const leftUndone = ({ slices }: CompactReport): LeftSlice[] =>
  slices.filter((one) => one.kind === 'left').filter(({ reason }) => !EXPECTED.has(reason));
