import {
  curatedRevisionOf,
  curatedStreamPrefix,
  dayOfKey,
  ledgerRevisionOf,
  streamPrefix,
} from '../contract/object-keys.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { matches, type SliceFilter } from '../collect/verify/store-inventory.ts';
import { CorruptObjectError } from '../errors.ts';
import type { Day } from '../model/day.ts';
import type { Slice } from '../model/slice.ts';
import { STREAM_NAMES } from '../model/stream.ts';
import { type CompactedSlice, compactSlice } from './compact-slice.ts';

export interface CompactOptions extends SliceFilter {
  readonly sources: readonly string[];
  readonly signal: AbortSignal;
}

export interface CompactReport {
  /** Closed days that were looked at, each with the newest first. */
  readonly slices: readonly CompactedSlice[];
  /** Closed days that were left for the next run, for want of time. */
  readonly remaining: number;
}

/**
 * Compacts the closed days of some sources, one after the other so that memory holds one at most, the newest first. What
 * was written is never written again, so a run that is stopped, or two at once, do no harm.
 */
export const compactDays = async (store: ObjectStore, options: CompactOptions): Promise<CompactReport> => {
  const days = await closedDays(store, options);
  const slices: CompactedSlice[] = [];
  for (const { slice, written } of days) {
    if (options.signal.aborted) break;
    slices.push(await compactSlice(store, slice, written).catch(orDamaged(slice)));
  }
  return { slices, remaining: days.length - slices.length };
};

interface ClosedDay {
  readonly slice: Slice;
  /** The newest revision that was written for it. */
  readonly written: number | undefined;
}

/** The days with a ledger revision that has no file yet. */
const closedDays = async (store: ObjectStore, options: CompactOptions): Promise<ClosedDay[]> => {
  const found: ClosedDay[] = [];
  for (const source of options.sources) {
    for (const stream of STREAM_NAMES) {
      const ledger = await newestRevisions(
        store,
        streamPrefix('ledger', { source, stream }),
        ledgerRevisionOf,
      );
      const curated = await newestRevisions(
        store,
        curatedStreamPrefix({ source, stream }),
        curatedRevisionOf,
      );
      for (const [day, revision] of ledger) {
        const slice = { source, stream, day };
        const written = curated.get(day);
        if ((written ?? -1) < revision && matches(slice, options)) found.push({ slice, written });
      }
    }
  }
  return found.sort((a, b) => (a.slice.day < b.slice.day ? 1 : -1));
};

/** The newest revision of each day, by the names of the objects alone. */
const newestRevisions = async (
  store: ObjectStore,
  prefix: string,
  revisionOf: (key: string) => number | undefined,
): Promise<Map<Day, number>> => {
  const newest = new Map<Day, number>();
  for (const { key } of await store.list(prefix)) {
    const [day, revision] = [dayOfKey(key), revisionOf(key)];
    if (day !== undefined && revision !== undefined && revision >= (newest.get(day) ?? 0))
      newest.set(day, revision);
  }
  return newest;
};

const orDamaged =
  (slice: Slice) =>
  (error: unknown): CompactedSlice => {
    if (!(error instanceof CorruptObjectError)) throw error;
    return { kind: 'left', slice, reason: 'damaged', message: error.message };
  };
