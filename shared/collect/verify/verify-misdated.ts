import type { Day } from '../../model/day.ts';
import type { RowDigest } from '../../model/raw-row.ts';
import type { Slice } from '../../model/slice.ts';
import type { ObjectStore } from '../ports.ts';
import { truncated, type Difference } from './verify-difference.ts';
import { readLogStrictly } from './verify-log.ts';
import { listNumbers } from './verify-object-names.ts';

/** A row that is stored under another day than its own. */
export interface MisdatedRow {
  readonly key: string;
  readonly line: number;
  /** Its own day. */
  readonly day: Day;
  readonly digest: RowDigest;
  readonly occurrence: number;
}

/**
 * Finds events that are stored under two days of a stream. An id contains the row's own day, so it can repeat only if a row is
 * stored under another day: in that day's slice, or in a third one.
 */
export const verifyMisdated = async (
  store: ObjectStore,
  stream: Pick<Slice, 'source' | 'stream'>,
  misdated: readonly MisdatedRow[],
): Promise<Difference[]> => {
  const differences: Difference[] = [];
  for (const [day, ofDay] of Map.groupBy(misdated, (misdatedRow) => misdatedRow.day)) {
    const places = await placesOf(store, { ...stream, day }, new Set(ofDay.map(({ digest }) => digest)));
    for (const misdatedRow of ofDay) {
      const id = identityOf(misdatedRow);
      const other = places.get(id);
      if (other === undefined) places.set(id, misdatedRow.key);
      else {
        const message = `The row is also in ${other}, so one event id is delivered under two days.`;
        differences.push({ kind: 'repeated-id', key: misdatedRow.key, line: misdatedRow.line, message });
      }
    }
  }
  return truncated(differences);
};

const identityOf = ({ digest, occurrence }: Pick<MisdatedRow, 'digest' | 'occurrence'>): string =>
  `${digest} ${occurrence}`;

/** The places of copies of some rows in a slice. */
const placesOf = async (
  store: ObjectStore,
  slice: Slice,
  digests: ReadonlySet<RowDigest>,
): Promise<Map<string, string>> => {
  const places = new Map<string, string>();
  const { numbers } = await listNumbers(store, slice);
  for await (const { key, logged } of readLogStrictly(store, slice, [...numbers.raw])) {
    for (const row of logged?.rows ?? []) if (digests.has(row.digest)) places.set(identityOf(row), key);
  }
  return places;
};
