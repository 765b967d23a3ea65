import { verifyStore } from '../../../shared/collect/verify/verify-store.ts';
import { isNote } from '../../../shared/collect/verify/verify-difference.ts';
import type { ObjectStore } from '../../../shared/collect/ports.ts';
import type { StreamName } from '../../../shared/model/stream.ts';
import type { Format } from '../../../shared/normalize/index.ts';
import type { RowStore } from '../../../simulator/row-store.ts';
import type { Bucket } from '../simulated-store.ts';
import type { Violate } from './invariant-violation.ts';
import { countRows, type Delivery, projectionsOf } from './delivery.ts';

/** A stream and a day of which Zoom has rows. */
export interface ListedSlice {
  readonly stream: StreamName;
  readonly day: string;
}

/** The checks of a world long after its last fault. */
export class AtTheEnd {
  readonly #bucket: Bucket;
  readonly #rows: RowStore;
  readonly #delivery: Delivery;
  readonly #violate: Violate;

  constructor(bucket: Bucket, rows: RowStore, delivery: Delivery, violate: Violate) {
    this.#bucket = bucket;
    this.#rows = rows;
    this.#delivery = delivery;
    this.#violate = violate;
  }

  /** Every row is stored, as often as Zoom has it; each raw object has its projections; the last ledger entry equals the log. */
  check(
    slices: readonly ListedSlice[],
    formatsOf: ReadonlyMap<string, readonly Format[]>,
    isConfirmed: boolean,
  ): void {
    for (const { stream, day } of slices) {
      const slice = this.#delivery.slice(stream, day);
      // A day that is not confirmed yet may have rows that came after it closed.
      if (isConfirmed) this.#checkRows(slice);
      for (const { key } of projectionsOf(slice, formatsOf.get(`${stream} ${day}`) ?? [])) {
        if (!this.#bucket.read(key)) this.#violate('each-projection-is-made', `${key} is not there`);
      }
      this.#checkLedger(slice, isConfirmed);
    }
  }

  /** The result of the product's own verification. */
  async verify(formats: readonly Format[]): Promise<void> {
    const store: ObjectStore = {
      list: (prefix) => Promise.resolve(this.#bucket.list(prefix)),
      read: (key) => Promise.resolve(this.#bucket.read(key)),
      create: () => Promise.reject(new Error('verify writes')),
      replace: () => Promise.reject(new Error('verify writes')),
      update: () => Promise.reject(new Error('verify writes')),
    };
    const { differences } = await verifyStore(store, { formats, signal: new AbortController().signal });
    const [first] = differences.filter((difference) => !isNote(difference));
    if (first) this.#violate('verify-agrees', JSON.stringify(first));
  }

  #checkRows({ stream, day, counts }: ReturnType<Delivery['slice']>): void {
    for (const [row, count] of countRows(this.#rows.all(stream, day))) {
      const delivered = counts.get(row) ?? 0;
      if (delivered !== count) {
        this.#violate(
          'never-lost',
          `${stream} ${day}: Zoom has it ${count} times, ${delivered} were delivered: ${row}`,
        );
      }
    }
  }

  #checkLedger(slice: ReturnType<Delivery['slice']>, isConfirmed: boolean): void {
    const { stream, day, entries } = slice;
    const number = String(entries - 1).padStart(6, '0');
    const body = this.#bucket.read(`ledger/${stream}/source=acme/dt=${day}/${stream}_${day}_${number}.json`);
    if (!body) {
      this.#violate('each-day-closes', `${stream} ${day} has no entry in the ledger`);
      return;
    }
    const entry = JSON.parse(body.toString('utf8')) as {
      rows: number;
      late_after_close: number;
      confirmed_at?: string;
      verdict: string;
    };
    const rows = this.#delivery.rowsIn(slice);
    if (
      entry.rows !== rows ||
      entry.verdict !== 'complete' ||
      (isConfirmed && entry.confirmed_at === undefined)
    ) {
      this.#violate(
        'each-day-closes',
        `${stream} ${day} ends with ${JSON.stringify(entry)}, and has ${rows} rows`,
      );
    }
    const recorded = this.#bucket
      .list('audit/')
      .filter(({ key }) => key.includes('_late-after-close_'))
      .map(({ key }) => JSON.parse(this.#bucket.read(key)?.toString('utf8') ?? '{}') as LateLine)
      .filter((line) => line.stream === stream && line.day === day)
      .reduce((sum, line) => sum + line.details.rows, 0);
    if (recorded !== entry.late_after_close) {
      this.#violate(
        'late-rows-are-announced',
        `${stream} ${day}: ${entry.late_after_close} rows came late, ${recorded} were reported`,
      );
    }
  }
}

interface LateLine {
  readonly stream: string;
  readonly day: string;
  readonly details: { readonly rows: number };
}
