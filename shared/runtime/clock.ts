import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../collect/ports.ts';

/** This machine's clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, { signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw error;
    });
  },
};

/** A clock that pretends it is `start` now, and goes on from there: for drills and tests. */
export const clockFrom = (start: Date, clock: Clock = systemClock): Clock => {
  const aheadMs = start.getTime() - clock.now().getTime();
  return {
    now: () => new Date(clock.now().getTime() + aheadMs),
    sleep: (ms, signal) => clock.sleep(ms, signal),
  };
};
