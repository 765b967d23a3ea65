import { SliceLog } from '../collect/log/slice-log.ts';
import type { ObjectStore } from '../collect/ports.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import type { RawRow } from '../model/raw-row.ts';
import type { Slice } from '../model/slice.ts';
import { type CustodyRow, openCustody, readCustody } from './custody-row.ts';
import { fileOfRow, type ListedFile } from './recording-rows.ts';

/** One row of a file, as Zoom listed it, and when it was stored. */
export interface ItemRow {
  readonly storedAt: Date;
  readonly file: ListedFile;
  readonly row: RawRow;
  /** Its text, as Zoom sent it. */
  readonly json: string;
}

/** All that is stored about one file: what Zoom listed, and what was done. */
export interface ItemHistory {
  readonly slice: Slice<ContentStreamName>;
  readonly item: string;
  /** Oldest first. */
  readonly rows: readonly ItemRow[];
  readonly custody: readonly CustodyRow[];
}

/** Reads the rows and custody lines of each file of a slice. */
export const readItemHistories = async (
  store: ObjectStore,
  slice: Slice<ContentStreamName>,
): Promise<ItemHistory[]> => {
  const [raw, custody] = await Promise.all([SliceLog.open(store, slice), openCustody(store, slice)]);
  const rows = new Map<string, ItemRow[]>();
  for (const { sequence } of raw.objects) {
    const { rows: logged, commitTime } = await raw.read(sequence);
    for (const { row, json } of logged) {
      const file = fileOfRow(row);
      if (!file) continue;
      const ofItem = rows.get(file.item) ?? [];
      rows.set(file.item, ofItem);
      ofItem.push({ storedAt: commitTime, file, row, json });
    }
  }
  const done = Map.groupBy(await readCustody(custody), ({ item }) => item);
  return [...rows].map(([item, ofItem]) => ({ slice, item, rows: ofItem, custody: done.get(item) ?? [] }));
};
