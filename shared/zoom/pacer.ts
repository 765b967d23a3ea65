import type { Clock } from '../collect/ports.ts';

const SECOND_MS = 1000;

/** After a refusal the rate is this part of the requests that were started in the second before it. */
const RATE_KEPT = 0.7;

/** Each answer that Zoom does not refuse raises a lowered rate by this factor: 72 answers make up for one refusal. */
const RATE_GAIN = 1.005;

/** Refusals lower the rate to no less than this, in requests a second, unless the source's share is less. */
const LOWEST_RATE = 1;

/** Leave to start a request. */
export interface Turn {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Requests started in the second before `at`, this one included. */
  readonly inSecond: number;
}

/**
 * Lets requests start no closer together than the source's per-second share allows, and none at all before a time that
 * Zoom named. The limits are per Zoom account and shared by all its apps, so a share may be more than is left: each refusal
 * for the limit of a second lowers the rate, and answers raise it again, up to the share.
 */
export class Pacer {
  readonly #clock: Clock;
  readonly #share: number;
  /** Requests a second, at most `#share`. */
  #rate: number;
  /** When the requests of the last second were started. */
  #starts: number[] = [];
  #loweredAt = -Infinity;
  #next = 0;
  #heldUntil = 0;
  #rateLimitedUntil: Date | undefined;

  constructor(clock: Clock, requestsPerSecond: number) {
    this.#clock = clock;
    this.#share = requestsPerSecond;
    this.#rate = requestsPerSecond;
  }

  /** Waits for a place; the caller then starts its request at once. */
  async turn(signal: AbortSignal): Promise<Turn> {
    let place: number;
    do {
      signal.throwIfAborted();
      const now = this.#clock.now().getTime();
      place = Math.max(now, this.#next);
      this.#next = place + SECOND_MS / this.#rate;
      if (place > now) await this.#clock.sleep(place - now, signal);
    } while (place < this.#heldUntil); // held back while it waited: it queues up again behind that
    const at = Math.floor(place); // in whole milliseconds
    this.#starts = [...this.#starts.filter((start) => start > at - SECOND_MS), at];
    return { at, inSecond: this.#starts.length };
  }

  /** Delays every caller for `ms`, including those that already wait: the account is at its limit. */
  throttle(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.#clock.now().getTime() + ms);
    this.#next = Math.max(this.#next, this.#heldUntil);
  }

  /**
   * Zoom refused a request for its limit of a second: lowers the rate below the one that it was started at. Requests that were
   * started before the last such refusal was known add no information.
   */
  refused({ at, inSecond }: Turn): void {
    if (at <= this.#loweredAt) return;
    this.#loweredAt = this.#clock.now().getTime();
    const rate = Math.min(this.#rate, inSecond) * RATE_KEPT;
    this.#rate = Math.min(this.#share, Math.max(LOWEST_RATE, rate));
  }

  /** Zoom granted a request: raises a lowered rate a little. */
  granted(): void {
    this.#rate = Math.min(this.#share, this.#rate * RATE_GAIN);
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
