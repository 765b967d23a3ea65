import type { BeforeRequest, Clock } from '../collect/ports.ts';
import type { ListedRow, RawRow } from '../model/listed-row.ts';
import type { ContentListings, ListRequest } from './listings.ts';

/** How often a list is read until its rows match Zoom's count. */
const MOST_READINGS = 4;

/** A list that was read to its end. */
export interface WholeList {
  /** Every row of all readings, each once. */
  readonly rows: readonly ListedRow[];
  /** Every row of the lists beside them, each once, by field. */
  readonly beside: ReadonlyMap<string, readonly ListedRow[]>;
  readonly beganAt: Date;
  readonly endedAt: Date;
  /** Zoom's count; undefined if it gave none. */
  readonly total: number | undefined;
  /** Whether the rows are all there are, by Zoom's count or by two equal readings. */
  readonly isProven: boolean;
  /** Zoom answered that there is no such person or account. */
  readonly isAbsent: boolean;
}

/**
 * Reads a list until it is proven whole. Every page of a list that ended early is a success, and only Zoom's own count shows it
 * (zoom-content-api: recordings); a row that moves over a page edge is served twice. So distinct rows are counted, by the identity
 * that `keyOf` gives. A list without a count is read until two readings have the same rows: two in a row, or two that have all rows.
 */
export const readWholeList = async (
  listings: ContentListings,
  request: ListRequest,
  keyOf: (row: RawRow, index: number) => string,
  clock: Pick<Clock, 'now'>,
  signal: AbortSignal,
  beforeRequest?: BeforeRequest,
): Promise<WholeList> => {
  const rows = new Map<string, ListedRow>();
  const beside = new Map<string, Map<string, ListedRow>>();
  const beganAt = clock.now();
  let before: string | undefined;
  const earlier = new Set<string>();
  let total: number | undefined;
  let isProven = false;
  let isAbsent = false;
  for (let attempt = 0; attempt < MOST_READINGS && !isProven; attempt += 1) {
    let keys = new Set<string>();
    let keysBeside = new Set<string>();
    let count = 0;
    for await (const page of listings.pages(request, signal, beforeRequest)) {
      if (page.index === 0) [keys, keysBeside, count] = [new Set(), new Set(), 0];
      isAbsent = page.absent;
      total = page.total ?? total;
      for (const listed of page.rows) {
        const key = keyOf(listed.row, count);
        count += 1;
        keys.add(key);
        rows.set(key, listed);
      }
      for (const [field, listedBeside] of page.beside ?? []) {
        const ofField = beside.get(field) ?? new Map<string, ListedRow>();
        beside.set(field, ofField);
        listedBeside.forEach((listed, index) => {
          const key = keyOf(listed.row, index);
          keysBeside.add(`${field} ${key}`);
          ofField.set(key, listed);
        });
      }
    }
    const found = JSON.stringify([[...keys].sort(), [...keysBeside].sort()]);
    isProven =
      isAbsent ||
      (total === undefined
        ? found === before || (earlier.has(found) && keys.size === rows.size)
        : keys.size >= total);
    before = found;
    earlier.add(found);
  }
  return {
    rows: [...rows.values()],
    beside: new Map([...beside].map(([field, ofField]) => [field, [...ofField.values()]])),
    beganAt,
    endedAt: clock.now(),
    total,
    isProven,
    isAbsent,
  };
};
