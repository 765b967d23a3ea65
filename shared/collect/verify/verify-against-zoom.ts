import pLimit from 'p-limit';
import { type Day, dayOf, daysBetween, oldestDayKept } from '../../model/day.ts';
import { formatCount } from '../../model/format-count.ts';
import { identifyListed, type RowDigest } from '../../model/raw-row.ts';
import { labelOf, type Slice } from '../../model/slice.ts';
import type { StreamName } from '../../model/stream.ts';
import { RateLimitedError, UpstreamError } from '../../errors.ts';
import { type FreshRow, ListingTally } from '../listing/listing-tally.ts';
import { slicePrefix } from '../../contract/object-keys.ts';
import type { ObjectStore, Reports } from '../ports.ts';
import { truncated, type Difference } from './verify-difference.ts';
import { readLogStrictly } from './verify-log.ts';
import { listNumbers } from './verify-object-names.ts';
import { readStoreInventory } from './store-inventory.ts';

/** As many as a run lists concurrently. */
const CONCURRENCY = 4;

/** What to compare: one source, because credentials belong to one account. */
export interface ZoomComparisonOptions {
  readonly source: string;
  readonly streams: readonly StreamName[];
  /** Default: from the first day in the store to the last, as far as Zoom keeps them. */
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly now: Date;
  readonly signal: AbortSignal;
}

export interface ZoomComparison {
  /** Slices to compare, and the rows that Zoom listed for them. */
  readonly days: number;
  readonly rows: number;
  readonly differences: readonly Difference[];
}

/**
 * Lists whole days once more and compares them with the log as multisets. Writes nothing: the next collection
 * collects what is missing. Throws ConfigurationError if Zoom refuses.
 */
export const verifyAgainstZoom = async (
  store: ObjectStore,
  reports: Reports,
  options: ZoomComparisonOptions,
): Promise<ZoomComparison> => {
  const slices = await slicesThatZoomKeeps(store, options);
  const today = dayOf(options.now);
  const limit = pLimit(CONCURRENCY);
  const compared = await Promise.all(
    slices.map((slice) => limit(() => compareSlice(store, reports, slice, today, options.signal))),
  );
  return {
    days: slices.length,
    rows: compared.reduce((rows, slice) => rows + slice.rows, 0),
    differences: compared.flatMap(({ differences }) => truncated(differences)),
  };
};

/** Includes days without objects in the store: only Zoom can confirm that they are empty. */
const slicesThatZoomKeeps = async (
  store: ObjectStore,
  { source, streams, from, to, now }: ZoomComparisonOptions,
): Promise<Slice[]> => {
  const { slices } = await readStoreInventory(store, { sources: [source], streams, from, to });
  const known = slices.map(({ day }) => day).sort();
  if (known.length === 0 && (from ?? to) === undefined) return [];
  const [oldest, today] = [oldestDayKept(now), dayOf(now)];
  const [, first = oldest] = [from ?? known[0] ?? oldest, oldest].sort();
  const [last = today] = [to ?? known.at(-1) ?? today, today].sort();
  return daysBetween(first, last).flatMap((day) => streams.map((stream) => ({ source, stream, day })));
};

type ComparedSlice = Omit<ZoomComparison, 'days'>;

const compareSlice = async (
  store: ObjectStore,
  reports: Reports,
  slice: Slice,
  today: Day,
  signal: AbortSignal,
): Promise<ComparedSlice> => {
  signal.throwIfAborted();
  const key = slicePrefix('raw', slice);
  try {
    const inLog = await countLog(store, slice);
    const { fresh, held, listed, rows } = await list(reports, slice, inLog, signal);
    const differences: Difference[] = fresh.map(({ time, digest }) => ({
      kind: slice.day < today ? 'zoom-has-more' : 'zoom-ahead',
      key,
      message: `Zoom lists a row ${time === '' ? 'that could not be read and' : `of ${time}`} that the log lacks (digest ${digest}).`,
    }));
    if (held > 0) {
      const copies =
        held === 1 ? '1 more copy of a row appears' : `${formatCount(held)} more copies of rows appear`;
      const message = `${copies} across page edges, and Zoom's list changed while it was read.`;
      differences.push({ kind: 'zoom-unsettled', key, message });
    }
    return { differences: [...differences, ...(await vanished(store, slice, inLog, listed))], rows };
  } catch (error) {
    if (!(error instanceof UpstreamError || error instanceof RateLimitedError)) throw error;
    const message = `${labelOf(slice)} could not be compared: ${error.message}`;
    return { differences: [{ kind: 'not-compared', key, message }], rows: 0 };
  }
};

type Counts = ReadonlyMap<RowDigest, number>;

const countLog = async (store: ObjectStore, slice: Slice): Promise<Counts> => {
  const counts = new Map<RowDigest, number>();
  const { numbers } = await listNumbers(store, slice);
  for await (const { logged } of readLogStrictly(store, slice, [...numbers.raw])) {
    for (const { digest, occurrence } of logged?.rows ?? []) counts.set(digest, occurrence + 1);
  }
  return counts;
};

interface Listing {
  /** Rows that the listing proves and that the log lacks. */
  readonly fresh: readonly FreshRow[];
  /** Copies that it doesn't prove. */
  readonly held: number;
  /** How often it has each row. */
  readonly listed: Counts;
  readonly rows: number;
}

/** One listing, and a second one if the first has copies that only a second one in the same order proves. */
const list = async (
  reports: Reports,
  slice: Slice,
  inLog: Counts,
  signal: AbortSignal,
  earlierOrder?: string,
): Promise<Listing> => {
  const tally = new ListingTally((digest) => inLog.get(digest) ?? 0);
  const fresh: FreshRow[] = [];
  let listed = new Map<RowDigest, number>();
  for await (const { index, rows } of reports.pages(slice, signal)) {
    if (index === 0) listed = new Map();
    const identified = rows.map((row) => identifyListed(slice.stream, row));
    for (const { digest } of identified) listed.set(digest, (listed.get(digest) ?? 0) + 1);
    fresh.push(...tally.addPage(index, identified));
  }
  if (earlierOrder === tally.order) fresh.push(...tally.confirmCopies());
  if (tally.held > 0 && earlierOrder === undefined) {
    return list(reports, slice, inLog, signal, tally.order);
  }
  return { fresh, held: tally.held, listed, rows: tally.rows };
};

/** The rows of the log that a listing has fewer copies of, as the last copies of each. */
const vanished = async (
  store: ObjectStore,
  slice: Slice,
  inLog: Counts,
  listed: Counts,
): Promise<Difference[]> => {
  const lacks = (digest: RowDigest): boolean => (listed.get(digest) ?? 0) < (inLog.get(digest) ?? 0);
  if (![...inLog.keys()].some(lacks)) return [];
  const differences: Difference[] = [];
  const { numbers } = await listNumbers(store, slice);
  for await (const { key, logged, lines } of readLogStrictly(store, slice, [...numbers.raw])) {
    for (const [index, { digest, occurrence }] of (logged?.rows ?? []).entries()) {
      if (occurrence < (listed.get(digest) ?? 0)) continue;
      const message = 'Zoom no longer lists this row. It is kept.';
      differences.push({ kind: 'zoom-has-less', key, line: lines[index] ?? 0, message });
    }
  }
  return differences;
};
