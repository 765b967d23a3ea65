import { identifyListed } from '../model/raw-row.ts';
import type { Slice } from '../model/slice.ts';
import { Delivery, NO_HOURS } from './delivery.ts';
import { isKnownPage, knownPage } from './known-page.ts';
import { addLateness, NO_LATENESS } from './lateness.ts';
import { type FreshRow, ListingTally } from './listing-tally.ts';
import { slicePrefix } from './object-keys.ts';
import type { Clock, ObjectStore, Page, Reports, StoredObject } from './ports.ts';
import { addDetails, type Mapping, type Projected } from './projection.ts';
import { readAhead } from './read-ahead.ts';
import { resumed } from './resumed.ts';
import type { ObjectLimits } from './side-by-side.ts';
import { readSliceState, type SliceState, writeSliceState } from './slice-state.ts';
import { SliceLog } from './slice-log.ts';
import { UnknownTally } from './unknown-tally.ts';

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
  readonly limits: ObjectLimits;
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
  /** Rows committed that can't be placed in time, or are kept as text: they lie in `rejected/`. */
  readonly rejected: number;
  /** Rows committed in which a name stands twice: the raw log has them whole, what is made of it the last value. */
  readonly repeatedNames: number;
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
  collector: Collector,
  slice: Slice,
  listing: ListingKind,
  signal: AbortSignal,
): Promise<SliceOutcome> => {
  const { store, reports, clock, mapping } = collector;
  // Read before the listing begins: only a listing that had ended by then can bear witness for this one.
  const [stored, before] = await Promise.all([
    store.list(slicePrefix('raw', slice)),
    readSliceState(store, slice),
  ]);
  const opening = { stored, before, beganAt: clock.now() };
  const pages = reports.pages(slice, signal);
  if (listing === 'whole') return collectPages(collector, slice, listing, opening, readAhead(pages));

  const known = knownPage(before, stored.length, mapping.formats);
  if (known === undefined) return collectPages(collector, slice, listing, opening, pages);
  const steps = pages[Symbol.asyncIterator]();
  const first = await steps.next();
  if (first.done !== true && isKnownPage(slice, first.value, known)) {
    await steps.return?.();
    return nothingNew(slice, first.value);
  }
  return collectPages(collector, slice, listing, opening, resumed(first, steps));
};

/** What was there before a listing began. */
interface Opening {
  readonly stored: readonly StoredObject[];
  readonly before: SliceState | undefined;
  readonly beganAt: Date;
}

const collectPages = async (
  { store, clock, mapping, limits }: Collector,
  slice: Slice,
  listing: ListingKind,
  { stored, before, beganAt }: Opening,
  pages: AsyncIterable<Page>,
): Promise<SliceOutcome> => {
  const log = await SliceLog.open(store, slice, stored);
  const lastRead = before?.lastWhole && new Date(before.lastWhole.endedAt);
  const delivery = new Delivery({ store, log, mapping, clock, lastRead, limits });
  await delivery.repair();

  const tally = new ListingTally(log.delivered);
  const unknown = new UnknownTally(slice.stream);
  let complete = false;
  try {
    for await (const page of pages) {
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
  const vanished = complete ? tally.vanished(log.counts) : 0;
  const { firstPage: order } = tally;
  const state: SliceState = {
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
    firstPage: order === undefined ? undefined : { order, formats: [...mapping.formats] },
    ledger: before?.ledger,
  };
  await writeSliceState(store, slice, state, clock.now());
  const {
    delivered,
    rejected,
    repeatedNames,
    dayMismatch,
    objects,
    bytes,
    details,
    categoryUnknown,
    lagsMs,
  } = delivery;
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
    repeatedNames,
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

/** What a tip found whose first page is as it was. It leaves everything as it was, too: a write costs money. */
const nothingNew = (slice: Slice, { rows }: Page): SliceOutcome => {
  const unknown = new UnknownTally(slice.stream);
  unknown.see(rows);
  return {
    slice,
    listing: 'tip',
    complete: false,
    read: rows.length,
    delivered: 0,
    duplicate: rows.length,
    held: 0,
    rejected: 0,
    repeatedNames: 0,
    vanished: 0,
    newlyVanished: 0,
    dayMismatch: 0,
    objects: 0,
    bytes: 0,
    details: {},
    categoryUnknown: 0,
    lagsMs: [],
    unknownCategories: unknown.categories,
    unknownFields: unknown.fields,
  };
};

const countPage = (tally: ListingTally, { stream }: Slice, { index, rows }: Page): FreshRow[] =>
  tally.addPage(
    index,
    rows.map((row) => identifyListed(stream, row)),
  );
