import pLimit from 'p-limit';
import { accountOf } from '../../collect/state/pinned-account.ts';
import type { SliceFilter } from '../../collect/verify/store-inventory.ts';
import {
  type ChainLink,
  type ChainSegment,
  linkOf,
  linksAround,
  verifyChain,
} from '../../collect/verify/verify-chain.ts';
import { claimedSlicesOf, missingEntries } from '../../collect/verify/verify-claims.ts';
import type { Difference } from '../../collect/verify/verify-difference.ts';
import type { LedgerEntry } from '../../collect/ledger/ledger.ts';
import { CONTENT_STREAM_NAMES, type ContentStreamName } from '../../model/content-stream.ts';
import type { Day } from '../../model/day.ts';
import type { ContentSlice } from '../../model/slice.ts';
import type { FileStore } from '../ports.ts';
import { readContentInventory } from './content-inventory.ts';
import { type VerifiedContentSlice, verifyContentSlice } from './verify-content-slice.ts';

/** Slices checked concurrently: each keeps one object, its projection and the facts about its files in memory. */
const CONCURRENCY = 2;

/** Which content is verified, and how. */
export interface ContentVerifyOptions extends SliceFilter<ContentStreamName> {
  /** Whether to read the bytes of every file; otherwise only names, sizes and custody are compared. */
  readonly readsFiles: boolean;
  readonly signal: AbortSignal;
}

/** What was recomputed of one stream of content of one source. */
export interface ContentProof {
  readonly source: string;
  readonly stream: ContentStreamName;
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly days: number;
  /** Objects of both logs and projections, without files. */
  readonly objects: number;
  readonly rows: number;
  /** Files that are stored and held by a line of custody, with the sum of their sizes. */
  readonly files: number;
  readonly bytes: number;
  /** Whether their bytes were read. */
  readonly filesRead: boolean;
  /** Days that have closed, by their newest ledger entry. */
  readonly completeDays: number;
  readonly gapDays: number;
  readonly chain: readonly ChainSegment[];
}

/** The content that was verified, and every difference. */
export interface ContentVerifyReport {
  readonly streams: readonly ContentProof[];
  readonly differences: readonly Difference[];
}

/**
 * Recomputes the selected slices of content from only the stored objects, a few at a time, and reports every difference. Changes
 * nothing. Throws what the store throws.
 */
export const verifyContent = async (
  store: FileStore,
  options: ContentVerifyOptions,
): Promise<ContentVerifyReport> => {
  // Read first: there is no claim yet about a day that closes meanwhile.
  const claims = Map.groupBy(await claimedSlicesOf(store, options, CONTENT_STREAM_NAMES), streamOf);
  const found = await readContentInventory(store, options);
  const differences: Difference[] = [...found.differences];
  const streams: ContentProof[] = [];
  const byStream = Map.groupBy(found.slices, streamOf);
  for (const [label, [first, ...others]] of byStream) {
    if (!first) continue;
    const verified = await verifyStream(store, [first, ...others], claims.get(label) ?? [], options);
    streams.push(verified.proof);
    differences.push(...verified.differences);
  }
  for (const [label, claimed] of claims) {
    if (!byStream.has(label)) differences.push(...missingEntries(claimed, []));
  }
  return { streams, differences };
};

const streamOf = ({ source, stream }: ContentSlice): string => `${source} ${stream}`;

const verifyStream = async (
  store: FileStore,
  slices: readonly [ContentSlice, ...ContentSlice[]],
  claimed: readonly ContentSlice[],
  { from, to, readsFiles, signal }: ContentVerifyOptions,
): Promise<{ proof: ContentProof; differences: Difference[] }> => {
  const [{ source, stream, day: firstDay }] = slices;
  const accountId = await accountOf(store, source);
  const limit = pLimit(CONCURRENCY);
  const verified = await Promise.all(
    slices.map((slice) =>
      limit(async () => {
        signal.throwIfAborted();
        return toFigures(await verifyContentSlice(store, slice, { accountId, readsFiles, signal }));
      }),
    ),
  );

  const outside = await linksAround(store, { source, stream }, { from, to });
  const links = [...verified.flatMap((slice) => slice.links), ...outside];
  const chain = verifyChain(links, { from, to });
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
      files: sum(({ files }) => files),
      bytes: sum(({ bytes }) => bytes),
      filesRead: readsFiles,
      completeDays: sum(({ verdict }) => Number(verdict === 'complete')),
      gapDays: sum(({ verdict }) => Number(verdict === 'gap')),
      chain: chain.segments,
    },
    differences: [
      ...verified.flatMap((slice) => slice.differences),
      ...chain.differences,
      ...missingEntries(claimed, links),
    ],
  };
};

/** What is kept of a slice after its check: only figures. */
type Figures = Pick<VerifiedContentSlice, 'objects' | 'rows' | 'files' | 'bytes' | 'differences'> & {
  readonly verdict: LedgerEntry['verdict'] | undefined;
  readonly links: readonly ChainLink[];
};

const toFigures = ({ objects, rows, files, bytes, differences, entries }: VerifiedContentSlice): Figures => ({
  objects,
  rows,
  files,
  bytes,
  differences,
  verdict: entries.at(-1)?.entry?.verdict,
  links: entries.map(linkOf),
});
