import pLimit from 'p-limit';
import type { Day } from '../../model/day.ts';
import type { Slice } from '../../model/slice.ts';
import type { StreamName } from '../../model/stream.ts';
import { type Format, FORMATS } from '../../normalize/index.ts';
import { accountOf } from '../state/pinned-account.ts';
import { readSliceStatesCached } from '../state/slice-states.ts';
import type { ObjectStore } from '../ports.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import { type ChainLink, type ChainSegment, linkOf, linksAround, verifyChain } from './verify-chain.ts';
import { claimedSlices, missingEntries } from './verify-claims.ts';
import type { Difference } from './verify-difference.ts';
import { type VerifiedSlice, verifySlice } from './verify-slice.ts';
import { verifyMisdated } from './verify-misdated.ts';
import { type SliceFilter, readStoreInventory } from './store-inventory.ts';

/** Slices checked concurrently: each keeps one raw object and its projections in memory, as stored and as recomputed. */
const CONCURRENCY = 2;

export interface VerifyOptions extends SliceFilter {
  /** The formats that every raw object must have; default: those that its source has anywhere. */
  readonly formats?: readonly Format[] | undefined;
  readonly signal: AbortSignal;
}

/** What was recomputed of one stream of one source. */
export interface StreamProof {
  readonly source: string;
  readonly stream: StreamName;
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly days: number;
  /** Raw objects and projections. */
  readonly objects: number;
  readonly rows: number;
  /** Rows with a readable time, which are events. */
  readonly events: number;
  /** Lines of an older mapping than this release's: only their ids, the rows' own fields, order and counts are checked. */
  readonly otherMappings?: readonly { readonly mapping: number; readonly lines: number }[];
  /** Days that have closed, by their newest ledger entry. */
  readonly completeDays: number;
  readonly gapDays: number;
  readonly chain: readonly ChainSegment[];
}

export interface VerifyReport {
  readonly streams: readonly StreamProof[];
  readonly differences: readonly Difference[];
}

/**
 * Recomputes the selected slices from only the stored objects, a few slices at a time, and reports every difference. Changes
 * nothing.
 */
export const verifyStore = async (store: ObjectStore, options: VerifyOptions): Promise<VerifyReport> => {
  // Read first: there is no claim yet about a day that closes meanwhile.
  const claims = Map.groupBy(await claimedSlices(store, options), streamOf);
  const found = await readStoreInventory(store, options);
  const differences: Difference[] = [...found.differences];
  const streams: StreamProof[] = [];
  const byStream = Map.groupBy(found.slices, streamOf);
  for (const [label, [first, ...others]] of byStream) {
    if (!first) continue;
    const formats = options.formats ?? (await expectedFormats(store, first, found.formatsOf));
    const claimed = claims.get(label) ?? [];
    const verified = await verifyStream(store, [first, ...others], claimed, formats, options);
    streams.push(verified.proof);
    differences.push(...verified.differences);
  }
  for (const [label, claimed] of claims) {
    if (!byStream.has(label)) differences.push(...missingEntries(claimed, []));
  }
  return { streams, differences };
};

/**
 * The formats that a source has anywhere, and those in its slice states: so that a format is reported as missing if all its
 * objects were removed.
 */
const expectedFormats = async (
  store: ObjectStore,
  { source, stream }: Slice,
  formatsOf: ReadonlyMap<string, readonly Format[]>,
): Promise<Format[]> => {
  const states = await readSliceStatesCached(store, source, stream);
  const made = [...states.values()].flatMap(({ firstPage }) => firstPage?.formats ?? []);
  const all = new Set<string>([...(formatsOf.get(source) ?? []), ...made]);
  return FORMATS.filter((format) => all.has(format));
};

const streamOf = ({ source, stream }: Slice): string => `${source} ${stream}`;

const verifyStream = async (
  store: ObjectStore,
  slices: readonly [Slice, ...Slice[]],
  claimed: readonly Slice[],
  formats: readonly Format[],
  { from, to, signal }: VerifyOptions,
): Promise<{ proof: StreamProof; differences: Difference[] }> => {
  const [{ source, stream, day: firstDay }] = slices;
  const accountId = await accountOf(store, source);
  const limit = pLimit(CONCURRENCY);
  const verified = await Promise.all(
    slices.map((slice) =>
      limit(async () => {
        signal.throwIfAborted();
        return toFigures(await verifySlice(store, slice, { formats, accountId }));
      }),
    ),
  );

  const outside = await linksAround(store, { source, stream }, { from, to });
  const links = [...verified.flatMap((slice) => slice.links), ...outside];
  const chain = verifyChain(links, { from, to });
  const misdated = verified.flatMap((slice) => slice.misdated);

  const sum = (of: (slice: Figures) => number): number =>
    verified.reduce((total, slice) => total + of(slice), 0);
  return {
    proof: {
      source,
      stream,
      firstDay,
      lastDay: slices.at(-1)?.day ?? firstDay,
      days: slices.length,
      objects: sum(({ objects }) => objects),
      rows: sum(({ rows }) => rows),
      events: sum(({ events }) => events),
      ...addMappings(verified),
      completeDays: sum(({ verdict }) => Number(verdict === 'complete')),
      gapDays: sum(({ verdict }) => Number(verdict === 'gap')),
      chain: chain.segments,
    },
    differences: [
      ...verified.flatMap((slice) => slice.differences),
      ...(await verifyMisdated(store, { source, stream }, misdated)),
      ...chain.differences,
      ...missingEntries(claimed, links),
    ],
  };
};

const addMappings = (slices: readonly Figures[]): Pick<StreamProof, 'otherMappings'> => {
  const lines = new Map<number, number>();
  for (const { otherMappings } of slices) {
    for (const [mapping, count] of otherMappings) lines.set(mapping, (lines.get(mapping) ?? 0) + count);
  }
  if (lines.size === 0) return {};
  const sorted = [...lines].sort(([a], [b]) => a - b);
  return { otherMappings: sorted.map(([mapping, count]) => ({ mapping, lines: count })) };
};

/** What is kept of a slice after its check: only figures. */
type Figures = Pick<
  VerifiedSlice,
  'objects' | 'rows' | 'events' | 'otherMappings' | 'misdated' | 'differences'
> & {
  readonly verdict: LedgerEntry['verdict'] | undefined;
  readonly links: readonly ChainLink[];
};

const toFigures = ({
  objects,
  rows,
  events,
  otherMappings,
  misdated: misdated,
  differences,
  entries,
}: VerifiedSlice): Figures => ({
  objects,
  rows,
  events,
  otherMappings,
  misdated: misdated,
  differences,
  verdict: entries.at(-1)?.entry?.verdict,
  links: entries.map(linkOf),
});
