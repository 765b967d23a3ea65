import { dayOf, parseTime, startOf } from './calendar.ts';

/** Zoom's two audit reports: the operation log, and sign in / sign out activity. */
export type StreamName = 'operation' | 'activity';

export const STREAM_NAMES: readonly StreamName[] = ['operation', 'activity'];

/** A row to be served: any JSON value, verbatim. Equal rows are twins: two real events, served twice. */
export interface SimulatedRow {
  readonly stream: StreamName;
  readonly row?: unknown;
  /** Its text, served verbatim instead of `row`: for forms that no value serializes to (`1.0`, a repeated name, blanks). */
  readonly json?: string | undefined;
  /** The day whose listing has the row. Default: the UTC day of the row's `time`; needed if that is unreadable. */
  readonly day?: string | undefined;
  /** When the row appears in the report: later than its time for a late row. Default: immediately. */
  readonly visibleFrom?: Date | string | undefined;
}

/** A stored row: serialized once, because a big day is served thousands of times. */
export interface StoredRow {
  readonly json: string;
  /** The row's time, for ordering; the start of its day if it has none. */
  readonly time: number;
  readonly visibleFrom: number;
  /** The order of insertion, for rows of the same second. */
  readonly serial: number;
}

/** All rows of one Zoom account, by stream and day. */
export interface RowStore {
  /** Throws a RangeError for a row with neither a readable time nor a day. */
  add(rows: Iterable<SimulatedRow>): void;
  /** The rows of a day that are visible at an instant, newest first. The same array as long as nothing changes. */
  visible(stream: StreamName, day: string, now: number): readonly StoredRow[];
  /** Every row of a day, visible or not, unordered. */
  all(stream: StreamName, day: string): readonly StoredRow[];
  /** The days that have rows, oldest first. */
  days(stream: StreamName): string[];
}

export const createRowStore = (): RowStore => {
  const shelves: Record<StreamName, Map<string, Shelf>> = { operation: new Map(), activity: new Map() };
  let serial = 0;

  return {
    add: (rows) => {
      for (const given of rows) {
        const { day, stored } = storedRow(given, serial++);
        const shelf = shelves[given.stream].get(day) ?? createShelf();
        shelves[given.stream].set(day, shelf);
        shelf.add(stored);
      }
    },
    visible: (stream, day, now) => shelves[stream].get(day)?.visible(now) ?? NO_ROWS,
    all: (stream, day) => shelves[stream].get(day)?.all() ?? NO_ROWS,
    days: (stream) => [...shelves[stream].keys()].sort(),
  };
};

const NO_ROWS: readonly StoredRow[] = [];

const storedRow = ({ row, json: text, day, visibleFrom }: SimulatedRow, serial: number) => {
  const written = JSON.stringify(row) as string | undefined;
  const json = text ?? written;
  const value: unknown = text === undefined ? row : JSON.parse(text);
  const time = parseTime((value as { time?: unknown } | null | undefined)?.time);
  const shelfDay = day ?? (time === undefined ? undefined : dayOf(time));
  if (json === undefined) throw new RangeError('A row must be a JSON value.');
  if (shelfDay === undefined) throw new RangeError(`A row without a readable time needs a day: ${json}`);

  const visible = visibleFrom === undefined ? -Infinity : new Date(visibleFrom).getTime();
  return { day: shelfDay, stored: { json, time: time ?? startOf(shelfDay), visibleFrom: visible, serial } };
};

interface Shelf {
  add(row: StoredRow): void;
  visible(now: number): readonly StoredRow[];
  all(): readonly StoredRow[];
}

/**
 * One day's rows. The sorted visible rows are replaced, never changed: a page costs only its own size, and a snapshot is a
 * reference.
 */
const createShelf = (): Shelf => {
  let shown: readonly StoredRow[] = NO_ROWS;
  let shownAt = -Infinity;
  let hidden: StoredRow[] = [];
  let nextDue = Infinity;

  return {
    add: (row) => {
      hidden.push(row);
      nextDue = Math.min(nextDue, row.visibleFrom);
    },
    visible: (now) => {
      if (now < shownAt) {
        hidden = [...shown, ...hidden];
        shown = NO_ROWS;
        nextDue = -Infinity;
      }
      shownAt = now;
      if (nextDue > now) return shown;

      shown = merged(
        shown,
        hidden.filter((row) => row.visibleFrom <= now),
      );
      hidden = hidden.filter((row) => row.visibleFrom > now);
      nextDue = hidden.reduce((earliest, row) => Math.min(earliest, row.visibleFrom), Infinity);
      return shown;
    },
    all: () => [...shown, ...hidden],
  };
};

const newestFirst = (a: StoredRow, b: StoredRow) => b.time - a.time || b.serial - a.serial;

const merged = (sorted: readonly StoredRow[], due: readonly StoredRow[]): readonly StoredRow[] => {
  const [only] = due;
  if (only === undefined) return sorted;
  if (due.length > 1) return [...sorted, ...due].sort(newestFirst);

  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (newestFirst(sorted[middle] ?? only, only) < 0) low = middle + 1;
    else high = middle;
  }
  return sorted.toSpliced(low, 0, only);
};
