import { addDays, type Day, dayOf, daysBetween, endOf, oldestDayKept } from '../model/day.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../model/duration.ts';
import { compareText } from '../model/raw-row.ts';
import type { Slice } from '../model/slice.ts';
import type { StreamName } from '../model/stream.ts';
import type { ListingKind } from './collect-slice.ts';
import type { SliceState } from './state/slice-state.ts';

/** A whole listing of a day costs one request per page, so large days are read whole less often. */
const MIN_WHOLE_SPACING_MS = HOUR_MS;
const WHOLE_SPACING_PER_PAGE_MS = 6 * MINUTE_MS;

/** How long after midnight each run still reads the previous day: rows usually arrive within minutes. */
const AFTER_MIDNIGHT_MS = 2 * HOUR_MS;

/** How long after closing a day is read again, to confirm that nothing was added. */
const CONFIRM_AFTER_MS = 7 * DAY_MS;

/** A back-fill first collects days that Zoom deletes within this time. */
const URGENT_DAYS = 14;

/** Why a slice is listed, most urgent first. */
export const PURPOSES = ['tip', 'whole', 'close', 'confirm', 'catch-up'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Whether a listing yields when requests or time are scarce: only live days can't wait. */
export const yieldsToLiveDays = (purpose: Purpose): boolean =>
  purpose === 'confirm' || purpose === 'catch-up';

export interface PlannedListing {
  readonly slice: Slice;
  readonly listing: ListingKind;
  readonly purpose: Purpose;
  /** The expected number of requests, from the last listing. */
  readonly requests: number;
}

/** The inputs of a plan. */
export interface PlanInput {
  readonly source: string;
  readonly stream: StreamName;
  readonly now: Date;
  /** Days before today that stay open to late rows. */
  readonly lookbackDays: number;
  /** The first day to collect for the source. */
  readonly since: Day;
  readonly states: ReadonlyMap<Day, SliceState>;
}

/** The days still open to late rows: today and the `lookbackDays` before it, oldest first. */
export const liveDays = (now: Date, lookbackDays: number): Day[] =>
  daysBetween(addDays(dayOf(now), -lookbackDays), dayOf(now));

/** When a day's lookback is over: a whole listing that begins from here on may close it. */
export const closesAt = (day: Day, lookbackDays: number): Date =>
  new Date(endOf(day).getTime() + lookbackDays * DAY_MS);

/** When a day is due to be confirmed, by a whole listing that begins from here on. A later listing is too late. */
export const confirmsAt = (day: Day, lookbackDays: number): Date =>
  new Date(closesAt(day, lookbackDays).getTime() + CONFIRM_AFTER_MS);

/**
 * The listings that a run makes of a stream, most urgent first: a function of the clock and of the state, so that it
 * includes all outstanding work after downtime of any length. It omits days that Zoom has deleted.
 */
export const planStream = (input: PlanInput): PlannedListing[] => {
  const { source, stream, now, lookbackDays, since, states } = input;
  const today = dayOf(now);
  const oldest = oldestDayKept(now);
  const days = new Set([...daysBetween(since, today), ...states.keys()]);
  const plan = [...days]
    .filter((day) => day >= oldest && day <= today)
    .flatMap((day): PlannedListing[] => {
      const state = states.get(day);
      const due = dueListing(day, state, now, lookbackDays);
      return due ? [{ slice: { source, stream, day }, ...due, requests: costOf(due.listing, state) }] : [];
    });
  const urgentBefore = addDays(oldest, URGENT_DAYS);
  return plan.sort((a, b) => compareUrgency(a, b, urgentBefore));
};

const dueListing = (
  day: Day,
  state: SliceState | undefined,
  now: Date,
  lookbackDays: number,
): { listing: ListingKind; purpose: Purpose } | undefined => {
  const live = now < closesAt(day, lookbackDays);
  if (live && wholeIsDue(day, state, now)) return { listing: 'whole', purpose: 'whole' };
  if (live) {
    const isToday = now.getTime() < endOf(day).getTime() + AFTER_MIDNIGHT_MS;
    return isToday ? { listing: 'tip', purpose: 'tip' } : undefined;
  }
  if (!state?.lastWhole) return { listing: 'whole', purpose: 'catch-up' };
  if (!readyToClose(day, state, lookbackDays)) return { listing: 'whole', purpose: 'close' };
  if (state.ledger?.verdict === 'complete' && confirmationIsDue(day, state, now, lookbackDays)) {
    return { listing: 'whole', purpose: 'confirm' };
  }
  return undefined;
};

const wholeIsDue = (day: Day, state: SliceState | undefined, now: Date): boolean => {
  if (!state?.lastWhole) return true;
  const last = new Date(state.lastWhole.beganAt);
  if (last < endOf(day) && endOf(day) <= now) return true;
  const spacingMs = Math.max(MIN_WHOLE_SPACING_MS, state.lastWhole.pages * WHOLE_SPACING_PER_PAGE_MS);
  // The next listing that reads the same rows proves the copies that the last one couldn't.
  return state.held > 0 || now.getTime() - last.getTime() >= spacingMs;
};

/** Whether a slice may close: it was read whole after its lookback, and has no unconfirmed copies. */
export const readyToClose = (day: Day, { lastWhole, held }: SliceState, lookbackDays: number): boolean =>
  lastWhole !== undefined && held === 0 && new Date(lastWhole.beganAt) >= closesAt(day, lookbackDays);

/** Whether the last whole listing of a slice was late enough to confirm it: for a back-filled day it usually is. */
export const isConfirmable = (day: Day, { lastWhole }: SliceState, lookbackDays: number): boolean =>
  lastWhole !== undefined && new Date(lastWhole.beganAt) >= confirmsAt(day, lookbackDays);

const confirmationIsDue = (day: Day, state: SliceState, now: Date, lookbackDays: number): boolean =>
  state.ledger?.confirmedAt === undefined &&
  now >= confirmsAt(day, lookbackDays) &&
  !isConfirmable(day, state, lookbackDays);

const costOf = (listing: ListingKind, state: SliceState | undefined): number =>
  listing === 'tip' ? 1 : (state?.lastWhole?.pages ?? 1);

/** By purpose; a back-fill first collects what Zoom will soon delete, then the newest days. */
const compareUrgency = (a: PlannedListing, b: PlannedListing, urgentBefore: Day): number => {
  const byPurpose = PURPOSES.indexOf(a.purpose) - PURPOSES.indexOf(b.purpose);
  if (byPurpose !== 0) return byPurpose;
  const [dayA, dayB] = [a.slice.day, b.slice.day];
  const [urgentA, urgentB] = [dayA, dayB].map((day) => day < urgentBefore);
  if (urgentA !== urgentB) return urgentA ? -1 : 1;
  const ascending = compareText(dayA, dayB);
  return urgentA || a.purpose !== 'catch-up' ? ascending : -ascending;
};

/** The plans of several streams as one, most urgent first. */
export const mergePlans = (plans: readonly (readonly PlannedListing[])[]): PlannedListing[] =>
  PURPOSES.flatMap((purpose) =>
    plans.flatMap((plan) => plan.filter((listing) => listing.purpose === purpose)),
  );
