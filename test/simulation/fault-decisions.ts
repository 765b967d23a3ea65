import type { Effect, FaultDecision, Process } from './scheduler.ts';
import type { Bucket } from './simulated-store.ts';
import { broken, unreached } from './simulated-zoom.ts';
import type { Fault } from './faults.ts';

type Striking = Extract<Fault, { readonly on: string }>;

/** Callbacks for faults that are triggered. */
export interface TriggeredFault {
  readonly stateChanged: () => void;
  /** A fault occurred while a token was renewed. */
  readonly renewalDisturbed: () => void;
  readonly deadlineOf: (process: Process) => void;
}

/** An error that no code handles specifically. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
}

/** The faults of a plan that affect effects: each once, at the n-th matching effect after its time. */
export class FaultDecisions {
  #waiting: { readonly fault: Striking; left: number }[];
  readonly #start: number;
  readonly #bucket: Bucket;
  readonly #triggered: TriggeredFault;

  constructor(faults: readonly Fault[], start: number, bucket: Bucket, triggered: TriggeredFault) {
    this.#waiting = faults.filter((fault) => 'on' in fault).map((fault) => ({ fault, left: fault.nth }));
    this.#start = start;
    this.#bucket = bucket;
    this.#triggered = triggered;
  }

  /** Disables all faults. */
  calmDown(): void {
    this.#waiting = [];
  }

  of(effect: Effect, now: number): FaultDecision | undefined {
    for (const waiting of this.#waiting) {
      const { fault } = waiting;
      if (this.#start + fault.at > now || !fits(fault, effect)) continue;
      waiting.left -= 1;
      if (waiting.left >= 0) continue;
      const faultDecisions = this.#trigger(fault, effect);
      if (faultDecisions === 'nothing to strike') continue;
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      return faultDecisions;
    }
    return undefined;
  }

  /** The error that the caller of a failed effect gets. */
  failureFor({ kind, response }: Effect): NonNullable<Effect['response']> {
    if (kind === 'http') return { value: response ? broken() : unreached() };
    return { error: new CallFailed('The call failed, for a reason of its own.') };
  }

  #trigger(fault: Striking, effect: Effect): FaultDecision | undefined | 'nothing to strike' {
    const isRenewal = effect.kind === 'secret-write' || effect.what.startsWith('POST');
    switch (fault.kind) {
      case 'crash':
        // The killed process may be about to store a renewed token.
        this.#triggered.renewalDisturbed();
        return fault.happened ? 'crash-after' : 'crash-before';
      case 'stall':
        if (effect.stalled) return 'nothing to strike';
        return { stallMs: fault.ms };
      case 'call-fails':
      case 'answer-lost':
        if (isRenewal) this.#triggered.renewalDisturbed();
        return fault.happened ? 'fail-after' : 'fail-before';
      case 'deadline':
        this.#triggered.deadlineOf(effect.of);
        return undefined;
      case 'state-put-back':
        if (!this.#bucket.putBack(effect.what, fault.writesAgo)) return 'nothing to strike';
        this.#triggered.stateChanged();
        return undefined;
      case 'manifest-damaged':
        this.#bucket.damage(effect.what);
        return undefined;
      case 'state-lost':
        if (!this.#bucket.read(effect.what)) return 'nothing to strike';
        this.#bucket.remove(effect.what);
        this.#triggered.stateChanged();
        return undefined;
    }
  }
}

const fits = (fault: Striking, { of, kind, what }: Effect): boolean => {
  const role = 'role' in fault ? fault.role : 'poller';
  if (of.role !== role || !`${kind} ${what}`.startsWith(fault.on)) return false;
  if (fault.kind === 'manifest-damaged') return what.endsWith('/manifest');
  if (fault.kind === 'call-fails') return kind !== 'http' && kind !== 'sleep';
  return fault.kind === 'answer-lost' ? kind === 'http' : kind !== 'sleep';
};
