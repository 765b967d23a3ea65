import { setTimeout as sleep } from 'node:timers/promises';

/** Zoom's own clock: lateness, token lifetimes, quotas and the `Date` header all hang on it. */
export interface SimulatedClock {
  now(): Date;
  /** Jumps to an instant, forwards or back. Going back hides rows that become visible only later. */
  set(instant: Date | string): void;
  advance(ms: number): void;
  /** From now on a real second lasts `speed` simulated seconds; 0 stands still. */
  run(speed: number): void;
}

/** A clock that starts at an instant (the real present by default). The only file of the simulator that reads real time. */
export const createClock = (start: Date | undefined, speed: number): SimulatedClock => {
  let base = start?.getTime() ?? Date.now();
  // A monotonic clock: Zoom's must not jump because this machine's is corrected.
  let since = performance.now();
  let pace = speed;

  const now = () => base + Math.round((performance.now() - since) * pace);
  const restart = (instant: number) => {
    if (Number.isNaN(instant))
      throw new RangeError('The simulated clock was given a time that cannot be read.');
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

/** Waits in real time: what makes an answer slow. */
export const pause = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false });
