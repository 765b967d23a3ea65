import { setTimeout as sleep } from 'node:timers/promises';

/** Zoom's clock: lateness, token lifetimes, quotas and the `Date` header use it. */
export interface SimulatedClock {
  now(): Date;
  /** Jumps to an instant, forwards or back. A jump back hides rows that become visible later. */
  set(instant: Date | string): void;
  advance(ms: number): void;
  /** Sets the speed: one real second is `speed` simulated seconds; 0 stops the clock. */
  run(speed: number): void;
}

/** A clock that starts at an instant (default: now). Only this file of the simulator reads real time. */
export const createClock = (start: Date | undefined, speed: number): SimulatedClock => {
  let base = start?.getTime() ?? Date.now();
  // A monotonic clock: Zoom's must not jump because this machine's is corrected.
  let since = performance.now();
  let pace = speed;

  const now = () => base + Math.round((performance.now() - since) * pace);
  const restart = (instant: number) => {
    if (Number.isNaN(instant)) throw new RangeError('The simulated clock received an invalid time.');
    base = instant;
    since = performance.now();
  };

  return {
    now: () => new Date(now()),
    set: (instant) => restart(new Date(instant).getTime()),
    advance: (ms) => restart(now() + ms),
    run: (newPace) => {
      restart(now());
      pace = newPace;
    },
  };
};

/** Waits in real time, for slow responses. */
export const pause = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false });
