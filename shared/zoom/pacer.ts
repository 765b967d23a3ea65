import type { Clock } from '../collect/ports.ts';

/**
 * Spaces requests by the source's per-second budget, and blocks them before a time that Zoom named. The limits are per Zoom account and shared by all its apps.
 */
export class Pacer {
  readonly #clock: Clock;
  readonly #spacingMs: number;
  #next = 0;
  #heldUntil = 0;
  #rateLimitedUntil: Date | undefined;

  constructor(clock: Clock, requestsPerSecond: number) {
    this.#clock = clock;
    this.#spacingMs = 1000 / requestsPerSecond;
  }

  /** Waits for a turn; the caller then starts its request at once. */
  async turn(signal: AbortSignal): Promise<void> {
    let place: number;
    do {
      signal.throwIfAborted();
      const now = this.#clock.now().getTime();
      place = Math.max(now, this.#next);
      this.#next = place + this.#spacingMs;
      if (place > now) await this.#clock.sleep(place - now, signal);
    } while (place < this.#heldUntil); // held back while it waited: it queues up again behind that
  }

  /** Delays every caller for `ms`, including those that already wait: the account is at its limit. */
  throttle(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.#clock.now().getTime() + ms);
    this.#next = Math.max(this.#next, this.#heldUntil);
  }

  /** Blocks requests until `retryAt`: the daily quota is used up. */
  blockUntil(retryAt: Date): void {
    this.#rateLimitedUntil = retryAt;
  }

  /** Until when requests are blocked; undefined if they are not. */
  get rateLimitedUntil(): Date | undefined {
    return this.#rateLimitedUntil && this.#rateLimitedUntil > this.#clock.now()
      ? this.#rateLimitedUntil
      : undefined;
  }
}
