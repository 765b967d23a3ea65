import type { Effect, Fate, Process } from './scheduler.ts';
import type { Bucket } from './simulated-store.ts';
import { broken, unreached } from './simulated-zoom.ts';
import type { Trouble } from './trouble.ts';

type Striking = Extract<Trouble, { readonly on: string }>;

/** What the world is told of trouble that strikes. */
export interface Struck {
  readonly stateChanged: () => void;
  /** Something came in between while a token was renewed. */
  readonly renewalDisturbed: () => void;
  readonly deadlineOf: (process: Process) => void;
}

/** What a call fails with that nobody has thought of. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
}

/** The trouble of a plan that strikes effects: each once, at the n-th effect that fits from its moment on. */
export class Fates {
  #waiting: { readonly trouble: Striking; left: number }[];
  readonly #start: number;
  readonly #bucket: Bucket;
  readonly #struck: Struck;

  constructor(troubles: readonly Trouble[], start: number, bucket: Bucket, struck: Struck) {
    this.#waiting = troubles
      .filter((trouble) => 'on' in trouble)
      .map((trouble) => ({ trouble, left: trouble.nth }));
    this.#start = start;
    this.#bucket = bucket;
    this.#struck = struck;
  }

  /** Nothing strikes any more. */
  calmDown(): void {
    this.#waiting = [];
  }

  of(effect: Effect, now: number): Fate | undefined {
    for (const waiting of this.#waiting) {
      const { trouble } = waiting;
      if (this.#start + trouble.at > now || !fits(trouble, effect)) continue;
      waiting.left -= 1;
      if (waiting.left >= 0) continue;
      const fate = this.#strike(trouble, effect);
      if (fate === 'nothing to strike') continue;
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      return fate;
    }
    return undefined;
  }

  /** What the caller of an effect gets that fails. */
  failureOf({ kind, answer }: Effect): NonNullable<Effect['answer']> {
    if (kind === 'http') return { value: answer ? broken() : unreached() };
    return { error: new CallFailed('The call failed, for a reason of its own.') };
  }

  #strike(trouble: Striking, effect: Effect): Fate | undefined | 'nothing to strike' {
    const isRenewal = effect.kind === 'secret-write' || effect.what.startsWith('POST');
    switch (trouble.kind) {
      case 'crash':
        // Whoever dies may be about to store a token that was renewed.
        this.#struck.renewalDisturbed();
        return trouble.happened ? 'crash-after' : 'crash-before';
      case 'stall':
        if (effect.stalled) return 'nothing to strike';
        return { stallMs: trouble.ms };
      case 'call-fails':
      case 'answer-lost':
        if (isRenewal) this.#struck.renewalDisturbed();
        return trouble.happened ? 'fail-after' : 'fail-before';
      case 'deadline':
        this.#struck.deadlineOf(effect.of);
        return undefined;
      case 'state-put-back':
        if (!this.#bucket.putBack(effect.what, trouble.writesAgo)) return 'nothing to strike';
        this.#struck.stateChanged();
        return undefined;
      case 'manifest-damaged':
        this.#bucket.damage(effect.what);
        return undefined;
      case 'state-lost':
        if (!this.#bucket.read(effect.what)) return 'nothing to strike';
        this.#bucket.remove(effect.what);
        this.#struck.stateChanged();
        return undefined;
    }
  }
}

const fits = (trouble: Striking, { of, kind, what }: Effect): boolean => {
  const role = 'role' in trouble ? trouble.role : 'poller';
  if (of.role !== role || !`${kind} ${what}`.startsWith(trouble.on)) return false;
  if (trouble.kind === 'manifest-damaged') return what.endsWith('/manifest');
  if (trouble.kind === 'call-fails') return kind !== 'http' && kind !== 'sleep';
  return trouble.kind === 'answer-lost' ? kind === 'http' : kind !== 'sleep';
};
