import type { Clock } from '../collect/ports.ts';

/** What waiting needs of the world. */
export interface RetryContext {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
}

const BASE_MS = 50;
const MAX_MS = 2000;

/** What has begun is finished: each wait is short. */
const NEVER_ABORTED = new AbortController().signal;

/** Waits, longer after each failure, and hardly ever as long as another who failed at the same moment. */
export const backOff = ({ clock, random }: RetryContext, failures: number): Promise<void> =>
  clock.sleep(random() * Math.min(MAX_MS, BASE_MS * 2 ** failures), NEVER_ABORTED);
