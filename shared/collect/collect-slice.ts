import { identify, isPlaced } from '../model/raw-row.ts';
import type { Slice } from '../model/slice.ts';
import { addLateness, countLateness, latenessOf, NO_LATENESS } from './lateness.ts';
import { type FreshRow, ListingTally } from './listing-tally.ts';
import type { Clock, ObjectStore, Page, Reports } from './ports.ts';
import { addDetails, type Mapping, project, type Projected, projectMissing } from './projection.ts';
import { readAhead } from './read-ahead.ts';
import { readSliceState, writeSliceState } from './slice-state.ts';
import { SliceLog } from './slice-log.ts';
import { UnknownTally } from './unknown-tally.ts';

const NO_HOURS: readonly number[] = Array<number>(24).fill(0);

/** The most a raw object holds: 10,000 rows or about 8 MiB of them. */
const MAX_ROWS = 10_000;
const MAX_CHARACTERS = 8 * 1024 * 1024;

/**
 * `tip` stops after the first page whose rows are all in the log: cheap, for the newest rows come first.
 * `whole` reads to the end, and alone finds what appeared late, further down.
 */
export type ListingKind = 'tip' | 'whole';

/** What collecting works with. */
export interface Collector {
  readonly store: ObjectStore;
  readonly reports: Reports;
  readonly clock: Clock;
  readonly mapping: Mapping;
}

/** What one listing of a slice brought; `read` = `delivered` + `duplicate` + `held` + `rejected`. */
export interface SliceOutcome {
  readonly slice: Slice;
  readonly listing: ListingKind;
  /** Whether Zoom's list was read to its end. */
  readonly complete: boolean;
  /** Rows that Zoom answered. */
  readonly read: number;
  /** Rows committed that became events. */
  readonly delivered: number;
  /** Rows that the log had, or that were read twice. */
  readonly duplicate: number;
  /** Copies beyond those proven: true twins across a page edge, or one row served twice. The next listing tells. */
  readonly held: number;
  /** Rows committed that can't be placed in time: they lie in `rejected/`. */
  readonly rejected: number;
  /** Rows of the log that this listing, read to the end, no longer has. They are kept. */
  readonly vanished: number;
  /** Those of them that the whole listing before this one still had. */
  readonly newlyVanished: number;
  /** Rows committed whose own UTC day is not the day Zoom lists them under. */
  readonly dayMismatch: number;
  /** Objects written: raw objects and projections, those included that an earlier run had left undone. */
  readonly objects: number;
  /** Bytes of those that this run committed. */
  readonly bytes: number;
  /** How far the details of the operations delivered were understood. */
  readonly details: Projected['details'];
  /** Those of them whose category this release does not know. */
  readonly categoryUnknown: number;
  /** From each event delivered to its delivery, in milliseconds; none where nobody had looked before. */
  readonly lagsMs: readonly number[];
  /** Names that Zoom's rows bore, of categories and of fields, and that this release does not know: the first few. */
  readonly unknownCategories: readonly string[];
  readonly unknownFields: readonly string[];
}

/**
 * Brings the log of a slice level with Zoom's list, and the projections level with the log. Whatever it saw is committed,
 * even if the listing breaks off; what it didn't see, the next one does. Throws what the reports or the store throw.
 */
export const collectSlice = async (
  { store, reports, clock, mapping }: Collector,
  slice: Slice,
  listing: ListingKind,
  signal: AbortSignal,
): Promise<SliceOutcome> => {
  // Read before the listing begins: only a listing that had ended by then can bear witness for this one.
  const [log, before] = await Promise.all([SliceLog.open(store, slice), readSliceState(store, slice)]);
  const beganAt = clock.now();
  const lastRead = before?.lastWhole && new Date(before.lastWhole.endedAt);
  const delivery = new Delivery(store, log, mapping, clock, lastRead);
  await delivery.repair();

  const tally = new ListingTally(log.delivered);
  const unknown = new UnknownTally(slice.stream);
  let complete = false;
  try {
    const pages = reports.pages(slice, signal);
    for await (const page of listing === 'whole' ? readAhead(pages) : pages) {
      unknown.see(page.rows);
      const fresh = countPage(tally, slice, page);
      await delivery.add(fresh);
      complete = page.last;
      if (listing === 'tip' && fresh.length === 0 && page.rows.length > 0) break;
    }
    if (complete && before?.lastWhole?.order === tally.order) await delivery.add(tally.settle());
  } finally {
    await delivery.finish();
  }

  const endedAt = clock.now();
  const held = tally.held;
  const vanished = complete ? tally.vanished(log.counts()) : 0;
  // A tip that found nothing new leaves everything as it was: most runs do, and a write costs money.
  if (complete || delivery.delivered + delivery.rejected > 0 || held !== before?.held) {
    await writeSliceState(store, slice, {
      openedAt: before?.openedAt ?? beganAt.toISOString(),
      objects: log.objects.length,
      rows: log.rows,
      rejected: log.rejected,
      dayMismatch: (before?.dayMismatch ?? 0) + delivery.dayMismatch,
      newest: log.newest,
      held,
      vanished: complete ? vanished : (before?.vanished ?? 0),
      pagesRead: (before?.pagesRead ?? 0) + tally.pagesRead,
      lateness: [...addLateness(before?.lateness ?? NO_LATENESS, delivery.lateness)],
      byHour: (before?.byHour ?? NO_HOURS).map((count, hour) => count + (delivery.byHour[hour] ?? 0)),
      details: addDetails(before?.details ?? {}, delivery.details),
      lastWhole: complete
        ? {
            beganAt: beganAt.toISOString(),
            endedAt: endedAt.toISOString(),
            pages: tally.pages,
            rows: tally.rows,
            order: tally.order,
          }
        : before?.lastWhole,
      ledger: before?.ledger,
    });
  }
  const { delivered, rejected, dayMismatch, objects, bytes, details, categoryUnknown, lagsMs } = delivery;
  const duplicate = tally.rowsRead - delivered - rejected - held;
  return {
    slice,
    listing,
    complete,
    read: tally.rowsRead,
    delivered,
    duplicate,
    held,
    rejected,
    vanished,
    newlyVanished: complete ? Math.max(0, vanished - (before?.vanished ?? 0)) : 0,
    dayMismatch,
    objects,
    bytes,
    details,
    categoryUnknown,
    lagsMs,
    unknownCategories: unknown.categories,
    unknownFields: unknown.fields,
  };
};

const countPage = (tally: ListingTally, { stream }: Slice, { index, rows }: Page): FreshRow[] =>
  tally.addPage(
    index,
    rows.map((row) => identify(stream, row)),
  );

/** Gathers fresh rows, and commits and projects them in objects of bounded size, one while the next is gathered. */
class Delivery {
  readonly #store: ObjectStore;
  readonly #log: SliceLog;
  readonly #mapping: Mapping;
  readonly #clock: Clock;
  readonly #lastRead: Date | undefined;
  readonly lateness: number[] = [...NO_LATENESS];
  readonly byHour: number[] = [...NO_HOURS];
  readonly lagsMs: number[] = [];
  #pending: FreshRow[] = [];
  #pendingCharacters = 0;
  #delivering: Promise<void> = Promise.resolve();
  #projected: number;
  delivered = 0;
  rejected = 0;
  dayMismatch = 0;
  objects = 0;
  bytes = 0;
  details: Projected['details'] = {};
  categoryUnknown = 0;

  constructor(store: ObjectStore, log: SliceLog, mapping: Mapping, clock: Clock, lastRead: Date | undefined) {
    this.#store = store;
    this.#log = log;
    this.#mapping = mapping;
    this.#clock = clock;
    this.#lastRead = lastRead;
    this.#projected = log.objects.length;
  }

  /** Writes the projections that an earlier run left undone. */
  async repair(): Promise<void> {
    this.objects += await projectMissing(this.#store, this.#log, this.#mapping);
  }

  async add(fresh: readonly FreshRow[]): Promise<void> {
    for (const row of fresh) {
      const { length } = row.canonical;
      if (this.#pending.length >= MAX_ROWS || this.#pendingCharacters + length > MAX_CHARACTERS) {
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
    // The log grew by an object that wasn't answered as ours: a racing collector's, or our own whose answer was lost.
    if (this.#projected < this.#log.objects.length) await this.repair();
    await this.#log.saveManifest();
  }

  /** Waits for the object before, and sets out to deliver the pending rows as the next. */
  async #deliverPending(): Promise<void> {
    const rows = this.#pending;
    this.#pending = [];
    this.#pendingCharacters = 0;
    await this.#delivering;
    this.#delivering = this.#deliver(rows);
    this.#delivering.catch(() => undefined); // its failure is met where it is awaited
  }

  async #deliver(rows: readonly FreshRow[]): Promise<void> {
    const committed = await this.#log.append(rows, () => this.#clock.now());
    if (!committed) return;

    const { slice } = this.#log;
    const rejected = committed.rows.filter((row) => !isPlaced(row)).length;
    this.rejected += rejected;
    this.delivered += committed.rows.length - rejected;
    this.dayMismatch += committed.rows.filter(
      (row) => isPlaced(row) && !row.time.startsWith(slice.day),
    ).length;
    for (const row of committed.rows) if (isPlaced(row)) this.#measure(row.time, committed.commitTime);
    this.#projected += 1;
    const projected = await project(this.#store, slice, committed, this.#mapping);
    this.objects += 1 + projected.objects;
    this.bytes += committed.bytes + projected.bytes;
    this.details = addDetails(this.details, projected.details);
    this.categoryUnknown += projected.categoryUnknown;
  }

  #measure(time: string, seenAt: Date): void {
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
