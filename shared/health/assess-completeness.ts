import { addDays, type Day, dayOf, daysBetween, endOf, oldestDayKept, startOf } from '../model/day.ts';
import { DAY_MS, HOUR_MS } from '../model/duration.ts';
import { formatCount } from '../model/format-count.ts';
import type { Finding } from './finding.ts';
import type { Expectations, SourceObservations, StreamObservations } from './observations.ts';

/** Days mostly close within minutes; one that is later by this much is stuck. */
const CLOSING_GRACE_MS = 48 * HOUR_MS;

/** A first back-fill may take this long before its days are owed. */
const BACKFILL_GRACE_MS = 7 * DAY_MS;

/** Zoom forgets a day six months after it; so many days before that, a person can still act. */
const FORGETS_WITHIN_DAYS = 14;

/** A back-fill begins at the edge of what Zoom keeps, and is given this long to leave it. */
const EDGE_GRACE_MS = 3 * DAY_MS;

/** Zoom ends an authorization whose refresh token was not used for 90 days; a person is told so long before. */
const UNUSED_ENDS_MS = 90 * DAY_MS;
const ENDS_WITHIN_MS = 15 * DAY_MS;

/** Whether the newest complete day is older than we promise: a day closes once its lookback is over. */
export const overdue = (
  { source, streams }: SourceObservations,
  { lookbackDays }: Expectations,
  now: Date,
): Finding | undefined => {
  const stuck = streams.flatMap(({ stream, polling, closedUpTo, days }) => {
    if (!polling) return [];
    const next = closedUpTo && addDays(closedUpTo, 1);
    const dueAt = next ? endOf(next).getTime() + lookbackDays * DAY_MS : polling.firstAt.getTime();
    const since = new Date(dueAt + (next ? CLOSING_GRACE_MS : BACKFILL_GRACE_MS));
    return since <= now ? [{ stream, next, since, held: next && days.get(next)?.held }] : [];
  });
  const [first] = stuck.sort((a, b) => a.since.getTime() - b.since.getTime());
  if (!first) return undefined;
  const held = first.held
    ? ` ${formatCount(first.held)} copies of rows of that day await proof: Zoom's list has not stood still.`
    : '';
  return {
    cause: 'overdue',
    heading: 'completeness',
    since: first.since,
    gracePeriodMs: 0,
    what: first.next
      ? `The ${first.stream} stream of ${source} is complete only up to ${addDays(first.next, -1)}: ${first.next} should have closed two days ago.${held}`
      : `No day of the ${first.stream} stream of ${source} has become complete in the week since its first poll.`,
    todo: `Have the day collected, and see what the run says: bin/zoom-log-source collect --deployed --source ${source} --from ${first.next ?? dayOf(now)} --to ${first.next ?? dayOf(now)} --wait`,
    lost: 'Nothing is lost. Readers who wait for the watermark wait.',
    error: undefined,
  };
};

/** Whether something will be lost for good on a day that is near: days that Zoom forgets, or the authorization. */
export const deadline = (
  observations: SourceObservations,
  { auth }: Expectations,
  now: Date,
): Finding | undefined =>
  forgetting(observations, now) ?? (auth === 'oauth' ? expiring(observations, now) : undefined);

const forgetting = (
  { source, streams, pollingSince }: SourceObservations,
  now: Date,
): Finding | undefined => {
  const kept = oldestDayKept(now);
  const from = pollingSince && pollingSince > kept ? pollingSince : kept;
  const until = addDays(kept, FORGETS_WITHIN_DAYS);
  const unread = ({ days, polling }: StreamObservations): Day | undefined =>
    polling && now.getTime() - polling.firstAt.getTime() > EDGE_GRACE_MS
      ? daysBetween(from, until).find((day) => days.get(day)?.wasRead !== true)
      : undefined;
  const [first] = streams
    .flatMap((observations) => {
      const day = unread(observations);
      return day === undefined ? [] : [{ stream: observations.stream, day }];
    })
    .sort((a, b) => a.day.localeCompare(b.day));
  if (!first) return undefined;
  const daysLeft = Math.round((startOf(first.day).getTime() - startOf(kept).getTime()) / DAY_MS);
  return {
    cause: 'zoom-forgets',
    heading: 'deadline',
    since: now,
    gracePeriodMs: 0,
    what: `Zoom forgets ${first.day} in ${daysLeft} days, and the ${first.stream} stream of ${source} has not been read that far.`,
    todo: `Bring those days now: bin/zoom-log-source collect --deployed --source ${source} --from ${first.day} --to ${until} --wait`,
    lost: `Rows of ${first.day} to ${until} may be lost, one day with each day that passes from then on.`,
    error: undefined,
  };
};

const expiring = ({ source, streams }: SourceObservations, now: Date): Finding | undefined => {
  const reads = streams.flatMap(({ polling }) => polling?.readAt ?? []);
  if (reads.length === 0) return undefined;
  const last = new Date(Math.max(...reads.map((at) => at.getTime())));
  const endsAt = new Date(last.getTime() + UNUSED_ENDS_MS);
  if (endsAt.getTime() - now.getTime() > ENDS_WITHIN_MS) return undefined;
  const ends = endsAt > now ? `ends on ${dayOf(endsAt)}` : `has ended on ${dayOf(endsAt)}`;
  return {
    cause: 'authorization-ends',
    heading: 'deadline',
    since: new Date(endsAt.getTime() - ENDS_WITHIN_MS),
    gracePeriodMs: 0,
    what: `The authorization of ${source} ${ends}, for it has not been used since ${dayOf(last)}.`,
    todo: `Have the source running by then (its other alarm says why it is not), or authorize it again: bin/zoom-log-source connect ${source}`,
    lost: 'Nothing is lost: Zoom keeps the rows for six months, and connecting again brings them all.',
    error: undefined,
  };
};
