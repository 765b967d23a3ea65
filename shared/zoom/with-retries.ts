import type { Clock } from '../collect/ports.ts';
import type { Failure } from './zoom-response.ts';
import type { KnownSecrets } from './known-secrets.ts';
import type { FailureKind } from './failure-kind.ts';
import type { Pacer } from './pacer.ts';
import { type RequestSubject, rateLimited, toError } from './zoom-errors.ts';
import { decideRetry } from './retry-policy.ts';

/** The dependencies of retries. */
export interface RetryContext {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly pacer: Pacer;
  /** The secrets that no message may contain. */
  readonly knownSecrets: KnownSecrets;
}

export type Attempt<T> = { readonly kind: 'success'; readonly value: T } | Failure;

/**
 * Retries until the attempt succeeds or the retry policy gives up, within the account's rate limits. `renewToken` is called
 * when the policy requires another access token. Throws ConfigurationError, RateLimitedError or UpstreamError.
 */
export const withRetries = async <T>(
  { clock, random, pacer, knownSecrets }: RetryContext,
  subject: RequestSubject,
  attempt: () => Promise<Attempt<T>>,
  renewToken: () => Promise<void>,
  signal: AbortSignal,
): Promise<T> => {
  const before: FailureKind[] = [];
  for (;;) {
    const turn = await pacer.turn(signal);
    if (pacer.rateLimitedUntil) throw rateLimited(pacer.rateLimitedUntil, undefined, subject, knownSecrets);
    const result = await attempt();
    if (result.kind === 'success') {
      pacer.granted();
      return result.value;
    }

    const decision = decideRetry(result, before, clock.now(), random());
    before.push(decision.failureKind);
    if (decision.failureKind === 'limited-per-second') pacer.refused(turn);
    switch (decision.act) {
      case 'retry':
        await clock.sleep(decision.afterMs, signal);
        break;
      case 'throttle':
        pacer.throttle(decision.afterMs);
        break;
      case 'renew-token':
        await renewToken();
        break;
      case 'defer':
        pacer.blockUntil(decision.retryAt);
        throw rateLimited(decision.retryAt, result, subject, knownSecrets);
      case 'give-up':
        throw toError(decision.failureKind, result, subject, knownSecrets);
    }
  }
};
