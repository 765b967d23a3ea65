import { createHash } from 'node:crypto';
import type { SeededRandom } from '../../simulator/seeded-random.ts';

/** A process of the world, the unit of a crash. Its clock is wrong by `skewMs`. */
export interface Process {
  readonly name: string;
  /** Its role; faults select processes by it. */
  readonly role: 'poller' | 'monitor' | 'operator';
  readonly skewMs: number;
  isDead: boolean;
}

/** What an effect does to the world; faults select effects by it. */
export type EffectKind =
  | 'list'
  | 'read'
  | 'create'
  | 'replace'
  | 'begin'
  | 'part'
  | 'complete'
  | 'abort'
  | 'secret'
  | 'secret-write'
  | 'http'
  | 'alarm'
  | 'sleep';

/** A call of a process that waits for its result. */
export interface Effect {
  readonly of: Process;
  readonly kind: EffectKind;
  /** A key or a URL, without secrets because it is printed. */
  readonly what: string;
  readonly perform: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** It is not chosen before this moment. */
  notBefore: number;
  /** It was performed; only its response is pending. */
  response?: { readonly value: unknown } | { readonly error: unknown };
  /** It was delayed once, and is not delayed again. */
  stalled?: boolean;
}

/** What a fault does to the selected effect; `undefined`: nothing. */
export type FaultDecision =
  'crash-before' | 'crash-after' | 'fail-before' | 'fail-after' | { readonly stallMs: number };

export interface Happening {
  readonly at: number;
  readonly happen: () => void;
}

interface EffectObservers {
  /** Called for each effect before it is performed. */
  readonly faultFor: (effect: Effect) => FaultDecision | undefined;
  /** The response or the error of an effect that fails. */
  readonly failureFor: (effect: Effect) => NonNullable<Effect['response']>;
}

const RECENT = 40;

/** A world with more effects than this hangs. */
const MOST_STEPS = 60_000;

/**
 * Every effect of every process is suspended here, and the seed decides which continues next and when. So processes interleave in
 * every order. Time passes with effects, and jumps to the next event when all processes wait.
 */
export class Scheduler {
  readonly #chance: SeededRandom;
  readonly #observers: EffectObservers;
  /** Probability that the same process continues. */
  readonly #stickiness: number;
  readonly #turns: number;
  #effects: Effect[] = [];
  #happenings: Happening[] = [];
  #last: Process | undefined;
  readonly #trace = createHash('sha256');
  readonly #recent: string[] = [];
  #notes = 0;
  #failure: { readonly error: unknown } | undefined;
  now: number;
  steps = 0;

  /**
   * `turns`: of Node's event loop until every process waits for an effect. One is enough where there are only microtasks; a stream
   * of undici that is destroyed unread takes one more.
   */
  constructor(
    start: number,
    chance: SeededRandom,
    stickiness: number,
    observers: EffectObservers,
    turns = 1,
  ) {
    this.#turns = turns;
    this.now = start;
    this.#chance = chance;
    this.#stickiness = stickiness;
    this.#observers = observers;
  }

  /** Suspends a process until its effect was selected, performed and answered. */
  effect<T>(of: Process, kind: EffectKind, what: string, perform: () => T, signal?: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (of.isDead) return;
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const effect: Effect = {
        of,
        kind,
        what,
        perform,
        resolve: resolve as (value: unknown) => void,
        reject: reject as (error: unknown) => void,
        notBefore: this.now,
      };
      this.#effects.push(effect);
      signal?.addEventListener('abort', () => {
        if (!this.#effects.includes(effect)) return;
        this.#remove(effect);
        reject(signal.reason as Error);
      });
    });
  }

  sleep(of: Process, ms: number, signal: AbortSignal): Promise<void> {
    const sleeping = this.effect(of, 'sleep', `${ms} ms`, () => undefined, signal);
    const effect = this.#effects.at(-1);
    if (effect?.of === of && effect.kind === 'sleep') effect.notBefore = this.now + ms;
    return sleeping;
  }

  /** Schedules a call at a moment, between two effects. */
  at(at: number, happen: () => void): void {
    const index = this.#happenings.findIndex((other) => other.at > at);
    this.#happenings.splice(index === -1 ? this.#happenings.length : index, 0, { at, happen });
  }

  /** The process gets no more responses: no `finally` runs. Its last effects may still be performed. */
  kill(victim: Process): void {
    victim.isDead = true;
    const orphans = this.#effects.filter(({ of }) => of === victim);
    this.#effects = this.#effects.filter(({ of }) => of !== victim);
    for (const orphan of orphans) {
      const happens = !orphan.response && orphan.kind !== 'sleep' && this.#chance.happens(0.5);
      this.#note('dies in', orphan, happens ? 'which happens' : '');
      if (happens) this.#perform(orphan);
    }
  }

  /** Ends the world with a broken invariant. */
  fail(error: unknown): void {
    this.#failure ??= { error };
  }

  note(text: string): void {
    const line = `${this.now} ${text}\n`;
    this.#trace.update(line);
    this.#recent[this.#notes % RECENT] = line;
    this.#notes += 1;
  }

  get trace(): string {
    return this.#trace.copy().digest('hex');
  }

  /** The last effects, each with its time. */
  get recent(): readonly string[] {
    const from = this.#notes % RECENT;
    return [...this.#recent.slice(from), ...this.#recent.slice(0, from)].map((line) => {
      const [at = '0', ...words] = line.trim().split(' ');
      return [new Date(Number(at)).toISOString(), ...words].join(' ');
    });
  }

  /** Runs the world until a moment, or until nothing is pending or scheduled. Throws what `fail` was called with. */
  async run(until: number): Promise<void> {
    for (;;) {
      for (let turn = 0; turn < this.#turns; turn += 1) await settled();
      if (this.#failure) throw this.#failure.error;
      this.steps += 1;
      if (this.steps > MOST_STEPS)
        throw new Error(`The world has not come to rest after ${MOST_STEPS} steps.`);

      const [happening] = this.#happenings;
      if (happening && happening.at <= this.now) {
        this.#happenings.shift();
        happening.happen();
        continue;
      }
      const effect = this.#choose();
      if (effect) this.#goOn(effect);
      else if (!this.#jump(until)) return;
    }
  }

  #choose(): Effect | undefined {
    const ready = this.#effects.filter(({ notBefore }) => notBefore <= this.now);
    if (ready.length === 0) return undefined;
    if (this.#chance.happens(this.#stickiness)) {
      const same = ready.find(({ of }) => of === this.#last);
      if (same) return same;
    }
    return ready.length === 1 ? ready[0] : this.#chance.pick(ready);
  }

  #goOn(effect: Effect): void {
    this.#last = effect.of;
    if (effect.response) {
      this.#deliver(effect);
      return;
    }
    if (effect.kind === 'sleep') {
      this.#remove(effect);
      effect.resolve(undefined);
      return;
    }
    const faultDecisions = this.#observers.faultFor(effect);
    if (typeof faultDecisions === 'object') {
      this.#note('is stalled in', effect, `for ${faultDecisions.stallMs} ms`);
      effect.stalled = true;
      effect.notBefore = this.now + faultDecisions.stallMs;
      return;
    }
    if (faultDecisions === 'crash-before' || faultDecisions === 'crash-after') {
      this.#note('crashes', effect, faultDecisions);
      if (faultDecisions === 'crash-after') this.#perform(effect);
      this.#remove(effect);
      this.kill(effect.of);
      return;
    }
    this.now += this.#chance.happens(0.02) ? this.#chance.integer(200, 4000) : this.#chance.integer(1, 25);
    this.#note('', effect, faultDecisions ?? '');
    if (faultDecisions !== 'fail-before') effect.response = this.#perform(effect);
    if (faultDecisions !== undefined) effect.response = this.#observers.failureFor(effect);
    if (this.#chance.happens(0.8)) this.#deliver(effect);
  }

  #perform(effect: Effect): NonNullable<Effect['response']> {
    try {
      return { value: effect.perform() };
    } catch (error) {
      return { error };
    }
  }

  #deliver(effect: Effect): void {
    this.#remove(effect);
    const { response } = effect;
    if (response && 'error' in response) effect.reject(response.error);
    else effect.resolve(response?.value);
  }

  #remove(effect: Effect): void {
    const index = this.#effects.indexOf(effect);
    if (index !== -1) this.#effects.splice(index, 1);
  }

  #jump(until: number): boolean {
    const wakes = this.#effects.map(({ notBefore }) => notBefore);
    const next = Math.min(this.#happenings[0]?.at ?? Infinity, ...wakes);
    this.now = Math.max(this.now, Math.min(next, until));
    return next <= until;
  }

  #note(verb: string, { of, kind, what }: Effect, more: string): void {
    this.note([of.name, verb, kind, what, more].filter((part) => part !== '').join(' '));
  }
}

/** Waits until every process waits for an effect: between two effects are only microtasks, all of which run before this. */
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
