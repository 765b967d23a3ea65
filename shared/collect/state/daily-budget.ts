import * as z from 'zod';
import { type Day, DaySchema, dayOf } from '../../model/day.ts';
import { formatCount } from '../../model/format-count.ts';
import { BudgetSpentError, RateLimitedError } from '../../errors.ts';
import { budgetKey } from '../../contract/object-keys.ts';
import { type PlannedListing, type Purpose, yieldsToLiveDays } from '../plan.ts';
import type { Clock, ObjectStore } from '../ports.ts';
import { jsonBytes, parseJson, readJson } from './state-file.ts';

/** The part of the budget for back-fill and confirmations: the rest is kept for the live days. */
export const BACKFILL_SHARE = 0.7;

/** A back-fill stops when less than this is left of the account's quota, by Zoom's own count: other apps need it. */
const QUOTA_FLOOR = 0.2;

/** The most requests that a run reserves at a time: a killed run leaves no more of the day's requests unused. */
const RESERVED_AT_MOST = 50;

/** Nor does it reserve more than this part of what is left: runs at the same time share the last requests of a day. */
const RESERVED_SHARE = 0.1;

/** A clock that is behind by up to this much counts for the day that other runs have started. */
const MOST_CLOCK_ERROR_MS = 60 * 60_000;

const BudgetStateSchema = z.object({
  /** The UTC day that `used` counts. */
  day: DaySchema,
  /** Requests made, and requests that a run has reserved: one that is under way, or one that was killed. */
  used: z.int().min(0),
  /** Until when Zoom accepts no request, by its Retry-After. */
  parkedUntil: z.iso.datetime().optional(),
});

type BudgetState = z.infer<typeof BudgetStateSchema>;

/** The account's daily quota, from Zoom's last response. */
export interface RemainingQuota {
  readonly limit: number;
  readonly remaining: number;
}

/** The options of a budget. */
export interface BudgetOptions {
  readonly store: ObjectStore;
  readonly source: string;
  readonly perDay: number;
  readonly clock: Pick<Clock, 'now'>;
  readonly quota: () => RemainingQuota | undefined;
  /** Requests that the run is likely to make. It reserves no more at first: a run that makes just these writes once. */
  readonly expected?: number;
}

/**
 * How many requests a source may still make today. A run counts each request before it makes it, a repeated one as well. It
 * reserves requests in the stored figure before it makes them, some at a time, and gives back at its end what it did not
 * make. So runs at the same time together never make more than `perDay`. A run that is killed gives nothing back: up to
 * `RESERVED_AT_MOST` requests of that day stay unused.
 */
export class DailyBudget {
  readonly #options: BudgetOptions;
  /** The day of `#recorded` and `#reserved`. */
  #day: Day;
  /** Made or reserved, by this run and by all others, as of the last read. */
  #recorded: number;
  /** Of `#recorded`: reserved by this run, and not made yet. */
  #reserved = 0;
  #reserving: Promise<void> | undefined;
  /** Requests of `expected` that were not reserved yet. */
  #expected: number;
  #parkedUntil: Date | undefined;

  private constructor(options: BudgetOptions, state: BudgetState | undefined) {
    const now = options.clock.now();
    this.#options = options;
    this.#day = dayCounted(now, state);
    this.#recorded = usedOn(this.#day, state);
    this.#expected = options.expected ?? 0;
    this.#parkedUntil = parkedAfter(now, state);
  }

  /**
   * Opens the budget of a source's current day. The day is determined after the budget was read: a run may begin just before
   * midnight, and other runs may have used some of the new day by then.
   */
  static async open(options: BudgetOptions): Promise<DailyBudget> {
    const state = await readJson(options.store, budgetKey(options.source), BudgetStateSchema);
    return new DailyBudget(options, state);
  }

  /** Until when Zoom accepts no request, as another run recorded. */
  get parkedUntil(): Date | undefined {
    return this.#parkedUntil;
  }

  /** Requests that are not available today, as far as this run knows: its own, and those that others made or reserved. */
  get used(): number {
    return this.#recorded - this.#reserved;
  }

  /** Whether the budget suffices for a listing; listings that yield to the live days have a smaller part of it. */
  allows({ purpose, requests }: Pick<PlannedListing, 'purpose' | 'requests'>): boolean {
    const quota = this.#options.quota();
    if (yieldsToLiveDays(purpose) && quota && quota.remaining < quota.limit * QUOTA_FLOOR) return false;
    return this.used + requests <= this.#limitFor(purpose);
  }

  /**
   * Counts one request that is about to be made. Throws BudgetSpentError if there is none left, and what the store throws.
   * `assertWanted` is called right before it is counted, after any wait: what it throws is thrown, and nothing is counted.
   */
  async spend(purpose: Purpose, assertWanted: () => void = () => undefined): Promise<void> {
    const { clock, source, perDay } = this.#options;
    for (;;) {
      assertWanted();
      const today = dayOf(clock.now());
      if (today > this.#day) [this.#day, this.#recorded, this.#reserved] = [today, 0, 0];
      if (!this.allows({ purpose, requests: 1 })) {
        throw new BudgetSpentError(
          `${source} has no requests left today (UTC): ${formatCount(this.used)} of "requestsPerDay" ${formatCount(perDay)} are used` +
            `${yieldsToLiveDays(purpose) ? `, and earlier days may use ${formatCount(this.#limitFor(purpose))}` : ''}.`,
        );
      }
      if (this.#reserved > 0) break;
      // One at a time: concurrent requests share the reservation.
      await (this.#reserving ??= this.#reserve(purpose).finally(() => (this.#reserving = undefined)));
    }
    this.#reserved -= 1;
  }

  /**
   * Ends the run's use of the budget: gives back what it reserved and did not make, and stores until when Zoom accepts no
   * request. Writes nothing if there is neither.
   */
  async record(parkedUntil?: Date): Promise<void> {
    const { store, source, clock } = this.#options;
    await this.#reserving?.catch(() => undefined); // handled by the request that waits for it
    const unmade = dayOf(clock.now()) > this.#day ? 0 : this.#reserved;
    this.#recorded -= this.#reserved;
    this.#reserved = 0;
    this.#parkedUntil = parkedUntil ?? this.#parkedUntil;
    if (unmade === 0 && parkedUntil === undefined) return;
    await store.update(budgetKey(source), (bytes, mayBeWritten) => {
      const state = bytes && parseJson(bytes, BudgetStateSchema);
      const now = clock.now();
      const day = dayCounted(now, state);
      // Never given back twice: another run would make the same requests again.
      const returned = day === this.#day && !mayBeWritten ? unmade : 0;
      const used = Math.max(0, usedOn(day, state) - returned);
      return bytesOf({ day, used }, parkedUntil ?? parkedAfter(now, state));
    });
  }

  /** Reserves more requests, if any are left for the purpose, and reads how many others have made or reserved. */
  async #reserve(purpose: Purpose): Promise<void> {
    const { store, source, clock } = this.#options;
    let [day, used, block] = [this.#day, 0, 0];
    await store.update(budgetKey(source), (bytes) => {
      const state = bytes && parseJson(bytes, BudgetStateSchema);
      const now = clock.now();
      day = dayCounted(now, state);
      used = usedOn(day, state);
      block = this.#blockOf(Math.max(0, Math.floor(this.#limitFor(purpose) - used)));
      return bytesOf({ day, used: used + block }, parkedAfter(now, state));
    });
    [this.#day, this.#recorded, this.#reserved] = [day, used + block, block];
    this.#expected = Math.max(0, this.#expected - block);
  }

  /** How many of the remaining requests to reserve: the expected ones, or after those as many as allowed. */
  #blockOf(left: number): number {
    const most = Math.min(RESERVED_AT_MOST, Math.ceil(left * RESERVED_SHARE));
    return this.#expected > 0 ? Math.min(this.#expected, most) : most;
  }

  #limitFor(purpose: Purpose): number {
    return this.#options.perDay * (yieldsToLiveDays(purpose) ? BACKFILL_SHARE : 1);
  }
}

const bytesOf = (state: Pick<BudgetState, 'day' | 'used'>, parkedUntil: Date | undefined): Buffer =>
  jsonBytes({ ...state, ...(parkedUntil && { parkedUntil: parkedUntil.toISOString() }) });

/** The day that requests made now count for: the one that a run with a faster clock has begun, or today. */
const dayCounted = (now: Date, state: BudgetState | undefined): Day => {
  const latest = dayOf(new Date(now.getTime() + MOST_CLOCK_ERROR_MS));
  return state?.day === latest ? latest : dayOf(now);
};

const usedOn = (day: Day, state: BudgetState | undefined): number => (state?.day === day ? state.used : 0);

const parkedAfter = (now: Date, state: BudgetState | undefined): Date | undefined => {
  const until = state?.parkedUntil === undefined ? undefined : new Date(state.parkedUntil);
  return until && until > now ? until : undefined;
};

/**
 * What a source has used of today's budget, and until when Zoom accepts no request. `requestsToday`: requests made, and requests
 * that a run has reserved; the latter are given back when it ends.
 */
export const readUse = async (
  store: ObjectStore,
  source: string,
  now: Date,
): Promise<{ requestsToday: number; parkedUntil: string | undefined }> => {
  const state = await readJson(store, budgetKey(source), BudgetStateSchema);
  return {
    requestsToday: usedOn(dayCounted(now, state), state),
    parkedUntil: parkedAfter(now, state)?.toISOString(),
  };
};

/** The error of a run that starts before Zoom's limit ends. */
export const rateLimitedUntilError = (until: Date): RateLimitedError =>
  new RateLimitedError(
    until,
    `Zoom's daily request limit for this account is used up (all its apps share it). The next request is possible at ` +
      `${until.toISOString()}. Data loss: none. Later runs catch up.`,
  );
