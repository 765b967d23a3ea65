import { hash } from 'node:crypto';
import pLimit from 'p-limit';
import { type LedgerEntry, readLedger } from '../collect/ledger/ledger.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { CorruptObjectError } from '../errors.ts';
import { formatCount } from '../model/format-count.ts';
import { labelOf, type Slice } from '../model/slice.ts';
import { curatedKey } from '../contract/object-keys.ts';
import { CURATED_TABLES } from './curated-tables.ts';
import { encodeDay } from './encode-day.ts';
import { mergeEvents } from './merge-events.ts';
import { objectEvents } from './object-events.ts';

/** Maximum events of a day. `npm run bench:compaction` measures the memory and time for that many. */
export const MAX_EVENTS = 1_000_000;

/** Objects read concurrently. */
const CONCURRENCY = 16;

/**
 * Why a closed day is not compacted. Nothing is lost: readers use the lines of that day.
 * `gap`: it was never read whole; `no-flat`: not all of its events have flat lines; `too-large`: see MAX_EVENTS.
 */
export type LeftReason = 'gap' | 'no-flat' | 'too-large' | 'damaged';

/** The result of compacting a slice. */
export type CompactedSlice =
  | {
      readonly kind: 'written';
      readonly slice: Slice;
      readonly key: string;
      readonly events: number;
      readonly bytes: number;
    }
  | { readonly kind: 'up-to-date'; readonly slice: Slice }
  | { readonly kind: 'left'; readonly slice: Slice; readonly reason: LeftReason; readonly message: string };

/**
 * Writes a closed day into one file: exactly the events of the flat objects in the newest entry of its ledger, each object
 * checked by its hash there. `written` is the newest revision that has a file: if it has the same
 * digest, there is nothing to write.
 */
export const compactSlice = async (
  store: ObjectStore,
  slice: Slice,
  written: number | undefined,
): Promise<CompactedSlice> => {
  const entries = (await readLedger(store, slice)).map(({ entry }) => entry);
  const entry = entries.at(-1);
  const events = entry ? entry.rows - entry.rejected : 0;
  if (!entry || isWritten(entries, entry, written)) return { kind: 'up-to-date', slice };
  const left = reasonToLeave(entry, events);
  if (left) return { kind: 'left', slice, ...left };
  if (events === 0) return { kind: 'up-to-date', slice };

  const objects = await readFlatObjects(store, entry);
  const merged = mergeEvents(objects.map(({ key, bytes }) => objectEvents(key, bytes)));
  const encoded = await encodeDay(merged, CURATED_TABLES[slice.stream], entry.revision);
  if (encoded.events !== events) {
    const message = `Its ledger counts ${formatCount(events)} events, and its flat objects have ${formatCount(encoded.events)}. Collect the day again, with "flat" among the formats.`;
    return { kind: 'left', slice, reason: 'no-flat', message };
  }
  const key = curatedKey(slice, entry.revision);
  await store.create(key, encoded.bytes, {
    records: String(events),
    format: 'parquet',
    'ledger-revision': String(entry.revision),
  });
  return { kind: 'written', slice, key, events, bytes: encoded.bytes.length };
};

const isWritten = (
  entries: readonly LedgerEntry[],
  newest: LedgerEntry,
  written: number | undefined,
): boolean => entries.find(({ revision }) => revision === written)?.digest === newest.digest;

const reasonToLeave = (
  entry: LedgerEntry,
  events: number,
): { reason: LeftReason; message: string } | undefined => {
  if (entry.verdict === 'gap') {
    return { reason: 'gap', message: 'Zoom had forgotten it before it could be read whole.' };
  }
  if (events > MAX_EVENTS) {
    return {
      reason: 'too-large',
      message: `It has ${formatCount(events)} events, and a file holds ${formatCount(MAX_EVENTS)} at most.`,
    };
  }
  if (events > 0 && flatObjectsOf(entry).length === 0) {
    return { reason: 'no-flat', message: `None of its ${formatCount(events)} events have flat lines.` };
  }
  return undefined;
};

const flatObjectsOf = ({ objects }: LedgerEntry): LedgerEntry['objects'] =>
  objects.filter(({ key }) => key.startsWith('flat/'));

const readFlatObjects = (
  store: ObjectStore,
  entry: LedgerEntry,
): Promise<{ key: string; bytes: Buffer }[]> => {
  const limit = pLimit(CONCURRENCY);
  return Promise.all(
    flatObjectsOf(entry).map(({ key, sha256 }) =>
      limit(async () => {
        const bytes = await store.read(key);
        if (!bytes)
          throw new CorruptObjectError(key, `the ledger of ${labelOf(entry)} names it, but it is missing`);
        if (hash('sha256', bytes, 'hex') === sha256) return { key, bytes };
        throw new CorruptObjectError(key, `its bytes differ from the ledger of ${labelOf(entry)}`);
      }),
    ),
  );
};
