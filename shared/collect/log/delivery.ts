import { latestEventTime } from '../../model/event-time.ts';
import { isPlaced } from '../../model/raw-row.ts';
import { countLateness, latenessOf, NO_LATENESS } from '../state/lateness.ts';
import type { FreshRow } from '../listing/listing-tally.ts';
import type { Clock, ObjectStore } from '../ports.ts';
import { addDetails, type Mapping, project, type Projected, projectMissing } from './projection.ts';
import type { ObjectLimits } from './concurrency.ts';
import type { SliceLog } from './slice-log.ts';
import { addFuture, type FutureEvents } from '../state/slice-state.ts';

export const NO_HOURS: readonly number[] = Array<number>(24).fill(0);

export interface DeliveryParts {
  readonly store: ObjectStore;
  readonly log: SliceLog;
  readonly mapping: Mapping;
  readonly clock: Clock;
  /** When the slice was last read to its end, if it was. */
  readonly lastRead: Date | undefined;
  readonly limits: ObjectLimits;
}

/** Collects new rows, and commits and projects them in objects of bounded size, one while the next is filled. */
export class Delivery {
  readonly #store: ObjectStore;
  readonly #log: SliceLog;
  readonly #mapping: Mapping;
  readonly #clock: Clock;
  readonly #lastRead: Date | undefined;
  readonly #limits: ObjectLimits;
  readonly lateness: number[] = [...NO_LATENESS];
  readonly byHour: number[] = [...NO_HOURS];
  readonly lagsMs: number[] = [];
  #pending: FreshRow[] = [];
  #pendingCharacters = 0;
  #delivering: Promise<void> = Promise.resolve();
  #projected: number;
  /** Rows that were passed in, whether or not they could be committed. */
  taken = 0;
  delivered = 0;
  rejected = 0;
  repeatedNames = 0;
  dayMismatch = 0;
  objects = 0;
  bytes = 0;
  details: Projected['details'] = {};
  future: FutureEvents | undefined;
  categoryUnknown = 0;

  constructor({ store, log, mapping, clock, lastRead, limits }: DeliveryParts) {
    this.#store = store;
    this.#log = log;
    this.#mapping = mapping;
    this.#clock = clock;
    this.#lastRead = lastRead;
    this.#limits = limits;
    this.#projected = log.objects.length;
  }

  /** Writes the projections that an earlier run did not finish. */
  async repair(): Promise<void> {
    this.objects += await projectMissing(this.#store, this.#log, this.#mapping);
  }

  async add(fresh: readonly FreshRow[]): Promise<void> {
    this.taken += fresh.length;
    for (const row of fresh) {
      const { length } = row.json;
      const { rows, characters } = this.#limits;
      if (this.#pending.length >= rows || this.#pendingCharacters + length > characters) {
        await this.#deliverPending();
      }
      this.#pending.push(row);
      this.#pendingCharacters += length;
    }
  }

  /** Delivers the rest, and waits until all of it is. */
  async finish(): Promise<void> {
    await this.#deliverPending();
    await this.#delivering;
    // The log has a new object that is not ours: a racing collector's, or our own whose response was lost.
    if (this.#projected < this.#log.objects.length) await this.repair();
    await this.#log.saveManifest();
  }

  /** Waits for the previous object, and starts to deliver the pending rows as the next one. */
  async #deliverPending(): Promise<void> {
    const rows = this.#pending;
    this.#pending = [];
    this.#pendingCharacters = 0;
    await this.#delivering;
    this.#delivering = this.#deliver(rows);
    this.#delivering.catch(() => undefined); // its failure is handled where it is awaited
  }

  async #deliver(rows: readonly FreshRow[]): Promise<void> {
    const committed = await this.#log.append(rows, () => this.#clock.now());
    if (!committed) return;

    const { slice } = this.#log;
    const rejected = committed.rows.filter((row) => !isPlaced(row)).length;
    this.rejected += rejected;
    this.repeatedNames += committed.rows.filter(({ repeatsName }) => repeatsName).length;
    this.delivered += committed.rows.length - rejected;
    this.dayMismatch += committed.rows.filter(
      (row) => isPlaced(row) && !row.time.startsWith(slice.day),
    ).length;
    for (const row of committed.rows) if (isPlaced(row)) this.#measure(row.time, committed.commitTime);
    this.#projected += 1;
    this.objects += 1;
    this.bytes += committed.bytes;
    const projected = await project(this.#store, slice, committed, this.#mapping);
    this.objects += projected.objects;
    this.bytes += projected.bytes;
    this.details = addDetails(this.details, projected.details);
    this.categoryUnknown += projected.categoryUnknown;
  }

  #measure(time: string, seenAt: Date): void {
    if (time > latestEventTime(seenAt)) {
      // A wrong date: not significant for when events happen.
      this.future = addFuture(this.future, { rows: 1, first: time, last: time });
      return;
    }
    if (time.startsWith(this.#log.slice.day)) {
      const hour = Number(time.slice(11, 13));
      this.byHour[hour] = (this.byHour[hour] ?? 0) + 1;
    }
    if (!this.#lastRead) return;
    const eventAt = new Date(time);
    countLateness(this.lateness, latenessOf(eventAt, seenAt, this.#lastRead));
    this.lagsMs.push(Math.max(0, seenAt.getTime() - eventAt.getTime()));
  }
}
