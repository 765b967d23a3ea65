import { BudgetSpentError } from '../errors.ts';
import { identifyListed } from '../model/raw-row.ts';
import type { Slice } from '../model/slice.ts';
import { Delivery, NO_HOURS } from './log/delivery.ts';
import { isUnchangedFirstPage, unchangedFirstPage } from './listing/unchanged-first-page.ts';
import { addLateness, NO_LATENESS } from './state/lateness.ts';
import { type FreshRow, ListingTally } from './listing/listing-tally.ts';
import { slicePrefix } from '../contract/object-keys.ts';
import type { BeforeRequest, Clock, ObjectStore, Page, Reports, StoredObject } from './ports.ts';
import { addDetails, type Mapping } from './log/projection.ts';
import { prefetch } from './listing/prefetch.ts';
import { prepend } from './listing/prepend.ts';
import type { ObjectLimits } from './log/concurrency.ts';
import { addFuture, readSliceState, type SliceState, writeSliceState } from './state/slice-state.ts';
import { NO_COUNTS, type SliceCounts } from './slice-counts.ts';
import { SliceLog } from './log/slice-log.ts';
import { UnknownNames } from './listing/unknown-names.ts';

/**
 * `tip` stops after the first page whose rows are all in the log: cheap, because the newest rows come first.
 * `whole` reads to the end. Only it finds late rows on later pages.
 */
export type ListingKind = 'tip' | 'whole';

/** The dependencies of collecting. */
export interface Collector {
  readonly store: ObjectStore;
  readonly reports: Reports;
  readonly clock: Clock;
  readonly mapping: Mapping;
  readonly limits: ObjectLimits;
}

/** The result of listing a slice once, or several times in a row. */
export interface SliceOutcome extends SliceCounts {
  readonly slice: Slice;
  readonly listing: ListingKind;
  /** Whether Zoom's list was read to its end. */
  readonly complete: boolean;
  /** Whether the day's budget stopped it before its end. The rows read until then are delivered. */
  readonly cutShort: boolean;
  /** The first few names of categories and fields in Zoom's rows that this release does not know. */
  readonly unknownCategories: readonly string[];
  readonly unknownFields: readonly string[];
}

/**
 * Updates the log of a slice from Zoom's list, and the projections from the log. All rows read are committed, even if the
 * listing breaks off; the next one reads the others. Throws what the reports or the store throw; but a budget that is used up
 * after the first page only ends the listing. If it throws after it has read something, it first calls `brokenOff` with what was
 * delivered until then.
 */
export const collectSlice = async (
  collector: Collector,
  slice: Slice,
  listing: ListingKind,
  signal: AbortSignal,
  beforeRequest?: BeforeRequest,
  brokenOff: (outcome: SliceOutcome) => void = () => undefined,
): Promise<SliceOutcome> => {
  const { store, reports, clock, mapping } = collector;
  // Read before the listing begins: only a listing that had ended by then can be a witness for this one.
  const [stored, before] = await Promise.all([
    store.list(slicePrefix('raw', slice)),
    readSliceState(store, slice),
  ]);
  const opening = { stored, before, beganAt: clock.now(), brokenOff };
  const pages = reports.pages(slice, signal, beforeRequest);
  if (listing === 'whole') return collectPages(collector, slice, listing, opening, prefetch(pages));

  const known = unchangedFirstPage(before, stored.length, mapping.formats);
  if (known === undefined) return collectPages(collector, slice, listing, opening, pages);
  const steps = pages[Symbol.asyncIterator]();
  const first = await steps.next();
  if (first.done !== true && isUnchangedFirstPage(slice, first.value, known)) {
    await steps.return?.();
    return nothingNew(slice, first.value);
  }
  return collectPages(collector, slice, listing, opening, prepend(first, steps));
};

/** The state before a listing began. */
interface ListingStart {
  readonly stored: readonly StoredObject[];
  readonly before: SliceState | undefined;
  readonly beganAt: Date;
  readonly brokenOff: (outcome: SliceOutcome) => void;
}

const collectPages = async (
  { store, clock, mapping, limits }: Collector,
  slice: Slice,
  listing: ListingKind,
  { stored, before, beganAt, brokenOff }: ListingStart,
  pages: AsyncIterable<Page>,
): Promise<SliceOutcome> => {
  const log = await SliceLog.open(store, slice, { listed: stored });
  const lastRead = before?.lastWhole && new Date(before.lastWhole.endedAt);
  const delivery = new Delivery({ store, log, mapping, clock, lastRead, limits });
  const tally = new ListingTally(log.delivered);
  const unknown = new UnknownNames(slice.stream);
  let [complete, cutShort, invalidUtf8] = [false, false, 0];
  const soFar = (duplicate: number, vanished: number): SliceOutcome => {
    const { delivered, rejected, repeatedNames, dayMismatch, objects, bytes } = delivery;
    const { details, categoryUnknown, lagsMs } = delivery;
    return {
      slice,
      listing,
      complete,
      cutShort,
      read: delivered + rejected + duplicate + tally.held,
      delivered,
      duplicate,
      held: tally.held,
      rejected,
      repeatedNames,
      invalidUtf8,
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
  try {
    await delivery.repair();
    try {
      for await (const page of pages) {
        unknown.see(page.rows);
        const fresh = countPage(tally, slice, page);
        if (page.invalidUtf8 && fresh.length > 0) invalidUtf8 += 1;
        await delivery.add(fresh);
        complete = page.last;
        if (listing === 'tip' && fresh.length === 0 && page.rows.length > 0) break;
      }
      if (complete && before?.lastWhole?.order === tally.order) await delivery.add(tally.confirmCopies());
    } catch (error) {
      if (!(error instanceof BudgetSpentError) || tally.pagesRead === 0) throw error;
      cutShort = true;
    } finally {
      await delivery.finish();
    }

    const endedAt = clock.now();
    // The copies that the last whole listing did not confirm are still unconfirmed.
    const held = cutShort ? Math.max(before?.held ?? 0, tally.held) : tally.held;
    const vanished = complete ? tally.vanished(log.counts) : 0;
    const { firstPage: order } = tally;
    const future = addFuture(before?.future, delivery.future);
    const state: SliceState = {
      openedAt: before?.openedAt ?? beganAt.toISOString(),
      objects: log.objects.length,
      rows: log.rows,
      rejected: log.rejected,
      ...(log.unreadable > 0 && {
        unreadable: { rows: log.unreadable, since: before?.unreadable?.since ?? endedAt.toISOString() },
      }),
      ...(future && { future }),
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
    return soFar(tally.rowsRead - delivery.delivered - delivery.rejected - tally.held, vanished);
  } catch (error) {
    if (tally.rowsRead > 0 || delivery.objects > 0) {
      complete = false;
      brokenOff(soFar(Math.max(0, tally.rowsRead - delivery.taken - tally.held), 0));
    }
    throw error;
  }
};

/** A tip listing whose first page did not change. It does not write the state: a write costs money. */
const nothingNew = (slice: Slice, { rows }: Page): SliceOutcome => {
  const unknown = new UnknownNames(slice.stream);
  unknown.see(rows);
  return {
    ...NO_COUNTS,
    slice,
    listing: 'tip',
    complete: false,
    cutShort: false,
    read: rows.length,
    duplicate: rows.length,
    unknownCategories: unknown.categories,
    unknownFields: unknown.fields,
  };
};

const countPage = (tally: ListingTally, { stream }: Slice, { index, rows }: Page): FreshRow[] =>
  tally.addPage(
    index,
    rows.map((row) => identifyListed(stream, row)),
  );
