import { addDays, dayOf, oldestDayKept } from '../model/day.ts';
import { MINUTE_MS } from '../model/duration.ts';
import { causeOf } from './causes.ts';
import type { Finding } from './finding.ts';
import type { Verdict } from './verdict.ts';

/** A problem that prevents a source or a stream from being read or delivered. */
export interface SourceProblem {
  /** One of the causes in causes.ts. */
  readonly reason: string;
  readonly since: Date;
  /** The original error message. */
  readonly message: string | undefined;
  /** Whether the start is unknown, so that no grace period applies. */
  readonly isTimeless?: boolean;
}

/** Problems that can end by themselves have a grace period. Problems that need an operator raise the alarm at once. */
const GRACE_PERIOD_MS: Partial<Record<Verdict, number>> = {
  throttled: 30 * MINUTE_MS,
  zoom_failing: 30 * MINUTE_MS,
  not_delivering: 10 * MINUTE_MS,
};

const NOTHING_LOST =
  'Data loss: none. Zoom keeps the rows for six months, and the next successful run collects them all.';

const LOST_BY_VERDICT: Partial<Record<Verdict, string>> = {
  not_delivering:
    'Data loss: none while Zoom keeps the rows (six months). The first run after the repair delivers them.',
};

/** The data loss that a problem may cause: "Data loss: none…" or "Data loss: rows … may be lost". */
const lostBy = ({ reason, since }: SourceProblem, verdict: Verdict, now: Date): string => {
  const oldest = oldestDayKept(now);
  if (reason === 'bucket-missing') {
    return `Data loss: rows before ${oldest} may be lost with the bucket. Zoom keeps the later rows, and they are collected again.`;
  }
  if (dayOf(since) < oldest) {
    return `Data loss: rows of ${dayOf(since)} to ${addDays(oldest, -1)} may be lost, because Zoom no longer keeps them. The next successful run collects the later rows.`;
  }
  return LOST_BY_VERDICT[verdict] ?? NOTHING_LOST;
};

/** The finding that on-call gets for a problem. `parkedUntil` is when Zoom's own limit ends: a far date needs no grace period. */
export const problemToFinding = (
  subject: string,
  problem: SourceProblem,
  parkedUntil: Date | undefined,
  now: Date,
): Finding => {
  const { reason, since, message, isTimeless = false } = problem;
  const { verdict, what, todo } = causeOf(reason);
  const gracePeriodMs = GRACE_PERIOD_MS[verdict] ?? 0;
  const isFar = parkedUntil !== undefined && parkedUntil.getTime() - now.getTime() > gracePeriodMs;
  const until = verdict === 'throttled' && parkedUntil ? ` until ${parkedUntil.toISOString()}` : '';
  return {
    cause: reason,
    heading: verdict,
    since,
    gracePeriodMs: isTimeless || (verdict === 'throttled' && isFar) ? 0 : gracePeriodMs,
    what: `${subject} ${what}${until}.`,
    todo,
    lost: lostBy(problem, verdict, now),
    error: message,
  };
};
