import type { Answer } from '../../../simulator/response.ts';
import type { Call } from '../../../simulator/call.ts';
import type { Process } from '../scheduler.ts';
import type { Violate } from './invariant-violation.ts';

/** The share of the budget for days that can wait: back-fill, confirmations, requests of a queue. */
const SHARE_OF_THE_WAITING = 0.7;

/** A run may sleep until a limit ends if that is sooner than this. */
const FAR_MS = 15 * 60_000;

/** The longest sleep of a run: for a longer wait, the next run continues. */
const LONGEST_SLEEP_MS = 90_000;

/** Maximum reservation of a run, in requests and as a share of those left today. */
const MOST_RESERVED = 50;
const MOST_RESERVED_SHARE = 0.1;

const HOUR_MS = 60 * 60_000;

const BUDGET = '_state/budget/';

interface Budget {
  readonly day: string;
  readonly used: number;
  readonly parkedUntil?: string;
}

/** A run's view of a day's budget. */
interface Part {
  readonly day: string;
  /** Made or reserved by all runs, as this one recorded last. */
  readonly recorded: number;
  /** Reserved by this run and not made yet. */
  readonly reserved: number;
}

/** One run of a process: from reading the budget to recording what was used. */
interface Run {
  part: Part;
  /** Before its last change of the budget. */
  partBefore: Part;
  readonly parkedUntil: number;
  /** Until when Zoom accepts no requests, by the responses to this run. */
  waitsUntil: number;
  savedUntil: number;
}

/** The collector respects its budget and Zoom's limits, and does not wait long within a run. */
export class RateLimitInvariants {
  readonly #runs = new Map<Process, Run>();
  /** Requests made, by the day that they were reserved for. */
  readonly #made = new Map<string, number>();
  /** Days for which the budget was lost or put back: the number of requests made is no longer known. */
  readonly #forgotten = new Set<string>();
  /** The budget as last written. */
  #written: Buffer | undefined;
  readonly #perDay: number;
  readonly #violate: Violate;

  constructor(perDay: number, violate: Violate) {
    this.#perDay = perDay;
    this.#violate = violate;
  }

  read(key: string, body: Buffer | undefined, by: Process, now: number): void {
    if (!key.startsWith(BUDGET) || by.role !== 'poller') return;
    this.#compare(body, now + by.skewMs);
    const parkedUntil = Date.parse(budgetIn(body).parkedUntil ?? '');
    const nothing = { day: '', recorded: 0, reserved: 0 };
    this.#runs.set(by, {
      part: nothing,
      partBefore: nothing,
      parkedUntil: Number.isNaN(parkedUntil) ? 0 : parkedUntil,
      waitsUntil: 0,
      savedUntil: 0,
    });
  }

  /** `before`: the previous content, which others may have written since the run read it. */
  replaced(key: string, text: string, by: Process, before: Buffer | undefined, now: number): void {
    if (!key.startsWith(BUDGET)) return;
    this.#compare(before, now + by.skewMs);
    this.#written = Buffer.from(text);
    const run = this.#runs.get(by);
    if (!run) return;
    const { day, used, parkedUntil } = JSON.parse(text) as Budget;
    const usedBefore = usedOn(day, before);
    const reserved = run.part.day === day ? run.part.reserved : 0;
    if (day < (budgetIn(before).day ?? '')) {
      this.#violate('budget-is-kept', `requests of ${day} are recorded over those of a later day`);
    }
    const added = used - usedBefore;
    const left = this.#perDay - usedBefore;
    if (added > Math.max(0, Math.min(MOST_RESERVED, Math.ceil(left * MOST_RESERVED_SHARE)))) {
      this.#violate('budget-is-kept', `a run reserves ${added} requests, and ${left} are left of the day`);
    }
    const isGivenBack = used === Math.max(0, usedBefore - reserved);
    if (added < 0 && !isGivenBack) {
      this.#violate('budget-is-kept', `a run gives ${-added} requests back, and had ${reserved} reserved`);
    }
    run.partBefore = run.part;
    run.part = { day, recorded: used, reserved: isGivenBack ? 0 : reserved + added };
    run.savedUntil = Date.parse(parkedUntil ?? '') || 0;
  }

  /** The last change of a run was written without an answer: the run continues as if it was not written. */
  writtenUnknown(key: string, by: Process): void {
    const run = this.#runs.get(by);
    if (key.startsWith(BUDGET) && run) run.part = run.partBefore;
  }

  /** `canWait`: it is a day that yields to the live ones. */
  requested({ endpoint }: Call, by: Process, now: number, canWait: boolean): void {
    const run = this.#runs.get(by);
    if (!run || (endpoint !== 'operation' && endpoint !== 'activity')) return;
    const theirs = now + by.skewMs;
    if (run.parkedUntil > theirs + 1000) {
      this.#violate(
        'zoom-is-obeyed',
        `a run asks Zoom at ${format(now)}, though the stored limit lasts until ${format(run.parkedUntil)}`,
      );
    }
    if (run.waitsUntil - now > FAR_MS) {
      this.#violate(
        'zoom-is-obeyed',
        `a run asks Zoom at ${format(now)}, though Zoom's response said to wait until ${format(run.waitsUntil)}`,
      );
    }
    const { day, recorded, reserved } = run.part;
    if (day < dayAt(theirs) || reserved < 1) {
      this.#violate('budget-is-kept', `a run asks Zoom at ${format(now)}, and has not recorded the request`);
    }
    const share = this.#perDay * (canWait ? SHARE_OF_THE_WAITING : 1);
    const usedBefore = recorded - reserved;
    if (usedBefore + 1 > share)
      this.#violate(
        'budget-is-kept',
        `a run asks Zoom though ${usedBefore} of ${share} requests are used up`,
      );
    run.part = { day, recorded, reserved: reserved - 1 };
    this.#count(day);
  }

  /** All runs together keep to the day's requests, and the budget counts each. */
  #count(day: string): void {
    const made = (this.#made.get(day) ?? 0) + 1;
    this.#made.set(day, made);
    if (this.#forgotten.has(day)) return;
    if (made > this.#perDay)
      this.#violate('budget-is-kept', `${made} of ${this.#perDay} requests were made on ${day}`);
    const budget = budgetIn(this.#written);
    if (budget.day === day && made > (budget.used ?? 0))
      this.#violate(
        'budget-is-kept',
        `${made} requests were made on ${day}, and ${budget.used} are recorded`,
      );
  }

  /** A budget that differs from the last write was lost or put back by a fault: no run does that. */
  #compare(found: Buffer | undefined, theirs: number): void {
    if ((found?.toString('utf8') ?? '') === (this.#written?.toString('utf8') ?? '')) return;
    for (const day of [
      budgetIn(found).day,
      budgetIn(this.#written).day,
      dayAt(theirs),
      dayAt(theirs + HOUR_MS),
    ])
      if (day !== undefined) this.#forgotten.add(day);
    this.#written = found;
  }

  answered(call: Call, { status, headers = {}, body, delivery }: Answer, by: Process, now: number): void {
    const run = this.#runs.get(by);
    if (!run || (call.endpoint !== 'operation' && call.endpoint !== 'activity')) return;
    if (status !== 429 || delivery?.breaks !== undefined || !body.includes('daily')) return;
    run.waitsUntil = Math.max(run.waitsUntil, endOf(headers['retry-after'], now));
  }

  slept(ms: number, by: Process): void {
    if (by.role === 'poller' && ms > LONGEST_SLEEP_MS) {
      this.#violate('runs-do-not-wait', `a run sleeps for ${Math.round(ms / 1000)} seconds`);
    }
  }

  /** A run has ended without being killed. */
  ended(by: Process, now: number): void {
    const run = this.#runs.get(by);
    if (!run) return;
    const { day, reserved } = run.part;
    if (reserved > 0 && day >= dayAt(now + by.skewMs))
      this.#violate('budget-is-kept', `a run has ended, and ${reserved} requests are still reserved for it`);
    if (run.waitsUntil - now > FAR_MS && run.savedUntil < run.waitsUntil - FAR_MS) {
      this.#violate(
        'zoom-is-obeyed',
        `the next runs don't know that Zoom accepts no requests until ${format(run.waitsUntil)}`,
      );
    }
  }
}

/** A stored budget; undefined if it is damaged, because runs then start a new one. */
const budgetIn = (body: Buffer | undefined): Partial<Budget> => {
  try {
    return JSON.parse(body?.toString('utf8') ?? '{}') as Partial<Budget>;
  } catch {
    return {};
  }
};

const usedOn = (day: string, body: Buffer | undefined): number => {
  const budget = budgetIn(body);
  return budget.day === day ? (budget.used ?? 0) : 0;
};

const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The end of a daily limit by what Zoom says, else the next midnight. */
const endOf = (retryAfter: string | undefined, now: number): number => {
  if (retryAfter === undefined) return (Math.floor(now / 86_400_000) + 1) * 86_400_000;
  return /^\d+$/.test(retryAfter) ? now + Number(retryAfter) * 1000 : Date.parse(retryAfter);
};

const format = (at: number): string => new Date(at).toISOString();
