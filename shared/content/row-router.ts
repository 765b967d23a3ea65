import { project } from './projection.ts';
import type { SliceLog } from '../collect/log/slice-log.ts';
import type { Clock, ObjectStore } from '../collect/ports.ts';
import { sequenceOf, slicePrefix } from '../contract/object-keys.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import type { Day } from '../model/day.ts';
import type { IdentifiedRow } from '../model/raw-row.ts';
import type { ContentSlice } from '../model/slice.ts';
import { identifyContent, openRows } from './content-log.ts';
import type { RoutedRow } from './streams/unit.ts';

/** Rows are committed when this many wait: one object of a slice for many hosts, not one for each. */
const MOST_WAITING = 5000;

/** The dependencies of a router. */
export interface RouterContext {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly source: string;
  readonly accountId: string;
}

/**
 * Takes the rows of many listings and commits each to the slice of its own day. A row is committed once: two copies in a listing
 * are one row that moved over a page edge, for every row of content has an identity.
 */
export class RowRouter {
  readonly #context: RouterContext;
  readonly #stream: ContentStreamName;
  readonly #logs = new Map<Day, SliceLog<ContentSlice>>();
  #waiting = new Map<Day, IdentifiedRow[]>();
  #count = 0;
  /** New rows that were committed. */
  committed = 0;
  /** The days of the rows that were added. */
  readonly days = new Set<Day>();

  constructor(context: RouterContext, stream: ContentStreamName) {
    this.#context = context;
    this.#stream = stream;
  }

  /** Adds rows. They are committed by the next `flush`, and may be before. */
  async add(rows: readonly RoutedRow[]): Promise<void> {
    for (const { day, row } of rows) {
      this.days.add(day);
      const ofDay = this.#waiting.get(day) ?? [];
      ofDay.push(identifyContent(this.#sliceOf(day), row));
      this.#waiting.set(day, ofDay);
      this.#count += 1;
    }
    if (this.#count >= MOST_WAITING) await this.flush();
  }

  /** Commits all rows, and projects them. */
  async flush(): Promise<void> {
    const { store, clock, accountId } = this.#context;
    const waiting = this.#waiting;
    this.#waiting = new Map();
    this.#count = 0;
    for (const [day, rows] of waiting) {
      const log = await this.#open(day);
      const fresh = [...new Map(rows.map((row) => [row.digest, row])).values()]
        .filter(({ digest }) => log.delivered(digest) === 0)
        .map((row) => ({ ...row, occurrence: 0 }));
      const committed = fresh.length === 0 ? undefined : await log.append(fresh, () => clock.now());
      if (committed) {
        this.committed += committed.rows.length;
        await project(store, log.slice, committed, accountId);
        await log.saveManifest();
      }
    }
  }

  /** Writes the projections that a killed collector left out, for the slices of these days. */
  async repair(days: readonly Day[]): Promise<void> {
    const { store, accountId } = this.#context;
    for (const day of days) {
      const log = await this.#open(day);
      if (log.objects.length === 0) continue;
      const projected = await store.list(slicePrefix('flat', log.slice));
      const present = new Set(projected.map(({ key }) => sequenceOf(key)));
      for (const { sequence } of log.objects) {
        if (!present.has(sequence)) await project(store, log.slice, await log.read(sequence), accountId);
      }
    }
  }

  /** The number of rows in the log of a day. */
  async rowsOf(day: Day): Promise<number> {
    return (await this.#open(day)).rows;
  }

  #sliceOf(day: Day): ContentSlice {
    return { source: this.#context.source, stream: this.#stream, day };
  }

  async #open(day: Day): Promise<SliceLog<ContentSlice>> {
    const found = this.#logs.get(day) ?? (await openRows(this.#context.store, this.#sliceOf(day)));
    this.#logs.set(day, found);
    return found;
  }
}
