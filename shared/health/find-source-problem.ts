import { causeOf } from './causes.ts';
import type { Expectations, SourceObservations } from './observations.ts';
import type { SourceProblem } from './source-problem.ts';

/** A source may miss this many polls in a row, and at least this much time. */
const MISSED_POLLS = 3;
const LEAST_WAIT_MS = 15 * 60_000;

/** The problem of a source as a whole; undefined if there is none, or if only one of its streams has one. */
export const findSourceProblem = (
  { streams, unreadable, lastFailure, watchedSince }: SourceObservations,
  { pollMs }: Pick<Expectations, 'pollMs'>,
  now: Date,
): SourceProblem | undefined => {
  if (unreadable) return { ...unreadable, since: now, isTimeless: true };

  const pollings = streams.flatMap(({ polling }) => polling ?? []);
  const lastRunAt = latest(pollings.map(({ endedAt }) => endedAt));
  const everyMs = pollMs ?? Math.max(...pollings.map((polling) => polling.everyMs ?? Infinity));
  const waitMs = Math.max(LEAST_WAIT_MS, MISSED_POLLS * everyMs);
  const since = lastRunAt ?? watchedSince;
  if (now.getTime() - since.getTime() > waitMs) {
    return lastFailure && lastFailure.at > since
      ? { reason: lastFailure.reason, message: lastFailure.message, since }
      : { reason: 'not-running', message: undefined, since };
  }
  // Just deployed: the first poll has not run yet.
  if (!lastRunAt) return { reason: 'not-connected', message: undefined, since };

  const failures = streams.flatMap(({ stream, polling }) =>
    polling?.failing ? { stream, problem: polling.failing } : [],
  );
  const problems = failures.map(({ problem }) => problem);
  const [first, ...others] = problems.toSorted((a, b) => a.since.getTime() - b.since.getTime());
  if (!first || problems.length < streams.length) return undefined;
  const { verdict } = causeOf(first.reason);
  if (others.some(({ reason }) => causeOf(reason).verdict !== verdict)) return undefined;
  // Where the messages differ, the operator must fix each stream separately.
  const areDifferent = new Set(problems.map(({ message }) => message)).size > 1;
  return verdict === 'unauthorized' && areDifferent
    ? { ...first, message: failures.map((one) => `${one.stream}: ${one.problem.message}`).join('\n') }
    : first;
};

const latest = (dates: readonly Date[]): Date | undefined =>
  dates.length === 0 ? undefined : new Date(Math.max(...dates.map((date) => date.getTime())));
