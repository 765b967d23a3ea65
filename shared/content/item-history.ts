import type { ObjectStore } from '../collect/ports.ts';
import type { RawRow } from '../model/raw-row.ts';
import type { ContentSlice } from '../model/slice.ts';
import { type CustodyRow, openCustody, readCustody } from './custody-row.ts';
import { openRows } from './content-log.ts';
import { filesOf } from './content-streams.ts';
import type { ListedFile } from './listed-file.ts';

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
  readonly slice: ContentSlice;
  readonly item: string;
  /** Oldest first. */
  readonly rows: readonly ItemRow[];
  readonly custody: readonly CustodyRow[];
}

/** Reads the rows and custody lines of each file of a slice. */
export const readItemHistories = async (store: ObjectStore, slice: ContentSlice): Promise<ItemHistory[]> => {
  const [raw, custody] = await Promise.all([openRows(store, slice), openCustody(store, slice)]);
  const rows = new Map<string, ItemRow[]>();
  for (const { sequence } of raw.objects) {
    const { rows: logged, commitTime } = await raw.read(sequence);
    for (const { row, json } of logged) {
      for (const file of filesOf(slice.stream, row)) {
        const ofItem = rows.get(file.item) ?? [];
        rows.set(file.item, ofItem);
        ofItem.push({ storedAt: commitTime, file, row, json });
      }
    }
  }
  const done = Map.groupBy(await readCustody(custody), ({ item }) => item);
  return [...rows].map(([item, ofItem]) => ({ slice, item, rows: ofItem, custody: done.get(item) ?? [] }));
};
