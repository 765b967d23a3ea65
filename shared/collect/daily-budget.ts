import * as z from 'zod';
import { type Day, DaySchema, dayOf } from '../model/day.ts';
import { formatCount } from '../model/format-count.ts';
import { BudgetSpentError, RateLimitedError } from '../errors.ts';
import { budgetKey } from './object-keys.ts';
import { type PlannedListing, type Purpose, yieldsToLiveDays } from './plan.ts';
import type { Clock, ObjectStore } from './ports.ts';
import { jsonBytes, parseJson, readJson } from './state-file.ts';

/** What a back-fill and confirmations may use of the share: the rest is kept for the live days. */
export const BACKFILL_SHARE = 0.7;

/** A back-fill stops when less than this is left of the account's quota, by Zoom's own count: other apps need it. */
const QUOTA_FLOOR = 0.2;

/** A run records its requests after so many: another run sees them by then, and a killed run loses no more. */
const UNRECORDED_AT_MOST = 50;

const BudgetStateSchema = z.object({
  /** The UTC day that `used` counts. */
  day: DaySchema,
  used: z.int().min(0),
  /** Until when Zoom wants no request, by its own word. */
  parkedUntil: z.iso.datetime().optional(),
});

type BudgetState = z.infer<typeof BudgetStateSchema>;

/** The account's quota of the day, as Zoom last told it. */
interface Quota {
  readonly limit: number;
  readonly remaining: number;
}

/** What a budget is opened with. */
export interface BudgetOptions {
  readonly store: ObjectStore;
  readonly source: string;
  readonly perDay: number;
  readonly clock: Pick<Clock, 'now'>;
  readonly quota: () => Quota | undefined;
}

/**
 * How many requests a source may still make today. A run counts each request before it makes it, a repeated one as well.
 * What it counted is added to the stored figure, so that runs at the same time count together.
 */
export class DailyBudget {
  readonly #options: BudgetOptions;
  /** The day of `#usedBefore`. */
  #day: Day;
  /** Recorded, by this run and by all others, as of the last look. */
  #usedBefore: number;
  #unrecorded = 0;
  #recording: Promise<void> | undefined;
  #parkedUntil: Date | undefined;

  private constructor(options: BudgetOptions, state: BudgetState | undefined) {
    const now = options.clock.now();
    this.#options = options;
    this.#day = dayOf(now);
    this.#usedBefore = usedOn(this.#day, state);
    this.#parkedUntil = parkedAfter(now, state);
  }

  /**
   * Opens the budget of a source's day: of the one that it is once the budget was read, for a run may begin just before
   * midnight, and others may have used some of the new day by then.
   */
  static async open(options: BudgetOptions): Promise<DailyBudget> {
    const state = await readJson(options.store, budgetKey(options.source), BudgetStateSchema);
    return new DailyBudget(options, state);
  }

  /** Until when Zoom wants no request, as another run was told. */
  get parkedUntil(): Date | undefined {
    return this.#parkedUntil;
  }

  /** Requests made today, as far as this run knows: its own, and those that others had recorded. */
  get used(): number {
    return this.#usedBefore + this.#unrecorded;
  }

  /** Whether a listing fits in; what yields to the live days has the smaller share. */
  allows({ purpose, requests }: Pick<PlannedListing, 'purpose' | 'requests'>): boolean {
    const quota = this.#options.quota();
    if (yieldsToLiveDays(purpose) && quota && quota.remaining < quota.limit * QUOTA_FLOOR) return false;
    return this.used + requests <= this.#limitFor(purpose);
  }

  /** Counts one request that is about to be made. Throws BudgetSpentError if there is none left. */
  async spend(purpose: Purpose): Promise<void> {
    const { clock, source, perDay } = this.#options;
    if (this.#unrecorded >= UNRECORDED_AT_MOST || dayOf(clock.now()) !== this.#day)
      await (this.#recording ?? this.record());
    if (!this.allows({ purpose, requests: 1 })) {
      throw new BudgetSpentError(
        `${source} may make no more requests today (UTC): ${formatCount(this.used)} of "requestsPerDay" ${formatCount(perDay)} are used` +
          `${yieldsToLiveDays(purpose) ? `, and earlier days may use ${formatCount(this.#limitFor(purpose))}` : ''}.`,
      );
    }
    this.#unrecorded += 1;
  }

  /** Adds the requests that are not recorded yet, and learns what others have recorded. */
  async record(parkedUntil?: Date): Promise<void> {
    // One at a time: two at once would both add the same requests.
    while (this.#recording) await this.#recording;
    this.#recording = this.#record(parkedUntil).finally(() => (this.#recording = undefined));
    return this.#recording;
  }

  async #record(parkedUntil: Date | undefined): Promise<void> {
    const { store, source, clock } = this.#options;
    const now = clock.now();
    const day = dayOf(now);
    const added = this.#unrecorded;
    let used = 0;
    await store.update(budgetKey(source), (bytes) => {
      const state = bytes && parseJson(bytes, BudgetStateSchema);
      const until = parkedUntil ?? parkedAfter(now, state);
      used = usedOn(day, state) + added;
      return jsonBytes({ day, used, ...(until && { parkedUntil: until.toISOString() }) });
    });
    [this.#day, this.#usedBefore] = [day, used];
    this.#unrecorded -= added;
    this.#parkedUntil = parkedUntil ?? this.#parkedUntil;
  }

  #limitFor(purpose: Purpose): number {
    return this.#options.perDay * (yieldsToLiveDays(purpose) ? BACKFILL_SHARE : 1);
  }
}

const usedOn = (day: Day, state: BudgetState | undefined): number => (state?.day === day ? state.used : 0);

const parkedAfter = (now: Date, state: BudgetState | undefined): Date | undefined => {
  const until = state?.parkedUntil === undefined ? undefined : new Date(state.parkedUntil);
  return until && until > now ? until : undefined;
};

/** What a source has used of today's share, and until when Zoom wants no request. */
export const readUse = async (
  store: ObjectStore,
  source: string,
  now: Date,
): Promise<{ requestsToday: number; parkedUntil: string | undefined }> => {
  const state = await readJson(store, budgetKey(source), BudgetStateSchema);
  return {
    requestsToday: usedOn(dayOf(now), state),
    parkedUntil: parkedAfter(now, state)?.toISOString(),
  };
};

/** What a run meets that starts while Zoom wants no requests. */
export const parked = (until: Date): RateLimitedError =>
  new RateLimitedError(
    until,
    `Zoom's daily request limit for this account was used up (all its apps share it); it can be asked again from ` +
      `${until.toISOString()}. Nothing is lost: the runs after that bring what is missing.`,
  );
