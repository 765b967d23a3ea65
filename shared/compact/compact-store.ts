import { listSources } from '../collect/state/pinned-account.ts';
import type { ObjectStore } from '../collect/ports.ts';
import type { SliceFilter } from '../collect/verify/store-inventory.ts';
import { compactDays, type CompactReport } from './compact-days.ts';
import type { CompactedSlice } from './compact-slice.ts';

export type { CompactReport } from './compact-days.ts';
export type { CompactedSlice } from './compact-slice.ts';

/** Compacts closed days of all sources of a store, or of those in the filter. */
export const compactStore = async (
  store: ObjectStore,
  { sources, ...filter }: SliceFilter & { readonly signal: AbortSignal },
): Promise<CompactReport> =>
  compactDays(store, { ...filter, sources: sources ?? (await listSources(store)) });

/** A closed day that was not compacted. */
export type LeftSlice = Extract<CompactedSlice, { kind: 'left' }>;

/** Reasons that need no report: the ledger records a gap, and the operator chose the formats. */
const EXPECTED: ReadonlySet<string> = new Set(['gap', 'no-flat'] satisfies LeftSlice['reason'][]);

/** The days that were not compacted for a reason that an operator must know. */
export const leftUndone = ({ slices }: CompactReport): LeftSlice[] =>
  slices.filter((one) => one.kind === 'left').filter(({ reason }) => !EXPECTED.has(reason));
