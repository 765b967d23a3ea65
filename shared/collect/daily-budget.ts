import * as z from 'zod';
import { type Day, DaySchema, dayOf } from '../model/day.ts';
import { RateLimitedError } from '../errors.ts';
import { budgetKey } from './object-keys.ts';
import { type PlannedListing, yieldsToLiveDays } from './plan.ts';
import type { Clock, ObjectStore } from './ports.ts';
import { readJson, writeJson } from './state-file.ts';

/** What a back-fill and confirmations may use of the share: the rest is kept for the live days. */
export const BACKFILL_SHARE = 0.7;

/** A back-fill stops when less than this is left of the account's quota, by Zoom's own count: other apps need it. */
const QUOTA_FLOOR = 0.2;

const BudgetStateSchema = z.object({
  /** The UTC day that `used` counts. */
  day: DaySchema,
  used: z.int().min(0),
  /** Until when Zoom wants no request, by its own word. */
  parkedUntil: z.iso.datetime().optional(),
});

/** The account's quota of the day, as Zoom last told it. */
interface Quota {
  readonly limit: number;
  readonly remaining: number;
}

/** How many requests a source may still make today. */
export class DailyBudget {
  readonly #perDay: number;
  readonly #usedBefore: number;
  readonly #usedNow: () => number;
  readonly #quota: () => Quota | undefined;
  readonly parkedUntil: Date | undefined;

  constructor(
    perDay: number,
    state: { used: number; parkedUntil?: Date | undefined },
    usedNow: () => number,
    quota: () => Quota | undefined,
  ) {
    this.#perDay = perDay;
    this.#usedBefore = state.used;
    this.parkedUntil = state.parkedUntil;
    this.#usedNow = usedNow;
    this.#quota = quota;
  }

  /** Requests made today, those of this run included. */
  get used(): number {
    return this.#usedBefore + this.#usedNow();
  }

  /** Whether a listing fits in; what yields to the live days has the smaller share. */
  allows({ purpose, requests }: Pick<PlannedListing, 'purpose' | 'requests'>): boolean {
    const yields = yieldsToLiveDays(purpose);
    const quota = this.#quota();
    if (yields && quota && quota.remaining < quota.limit * QUOTA_FLOOR) return false;
    return this.used + requests <= this.#perDay * (yields ? BACKFILL_SHARE : 1);
  }
}

/**
 * Opens the budget of a source's day: of the one that it is once the budget was read, for a run may begin just before
 * midnight, and others may have used some of the new day by then.
 */
export const openBudget = async (
  store: ObjectStore,
  source: string,
  perDay: number,
  clock: Pick<Clock, 'now'>,
  usedNow: () => number,
  quota: () => Quota | undefined,
): Promise<DailyBudget> => {
  const state = await readJson(store, budgetKey(source), BudgetStateSchema);
  const now = clock.now();
  const used = state?.day === dayOf(now) ? state.used : 0;
  const parkedUntil = state?.parkedUntil === undefined ? undefined : new Date(state.parkedUntil);
  return new DailyBudget(
    perDay,
    { used, parkedUntil: parkedUntil && parkedUntil > now ? parkedUntil : undefined },
    usedNow,
    quota,
  );
};

/** What a source has used of today's share, and until when Zoom wants no request. */
export const readUse = async (
  store: ObjectStore,
  source: string,
  now: Date,
): Promise<{ requestsToday: number; parkedUntil: string | undefined }> => {
  const state = await readJson(store, budgetKey(source), BudgetStateSchema);
  const until = state?.parkedUntil;
  return {
    requestsToday: state?.day === dayOf(now) ? state.used : 0,
    parkedUntil: until !== undefined && new Date(until) > now ? until : undefined,
  };
};

/** Keeps what was used, for the runs to come. */
export const saveBudget = async (
  store: ObjectStore,
  source: string,
  budget: DailyBudget,
  parkedUntil: Date | undefined,
  now: Date,
): Promise<void> => {
  const until = parkedUntil ?? budget.parkedUntil;
  const day: Day = dayOf(now);
  await writeJson(store, budgetKey(source), {
    day,
    used: budget.used,
    ...(until && { parkedUntil: until.toISOString() }),
  });
};

/** What a run meets that starts while Zoom wants no requests. */
export const parked = (until: Date): RateLimitedError =>
  new RateLimitedError(
    until,
    `Zoom's daily request limit for this account was used up (all its apps share it); it can be asked again from ` +
      `${until.toISOString()}. Nothing is lost: the runs after that bring what is missing.`,
  );
