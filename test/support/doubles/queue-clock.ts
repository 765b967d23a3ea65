import type { Clock } from '../../../shared/collect/ports.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock for concurrent sleeps: time jumps to the next wake-up, in order, so that concurrent code can be timed. */
export class QueueClock implements Clock {
  #time = Date.parse('2026-11-20T12:00:00Z');
  #sleepers: Sleeper[] = [];

  now(): Date {
    return new Date(this.#time);
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { at: this.#time + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        reject(signal.reason as Error);
      });
    });
  }

  advance(ms: number): void {
    this.#time += ms;
  }

  /** Advances the time until all of these are done. */
  async run(work: readonly Promise<unknown>[]): Promise<void> {
    const done = new AbortController();
    const all = Promise.all(work).finally(() => done.abort());
    all.catch(() => undefined); // handled below
    await new Promise(setImmediate);
    while (!done.signal.aborted) {
      const next = this.#sleepers.sort((a, b) => a.at - b.at).shift();
      if (next) {
        this.#time = Math.max(this.#time, next.at);
        next.wake();
      }
      await new Promise(setImmediate);
    }
    await all;
  }
}
