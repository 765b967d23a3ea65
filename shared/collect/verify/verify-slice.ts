import { hash } from 'node:crypto';
import { dayIn } from '../../model/day.ts';
import { isPlaced } from '../../model/raw-row.ts';
import type { Slice } from '../../model/slice.ts';
import { objectKey } from '../../contract/object-keys.ts';
import type { ObjectStore } from '../ports.ts';
import type { LoggedRows } from '../log/slice-log.ts';
import { truncated, type Difference, type DifferenceKind } from './verify-difference.ts';
import { type FoundEntry, objectsOfLogIn, readEntriesStrictly, verifyEntries } from './verify-ledger.ts';
import { readLogStrictly } from './verify-log.ts';
import { listNumbers, orphanedDifferences, orphanedProjections } from './verify-object-names.ts';
import {
  type ExpectedProjections,
  type OtherMappings,
  PROJECTED,
  type Projected,
  verifyProjections,
} from './verify-projections.ts';
import type { MisdatedRow } from './verify-misdated.ts';
import { RunningTotals, type Totals } from './verify-totals.ts';

/** The result of checking one slice. */
export interface VerifiedSlice {
  readonly slice: Slice;
  /** Raw objects and projections. */
  readonly objects: number;
  readonly rows: number;
  readonly events: number;
  /** Lines of older mappings than this release's, by mapping. */
  readonly otherMappings: OtherMappings;
  readonly misdated: readonly MisdatedRow[];
  /** Its ledger entries, oldest revision first. */
  readonly entries: readonly FoundEntry[];
  readonly differences: readonly Difference[];
}

/**
 * Recomputes a slice from its raw objects, which only the ledger can prove, and reports every difference: in the log itself,
 * between the log and each projection, between the ledger and both, and foreign objects among them.
 */
export const verifySlice = async (
  store: ObjectStore,
  slice: Slice,
  expected: ExpectedProjections,
): Promise<VerifiedSlice> => {
  const [{ numbers, differences: misnamed }, ledger] = await Promise.all([
    listNumbers(store, slice),
    readEntriesStrictly(store, slice),
  ]);
  const differences: Difference[] = [...misnamed, ...ledger.differences];
  const hashes = new Map<string, string>();
  const keep = (key: string, bytes: Buffer): void => void hashes.set(key, hash('sha256', bytes, 'hex'));
  const readProjection = async (kind: Projected, sequence: number): Promise<Buffer> => {
    const key = objectKey(kind, slice, sequence);
    const bytes = (await store.read(key)) ?? Buffer.alloc(0);
    keep(key, bytes);
    return bytes;
  };

  const running = new RunningTotals(slice);
  const totalsAfter = new Map<number, Totals>([[0, running.totals]]);
  const wanted = new Set(ledger.entries.map(({ entry }) => entry && objectsOfLogIn(entry, 'raw')));
  const misdated: MisdatedRow[] = [];
  const otherMappings: OtherMappings = new Map();
  for await (const found of readLogStrictly(store, slice, [...numbers.raw])) {
    const { key, sequence, bytes, logged, lines, damagedLines, differences: ofLog } = found;
    differences.push(...ofLog);
    keep(key, bytes);
    const kinds = PROJECTED.filter((kind) => numbers[kind].has(sequence));
    const stored = new Map(
      await Promise.all(kinds.map(async (kind) => [kind, await readProjection(kind, sequence)] as const)),
    );
    if (!logged) continue;
    differences.push(
      ...(await verifyProjections(slice, logged, stored, expected, otherMappings, damagedLines)),
    );
    misdated.push(...misdatedIn(key, slice, logged, lines));
    // The totals of an object with a damaged line are unknown.
    if (damagedLines > 0) continue;
    running.apply(logged);
    // A lost object makes every later sum too small, so these are not compared.
    const count = sequence + 1;
    if (running.objects === count && wanted.has(count)) totalsAfter.set(count, running.totals);
  }

  for (const [sequence, kinds] of orphanedProjections(numbers)) {
    for (const kind of kinds) await readProjection(kind, sequence);
    const isInGap = sequence < Math.max(-1, ...numbers.raw);
    if (!isInGap) differences.push(...orphanedDifferences(slice, sequence, kinds, expected.formats));
  }
  const stored = { objects: hashes, totalsAfter: (count: number) => totalsAfter.get(count) };
  differences.push(...verifyEntries(slice, ledger.entries, stored));
  return {
    slice,
    objects: hashes.size,
    rows: running.rows,
    events: running.events,
    otherMappings,
    misdated: misdated,
    entries: ledger.entries,
    differences: truncated(dedupeMissing(differences)),
  };
};

const misdatedIn = (
  key: string,
  slice: Slice,
  { rows }: LoggedRows,
  lines: readonly number[],
): MisdatedRow[] =>
  rows.flatMap((row, index): MisdatedRow[] => {
    const day = dayIn(row.time);
    const { digest, occurrence } = row;
    return isPlaced(row) && day !== slice.day
      ? [{ key, line: lines[index] ?? 0, day, digest, occurrence }]
      : [];
  });

const ABSENCES: ReadonlySet<DifferenceKind> = new Set([
  'sequence-gap',
  'missing-projection',
  'missing-object',
]);

/** A missing object may be detected by its neighbours and by the ledger, too: it is reported once. */
export const dedupeMissing = (differences: readonly Difference[]): Difference[] => {
  const seen = new Set<string>();
  return differences.filter(({ kind, key }) => {
    if (!ABSENCES.has(kind)) return true;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
};
