import { hash } from 'node:crypto';
import type { LoggedRows } from '../../collect/log/slice-log.ts';
import { type Difference, truncated } from '../../collect/verify/verify-difference.ts';
import { type FoundEntry, readEntriesStrictly, verifyEntries } from '../../collect/verify/verify-ledger.ts';
import { type FoundRawObject, readLogStrictlyAs } from '../../collect/verify/verify-log.ts';
import { dedupeMissing } from '../../collect/verify/verify-slice.ts';
import { objectKey } from '../../contract/object-keys.ts';
import type { ContentStreamName } from '../../model/content-stream.ts';
import type { Slice } from '../../model/slice.ts';
import { CONTENT_RAW } from '../content-log.ts';
import { filesOf } from '../content-streams.ts';
import { CUSTODY, fromCustodyLine } from '../custody-row.ts';
import { FirstListings } from '../ocsf/file-activity.ts';
import type { FileStore } from '../ports.ts';
import { listContentObjects, orphanedFlat } from './slice-objects.ts';
import { SliceFigures } from './slice-figures.ts';
import { type CustodyLine, verifyCustody } from './verify-custody.ts';
import { verifyFileActivities } from './verify-file-activities.ts';
import { type FileChecks, verifyFiles } from './verify-files.ts';
import { verifyFlat } from './verify-flat.ts';

/** How a slice of content is verified. */
export interface ContentChecks extends FileChecks {
  /** Zoom's id of the account; undefined if unknown. */
  readonly accountId: string | undefined;
}

/** The result of checking one slice of content. */
export interface VerifiedContentSlice {
  /** Objects of both logs and projections; the files are counted apart. */
  readonly objects: number;
  readonly rows: number;
  readonly files: number;
  readonly bytes: number;
  /** Its ledger entries, oldest revision first. */
  readonly entries: readonly FoundEntry[];
  readonly differences: readonly Difference[];
}

/**
 * Recomputes a slice of content from its stored objects, and reports every difference: within both logs, between the rows and their
 * projections, between custody, the rows and the files, between the ledger and all of them, and foreign objects among them.
 */
export const verifyContentSlice = async (
  store: FileStore,
  slice: Slice<ContentStreamName>,
  checks: ContentChecks,
): Promise<VerifiedContentSlice> => {
  const [objects, ledger] = await Promise.all([
    listContentObjects(store, slice),
    readEntriesStrictly(store, slice),
  ]);
  const differences: Difference[] = [...objects.differences, ...ledger.differences];
  const hashes = new Map<string, string>();
  const keep = (key: string, bytes: Buffer): void => void hashes.set(key, hash('sha256', bytes, 'hex'));
  const figures = new SliceFigures(
    slice,
    ledger.entries.map(({ entry }) => entry),
  );
  const listings = new FirstListings();
  let isKnown = true;

  for await (const found of readLogStrictlyAs(CONTENT_RAW, store, slice, [...objects.raw])) {
    keep(found.key, found.bytes);
    differences.push(...found.differences, ...repeatedRows(found));
    const flatKey = objectKey('flat', slice, found.sequence);
    const flat = objects.flat.has(found.sequence) ? await store.read(flatKey) : undefined;
    if (flat) keep(flatKey, flat);
    const isWhole = found.logged !== undefined && found.damagedLines === 0;
    isKnown &&= isWhole && found.differences.length === 0;
    if (!found.logged) continue;
    figures.addRaw(found.sequence, found.logged, isWhole);
    listings.add(found.logged.rows.flatMap(({ row }) => filesOf(slice.stream, row)));
    if (isWhole) differences.push(...(await verifyFlat(slice, found.logged, flat, checks.accountId)));
  }

  for (const difference of orphanedFlat(slice, objects)) {
    isKnown = false;
    differences.push(difference);
  }

  const lines: CustodyLine[] = [];
  const custody: LoggedRows[] = [];
  for await (const found of readLogStrictlyAs(CUSTODY, store, slice, [...objects.custody])) {
    keep(found.key, found.bytes);
    const read = custodyLines(found);
    differences.push(...found.differences, ...repeatedRows(found), ...read.differences);
    const isWhole = found.logged !== undefined && found.damagedLines === 0 && read.differences.length === 0;
    isKnown &&= isWhole && found.differences.length === 0;
    lines.push(...read.lines);
    if (found.logged) custody.push(found.logged);
    figures.addCustody(
      found.sequence,
      read.lines.map(({ row }) => row),
      isWhole,
    );
  }

  const activities = new Map<number, Buffer>();
  for (const sequence of objects.ocsf) {
    const key = objectKey('ocsf', slice, sequence);
    const stored = await store.read(key);
    if (!stored) continue;
    keep(key, stored);
    activities.set(sequence, stored);
  }

  const items = figures.items();
  if (isKnown) {
    differences.push(...verifyCustody(slice, items, lines));
    const { accountId } = checks;
    const made = { slice, custody, listings, stored: activities, accountId };
    differences.push(...(await verifyFileActivities(made)));
  }
  const files = await verifyFiles(store, { slice, keys: objects.files, items, lines, isKnown }, checks);
  differences.push(...files.differences);
  const { totalsAfter, filesAfter } = figures;
  differences.push(...verifyEntries(slice, ledger.entries, { objects: hashes, totalsAfter, filesAfter }));
  return {
    objects: hashes.size,
    rows: figures.rows,
    files: files.files,
    bytes: files.bytes,
    entries: ledger.entries,
    differences: truncated(dedupeMissing(differences)),
  };
};

/** A collector commits a row, or a conclusion, once: a copy was added. */
const repeatedRows = ({ key, logged, lines }: FoundRawObject): Difference[] =>
  (logged?.rows ?? []).flatMap(({ occurrence }, index): Difference[] =>
    occurrence === 0
      ? []
      : [
          {
            kind: 'line-added',
            key,
            line: lines[index] ?? 0,
            message: 'The log has an equal row already, and a collector commits each once: it was added.',
          },
        ],
  );

const custodyLines = ({
  key,
  logged,
  lines,
}: FoundRawObject): { lines: CustodyLine[]; differences: Difference[] } => {
  const read: CustodyLine[] = [];
  const differences: Difference[] = [];
  for (const [index, logRow] of (logged?.rows ?? []).entries()) {
    const line = lines[index] ?? 0;
    const row = fromCustodyLine(logRow);
    if (row) {
      read.push({ key, line, row });
      continue;
    }
    const message =
      'It is no line of custody: it was edited, or a newer version of zoom-log-source wrote it. Restore it, or update.';
    differences.push({ kind: 'damaged-object', key, line, message });
  }
  return { lines: read, differences };
};
