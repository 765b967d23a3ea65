import { dayIn } from '../../model/day.ts';
import { eventIdOf } from '../../model/event-id.ts';
import { isContentStream } from '../../model/content-stream.ts';
import { isPlaced, type RowDigest } from '../../model/raw-row.ts';
import type { AnySlice } from '../../model/slice.ts';
import { digestOfIds, type LedgerEntry } from '../ledger/ledger.ts';
import type { LoggedRows } from '../log/slice-log.ts';

/** The totals of a ledger entry, computed from the log itself. */
export type Totals = Pick<
  LedgerEntry,
  'rows' | 'distinct' | 'rejected' | 'digest' | 'first_event' | 'last_event'
>;

/** Adds up a slice's log, object by object. */
export class RunningTotals {
  readonly #slice: AnySlice;
  readonly #digests = new Set<RowDigest>();
  readonly #ids: string[] = [];
  #objects = 0;
  #rows = 0;
  #first = '';
  #last = '';

  constructor(slice: AnySlice) {
    this.#slice = slice;
  }

  apply({ rows }: LoggedRows): void {
    const { source, stream } = this.#slice;
    this.#objects += 1;
    this.#rows += rows.length;
    for (const row of rows) {
      const { digest, occurrence, time } = row;
      this.#digests.add(digest);
      if (!isPlaced(row)) continue;
      // A row of content belongs to the day of its slice, whatever its own time is.
      const day = isContentStream(stream) ? this.#slice.day : dayIn(time);
      this.#ids.push(eventIdOf({ source, stream, day, digest, occurrence }));
      if (this.#first === '' || time < this.#first) this.#first = time;
      if (time > this.#last) this.#last = time;
    }
  }

  get objects(): number {
    return this.#objects;
  }

  get rows(): number {
    return this.#rows;
  }

  get events(): number {
    return this.#ids.length;
  }

  /** The totals up to here. */
  get totals(): Totals {
    return {
      rows: this.#rows,
      distinct: this.#digests.size,
      rejected: this.#rows - this.#ids.length,
      digest: digestOfIds(this.#ids),
      ...(this.#first !== '' && { first_event: this.#first, last_event: this.#last }),
    };
  }
}
