import type { Failure } from './zoom-response.ts';
import { type FailureKind, classifyFailure } from './failure-kind.ts';
import { isInSeconds, nextMidnight, retryAtOf } from './retry-after.ts';

/** What to do about a failed request. */
export type RetryAction =
  /** Retry this request after a pause. */
  | { readonly act: 'retry'; readonly afterMs: number }
  /** Retry after a pause of every request: the account is at its limit. */
  | { readonly act: 'throttle'; readonly afterMs: number }
  | { readonly act: 'renew-token' }
  /** No request before `retryAt`: too long for a run to wait. */
  | { readonly act: 'defer'; readonly retryAt: Date }
  | { readonly act: 'give-up' };

export type RetryDecision = RetryAction & { readonly failureKind: FailureKind };

export const MAX_TRIES = 7;
const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 30_000;
const SECOND_MS = 1000;

/** The longest wait within a run. After a longer one the caller retries later. */
const MAX_SLEEP_MS = 60_000;

/** Zoom's day ends within a day. A limit with a later end is misread or invalid. */
const MAX_LIMIT_MS = 25 * 3_600_000;

/** Zoom's clock and ours may differ by this much: a limit that ended this recently may still apply there. */
const CLOCK_SKEW_MS = 10 * 60_000;

/**
 * A limit of a second ends in a second. A date for its end that is further off, or over for longer, is the work of a clock that
 * is wrong, Zoom's or ours, and is ignored.
 */
const SECOND_LIMIT_MS = { least: -SECOND_MS, most: 10 * SECOND_MS };

/**
 * Decides what follows a failure of a request that has failed with the meanings `before` already. Pure: `random` is a
 * number from 0 to below 1, which spreads the retries of many clients.
 * - Zoom's failures are retried with growing delays, limits after their stated time or a growing one.
 * - A dead token is renewed once; so is one whose grant or app is reported dead, because another may have been authorized.
 * - A refusal (scope, role, plan) is retried once, because single false ones occur, and is then final: Zoom disables apps
 *   that keep failing.
 * - A request that is wrong is never repeated.
 */
export const decideRetry = (
  failure: Failure,
  before: readonly FailureKind[],
  now: Date,
  random: number,
): RetryDecision => {
  const failureKind = classifyFailure(failure, now);
  const decision = decide(failureKind, failure, before, now, random);
  const last = before.length + 1 >= MAX_TRIES;
  return { failureKind, ...(last ? atLast(decision, now) : decision) };
};

/** A decision to retry, after the last attempt. */
const atLast = (decision: RetryAction, now: Date): RetryAction => {
  if (decision.act === 'defer') return decision;
  if (decision.act === 'throttle') return { act: 'defer', retryAt: after(now, decision.afterMs) };
  return { act: 'give-up' };
};

const decide = (
  failureKind: FailureKind,
  failure: Failure,
  before: readonly FailureKind[],
  now: Date,
  random: number,
): RetryAction => {
  const backoffMs = backoff(before.length, random);
  switch (failureKind) {
    case 'zoom-failed':
    case 'zoom-unreachable':
      return { act: 'retry', afterMs: backoffMs };

    case 'limited-per-second':
    case 'limited-per-day': {
      const end = endOfLimit(failureKind, failure, now);
      const afterMs = end.getTime() - now.getTime() + backoffMs;
      return afterMs > MAX_SLEEP_MS ? { act: 'defer', retryAt: end } : { act: 'throttle', afterMs };
    }

    case 'token-dead':
    case 'grant-dead':
    case 'app-disabled':
      return { act: before.some((earlier) => isAboutToken(earlier)) ? 'give-up' : 'renew-token' };

    case 'scope-missing':
    case 'role-too-weak':
    case 'plan-too-small':
    case 'cloud-recording-off':
    case 'account-missing':
    case 'user-missing':
    case 'app-inactive':
    case 'zoom-untrusted':
      return before.includes(failureKind) ? { act: 'give-up' } : { act: 'retry', afterMs: SECOND_MS };

    case 'credentials-wrong':
    case 'proxy-refused':
    case 'code-refused':
    case 'redirect-mismatch':
    case 'app-kind-wrong':
    case 'page-token-spent':
    case 'answer-too-long':
    case 'day-too-old':
    case 'request-wrong':
      return { act: 'give-up' };
  }
};

const isAboutToken = (failureKind: FailureKind): boolean =>
  failureKind === 'token-dead' || failureKind === 'grant-dead' || failureKind === 'app-disabled';

/** When the limit ends: at Zoom's stated time if it is plausible, else in a second, or with Zoom's day. */
const endOfLimit = (
  failureKind: 'limited-per-second' | 'limited-per-day',
  failure: Failure,
  now: Date,
): Date => {
  const headers = failure.kind === 'response' ? failure.response.headers : {};
  const inMs = (retryAtOf(headers, now)?.getTime() ?? NaN) - now.getTime();
  const isDateOfSecond = failureKind === 'limited-per-second' && !isInSeconds(headers);
  const { least, most } = isDateOfSecond ? SECOND_LIMIT_MS : { least: -CLOCK_SKEW_MS, most: MAX_LIMIT_MS };
  if (inMs > least && inMs <= most) return after(now, Math.max(inMs, 0));
  return failureKind === 'limited-per-day' ? nextMidnight(now) : after(now, SECOND_MS);
};

const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms);

/** A random delay up to 250 ms, 500 ms, 1 s … 16 s. */
const backoff = (failures: number, random: number): number =>
  Math.ceil(random * Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** failures));
