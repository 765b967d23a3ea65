import type { Answer } from '../../../simulator/answer.ts';
import type { Call } from '../../../simulator/call.ts';
import type { Process } from '../scheduler.ts';
import type { Violate } from './broken-promise.ts';

/** The share that days which can wait may use up: back-fill, confirmations, what a queue asks for. */
const SHARE_OF_THE_WAITING = 0.7;

/** A limit that ends sooner than this may be slept through. */
const FAR_MS = 15 * 60_000;

/** The longest sleep of a run: beyond it the next run goes on. */
const LONGEST_SLEEP_MS = 90_000;

const BUDGET = '_state/budget/';

interface Budget {
  readonly day: string;
  readonly used: number;
  readonly parkedUntil?: string;
}

/** One run of a process: from its look at the budget to its word on what was used. */
interface Run {
  /** As it read, or recorded last. */
  used: number;
  readonly parkedUntil: number;
  /** Made, and not recorded yet. */
  unsaved: number;
  /** Until when Zoom wants no requests, as this run was told. */
  toldUntil: number;
  savedUntil: number;
}

/** How the collector treats Zoom: it keeps to its share of requests, to Zoom's own dates, and waits without holding a run. */
export class Manners {
  readonly #runs = new Map<Process, Run>();
  readonly #perDay: number;
  readonly #violate: Violate;

  constructor(perDay: number, violate: Violate) {
    this.#perDay = perDay;
    this.#violate = violate;
  }

  read(key: string, body: Buffer | undefined, by: Process, now: number): void {
    if (!key.startsWith(BUDGET) || by.role !== 'poller') return;
    const budget = body && (JSON.parse(body.toString('utf8')) as Budget);
    const isToday = budget?.day === new Date(now + by.skewMs).toISOString().slice(0, 10);
    const parkedUntil = Date.parse(budget?.parkedUntil ?? '');
    this.#runs.set(by, {
      used: isToday ? budget.used : 0,
      parkedUntil: Number.isNaN(parkedUntil) ? 0 : parkedUntil,
      unsaved: 0,
      toldUntil: 0,
      savedUntil: 0,
    });
  }

  /** `before`: what stood there, which others may have written since the run looked. */
  replaced(key: string, text: string, by: Process, before: Buffer | undefined): void {
    const run = this.#runs.get(by);
    if (!key.startsWith(BUDGET) || !run) return;
    const { day, used, parkedUntil } = JSON.parse(text) as Budget;
    const usedBefore = usedOn(day, before);
    if (used !== usedBefore + run.unsaved) {
      this.#violate(
        'budget-is-kept',
        `${usedBefore} requests were used, ${run.unsaved} were made, and ${used} are kept`,
      );
    }
    run.used = used;
    run.unsaved = 0;
    run.savedUntil = Date.parse(parkedUntil ?? '') || 0;
  }

  /** `canWait`: it is a day that yields to the live ones. */
  asked({ endpoint }: Call, by: Process, now: number, canWait: boolean): void {
    const run = this.#runs.get(by);
    if (!run || (endpoint !== 'operation' && endpoint !== 'activity')) return;
    const theirs = now + by.skewMs;
    if (run.parkedUntil > theirs + 1000) {
      this.#violate(
        'zoom-is-obeyed',
        `a run asks Zoom at ${spell(now)}, though it knew that Zoom wants none until ${spell(run.parkedUntil)}`,
      );
    }
    if (run.toldUntil - now > FAR_MS) {
      this.#violate(
        'zoom-is-obeyed',
        `a run asks Zoom at ${spell(now)}, though it was told to wait until ${spell(run.toldUntil)}`,
      );
    }
    const share = this.#perDay * (canWait ? SHARE_OF_THE_WAITING : 1);
    if (run.used + run.unsaved >= share)
      this.#violate(
        'budget-is-kept',
        `a run asks Zoom though ${run.used + run.unsaved} of ${share} requests are used up`,
      );
    run.unsaved += 1;
  }

  answered(call: Call, { status, headers = {}, body, delivery }: Answer, by: Process, now: number): void {
    const run = this.#runs.get(by);
    if (!run || (call.endpoint !== 'operation' && call.endpoint !== 'activity')) return;
    if (status !== 429 || delivery?.breaks !== undefined || !body.includes('daily')) return;
    run.toldUntil = Math.max(run.toldUntil, endOf(headers['retry-after'], now));
  }

  slept(ms: number, by: Process): void {
    if (by.role === 'poller' && ms > LONGEST_SLEEP_MS) {
      this.#violate('runs-do-not-wait', `a run sleeps for ${Math.round(ms / 1000)} seconds`);
    }
  }

  /** A run has come to its own end. */
  ended(by: Process, now: number): void {
    const run = this.#runs.get(by);
    if (!run) return;
    if (run.unsaved > 0)
      this.#violate('budget-is-kept', `${run.unsaved} requests of a run are told to nobody`);
    if (run.toldUntil - now > FAR_MS && run.savedUntil < run.toldUntil - FAR_MS) {
      this.#violate(
        'zoom-is-obeyed',
        `no later run is told that Zoom wants no requests until ${spell(run.toldUntil)}`,
      );
    }
  }
}

const usedOn = (day: string, body: Buffer | undefined): number => {
  try {
    const budget = JSON.parse(body?.toString('utf8') ?? '{}') as Partial<Budget>;
    return budget.day === day ? (budget.used ?? 0) : 0;
  } catch {
    return 0; // damaged: it is begun anew
  }
};

/** The end of a daily limit by what Zoom says, else the next midnight. */
const endOf = (retryAfter: string | undefined, now: number): number => {
  if (retryAfter === undefined) return (Math.floor(now / 86_400_000) + 1) * 86_400_000;
  return /^\d+$/.test(retryAfter) ? now + Number(retryAfter) * 1000 : Date.parse(retryAfter);
};

const spell = (at: number): string => new Date(at).toISOString();
