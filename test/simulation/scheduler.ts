import { createHash } from 'node:crypto';
import type { SeededRandom } from '../../simulator/seeded-random.ts';

/** A process of the world: whatever lives and dies as one. Its clock may be wrong by `skewMs`. */
export interface Process {
  readonly name: string;
  /** What it is for; troubles choose their victims by it. */
  readonly role: 'poller' | 'watch' | 'operator';
  readonly skewMs: number;
  isDead: boolean;
}

/** What an effect does to the world; troubles choose by it as well. */
export type EffectKind =
  'list' | 'read' | 'create' | 'replace' | 'secret' | 'secret-write' | 'http' | 'alarm' | 'sleep';

/** Something that a process asked of the world, and waits for. */
export interface Effect {
  readonly of: Process;
  readonly kind: EffectKind;
  /** A key, a URL: without anything secret, for it is printed. */
  readonly what: string;
  readonly perform: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** It is not chosen before this moment. */
  notBefore: number;
  /** It has happened; only its answer is still on its way. */
  response?: { readonly value: unknown } | { readonly error: unknown };
  /** It was held back once, and is not again. */
  stalled?: boolean;
}

/** What trouble does with an effect that was chosen; `undefined`: nothing. */
export type FaultDecision =
  'crash-before' | 'crash-after' | 'fail-before' | 'fail-after' | { readonly stallMs: number };

export interface Happening {
  readonly at: number;
  readonly happen: () => void;
}

interface EffectObservers {
  /** Asked about each effect before it is performed. */
  readonly faultFor: (effect: Effect) => FaultDecision | undefined;
  /** What an effect that fails is answered, or rejected with. */
  readonly failureFor: (effect: Effect) => NonNullable<Effect['response']>;
}

const RECENT = 40;

/** A world without end is a world that hangs. */
const MOST_STEPS = 60_000;

/**
 * Every effect of every process is suspended here, and chance says which goes on next and when: so processes interleave in
 * every order, by seed. Time passes with effects, and jumps to whatever comes next when all processes wait.
 */
export class Scheduler {
  readonly #chance: SeededRandom;
  readonly #observers: EffectObservers;
  /** How likely the same process goes on. */
  readonly #stickiness: number;
  #effects: Effect[] = [];
  #happenings: Happening[] = [];
  #last: Process | undefined;
  readonly #trace = createHash('sha256');
  readonly #recent: string[] = [];
  #notes = 0;
  #failure: { readonly error: unknown } | undefined;
  now: number;
  steps = 0;

  constructor(start: number, chance: SeededRandom, stickiness: number, observers: EffectObservers) {
    this.now = start;
    this.#chance = chance;
    this.#stickiness = stickiness;
    this.#observers = observers;
  }

  /** Suspends a process until its effect has been chosen, has happened and is answered. */
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

  /** Has something happen at a moment, between two effects. */
  at(at: number, happen: () => void): void {
    const index = this.#happenings.findIndex((other) => other.at > at);
    this.#happenings.splice(index === -1 ? this.#happenings.length : index, 0, { at, happen });
  }

  /** The process never gets an answer again: no `finally` of it runs. What it asked for last may happen all the same. */
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

  /** The world is at odds with what was promised: it ends here. */
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

  /** The last things that happened, each with its moment. */
  get recent(): readonly string[] {
    const from = this.#notes % RECENT;
    return [...this.#recent.slice(from), ...this.#recent.slice(0, from)].map((line) => {
      const [at = '0', ...words] = line.trim().split(' ');
      return [new Date(Number(at)).toISOString(), ...words].join(' ');
    });
  }

  /** Lets the world go on until a moment, or until nothing waits and nothing is to come. Throws what it was failed with. */
  async run(until: number): Promise<void> {
    for (;;) {
      await settled();
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

/** Until every process waits for an effect: what lies between two effects are microtasks, all of which run before this. */
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
