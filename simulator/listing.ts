import type { StoredRow } from './row-store.ts';

/** `shuffled`: a random order per listing, the same on all its pages. */
export type RowOrder = 'newest-first' | 'oldest-first' | 'shuffled';

/** `snapshot`: a listing keeps its initial rows. `live`: each page reads the current rows, so new rows shift the others. */
export type Paging = 'snapshot' | 'live';

/** Days of rows, the latest day first, each newest first. */
export type Days = readonly (readonly StoredRow[])[];

/** One listing: the state shared by its page tokens. */
export interface Listing {
  /** Up to `count` rows from an offset, and whether they are the last. */
  rows(offset: number, count: number): { readonly rows: readonly StoredRow[]; readonly last: boolean };
}

interface ListingOptions {
  readonly order: RowOrder;
  readonly paging: Paging;
  /** Decides the shuffled order. */
  readonly salt: number;
}

/** Begins a listing; `look` returns the current days. A page costs only its own size unless the rows have changed. */
export const createListing = (look: () => Days, { order, paging, salt }: ListingOptions): Listing => {
  const snapshot = paging === 'snapshot' ? look() : undefined;
  let arrangedFrom: Days | undefined;
  let arranged: Days = [];

  const current = (): Days => {
    const days = snapshot ?? look();
    if (arrangedFrom?.length !== days.length || days.some((day, i) => day !== arrangedFrom?.[i])) {
      arrangedFrom = days;
      arranged = order === 'shuffled' ? [shuffled(days.flat(), salt)] : days;
    }
    return arranged;
  };

  return {
    rows: (offset, count) => {
      const days = current();
      const total = days.reduce((sum, day) => sum + day.length, 0);
      const end = Math.min(offset + count, total);
      const rows =
        order === 'oldest-first' ? cut(days, total - end, total - offset).reverse() : cut(days, offset, end);
      return { rows, last: end >= total };
    },
  };
};

/** The rows from one position (included) to another (excluded), counted over all days. */
const cut = (days: Days, from: number, to: number): StoredRow[] => {
  const rows: StoredRow[] = [];
  let start = 0;
  for (const day of days) {
    rows.push(...day.slice(Math.max(0, from - start), Math.max(0, to - start)));
    start += day.length;
  }
  return rows;
};

/** Sorts by a hash of the serial: later rows are inserted without moving the others. */
const shuffled = (rows: StoredRow[], salt: number): StoredRow[] =>
  rows.sort((a, b) => mix(a.serial ^ salt) - mix(b.serial ^ salt) || a.serial - b.serial);

const mix = (value: number): number => {
  const once = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  const twice = Math.imul(once ^ (once >>> 16), 0x45d9f3b);
  return (twice ^ (twice >>> 16)) >>> 0;
};
