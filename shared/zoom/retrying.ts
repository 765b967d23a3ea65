import type { Clock } from '../collect/ports.ts';
import type { Failure } from './answer.ts';
import type { KnownSecrets } from './known-secrets.ts';
import type { Meaning } from './meaning.ts';
import type { Pacer } from './pacer.ts';
import { type Asked, comeBack, refusal } from './refusals.ts';
import { judge } from './retry-policy.ts';

/** What retrying needs of the world. */
export interface Patience {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly pacer: Pacer;
  /** What must not stand in any message, whatever Zoom says. */
  readonly knownSecrets: KnownSecrets;
}

export type Attempt<T> = { readonly kind: 'success'; readonly value: T } | Failure;

/**
 * Tries until it succeeds or the retry policy gives up, at the pace that the account allows. `renewToken` is called when
 * the policy wants another access token. Throws ConfigurationError, RateLimitedError or UpstreamError.
 */
export const retrying = async <T>(
  { clock, random, pacer, knownSecrets }: Patience,
  asked: Asked,
  attempt: () => Promise<Attempt<T>>,
  renewToken: () => Promise<void>,
  signal: AbortSignal,
): Promise<T> => {
  const before: Meaning[] = [];
  for (;;) {
    const turn = await pacer.turn(signal);
    if (pacer.parkedUntil) throw comeBack(pacer.parkedUntil, undefined, asked, knownSecrets);
    const result = await attempt();
    if (result.kind === 'success') {
      pacer.granted();
      return result.value;
    }

    const verdict = judge(result, before, clock.now(), random());
    before.push(verdict.meaning);
    if (verdict.meaning === 'limited-per-second') pacer.refused(turn);
    switch (verdict.act) {
      case 'retry':
        await clock.sleep(verdict.afterMs, signal);
        break;
      case 'hold-back':
        pacer.holdBack(verdict.afterMs);
        break;
      case 'renew-token':
        await renewToken();
        break;
      case 'come-back':
        pacer.park(verdict.retryAt);
        throw comeBack(verdict.retryAt, result, asked, knownSecrets);
      case 'give-up':
        throw refusal(verdict.meaning, result, asked, knownSecrets);
    }
  }
};
