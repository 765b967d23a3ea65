import { addDays, dayOf, oldestDayKept } from '../model/day.ts';
import { MINUTE_MS } from '../model/duration.ts';
import { causeOf } from './causes.ts';
import type { Finding } from './finding.ts';
import type { Verdict } from './verdict.ts';

/** Something that keeps a source or a stream from being read or delivered. */
export interface SourceProblem {
  /** One of causes.ts. */
  readonly reason: string;
  readonly since: Date;
  /** The error as it was met. */
  readonly message: string | undefined;
  /** Whether since when can't be known, so that there is nothing to wait for. */
  readonly isTimeless?: boolean;
}

/** What passes by itself is told only if it doesn't; what only a person can end is told at once. */
const GRACE_PERIOD_MS: Partial<Record<Verdict, number>> = {
  throttled: 30 * MINUTE_MS,
  zoom_failing: 30 * MINUTE_MS,
  not_delivering: 10 * MINUTE_MS,
};

const NOTHING_LOST =
  'Nothing is lost: Zoom keeps the rows for six months, and the first run that can brings them all.';

const LOST_BY_VERDICT: Partial<Record<Verdict, string>> = {
  not_delivering:
    'Nothing is lost while Zoom keeps the rows (six months): the run after the repair delivers them.',
};

/** What a trouble may cost, in a sentence that says either "Nothing is lost" or "Rows of … may be lost". */
const lostBy = ({ reason, since }: SourceProblem, verdict: Verdict, now: Date): string => {
  const oldest = oldestDayKept(now);
  if (reason === 'bucket-missing') {
    return `Rows of the days before ${oldest} may be lost with the bucket; Zoom keeps the later ones, and they are collected again.`;
  }
  if (dayOf(since) < oldest) {
    return `Rows of ${dayOf(since)} to ${addDays(oldest, -1)} may be lost: Zoom no longer keeps them. The later ones are brought by the first run that can.`;
  }
  return LOST_BY_VERDICT[verdict] ?? NOTHING_LOST;
};

/** What on-call is to hear of a trouble. `parkedUntil` is when Zoom's own limit ends: a far date needs no more patience. */
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
