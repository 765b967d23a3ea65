import { addDays, type Day, dayOf, daysBetween, endOf, oldestDayKept, startOf } from '../model/day.ts';
import { DAY_MS, HOUR_MS } from '../model/duration.ts';
import { formatCount } from '../model/format-count.ts';
import type { Finding } from './finding.ts';
import type { Expectations, SourceObservations, StreamObservations } from './observations.ts';

/** Days usually close within minutes. One that is this late is stuck. */
const CLOSING_GRACE_MS = 48 * HOUR_MS;

/** A first back-fill may take this long before its days are overdue. */
const BACKFILL_GRACE_MS = 7 * DAY_MS;

/** Zoom deletes a day after six months. The alarm is raised this many days before, so that the operator can act. */
const FORGETS_WITHIN_DAYS = 14;

/** A back-fill begins at the edge of Zoom's retention, and gets this long to move past it. */
const EDGE_GRACE_MS = 3 * DAY_MS;

/** Zoom ends an authorization whose refresh token was not used for 90 days. The alarm is raised this long before. */
const UNUSED_ENDS_MS = 90 * DAY_MS;
const ENDS_WITHIN_MS = 15 * DAY_MS;

/** Whether the newest complete day is older than promised: a day closes once its lookback is over. */
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
    ? ` ${formatCount(first.held)} possible duplicates of that day await confirmation, because Zoom's list keeps changing.`
    : '';
  return {
    cause: 'overdue',
    heading: 'completeness',
    since: first.since,
    gracePeriodMs: 0,
    what: first.next
      ? `The ${first.stream} stream of ${source} is complete only up to ${addDays(first.next, -1)}: ${first.next} should have closed two days ago.${held}`
      : `No day of the ${first.stream} stream of ${source} has completed in the week since its first poll.`,
    todo: `Collect the day, and check the output of the run: bin/zoom-log-source collect --deployed --source ${source} --from ${first.next ?? dayOf(now)} --to ${first.next ?? dayOf(now)} --wait`,
    lost: 'Data loss: none. Readers that wait for the watermark are delayed.',
    error: undefined,
  };
};

/** Whether something will soon be lost for good: days that Zoom deletes, or the authorization. */
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
    what: `Zoom deletes ${first.day} in ${daysLeft} days, and the ${first.stream} stream of ${source} has not been read that far back.`,
    todo: `Collect those days now: bin/zoom-log-source collect --deployed --source ${source} --from ${first.day} --to ${until} --wait`,
    lost: `Data loss: rows of ${first.day} to ${until} may be lost, one more day each day.`,
    error: undefined,
  };
};

const expiring = ({ source, streams }: SourceObservations, now: Date): Finding | undefined => {
  const reads = streams.flatMap(({ polling }) => polling?.readAt ?? []);
  if (reads.length === 0) return undefined;
  const last = new Date(Math.max(...reads.map((at) => at.getTime())));
  const endsAt = new Date(last.getTime() + UNUSED_ENDS_MS);
  if (endsAt.getTime() - now.getTime() > ENDS_WITHIN_MS) return undefined;
  const ends = endsAt > now ? `ends on ${dayOf(endsAt)}` : `ended on ${dayOf(endsAt)}`;
  return {
    cause: 'authorization-ends',
    heading: 'deadline',
    since: new Date(endsAt.getTime() - ENDS_WITHIN_MS),
    gracePeriodMs: 0,
    what: `The authorization of ${source} ${ends}, because it has not been used since ${dayOf(last)}.`,
    todo: `Get the source running by then (its other alarm says why it is not), or authorize it again: bin/zoom-log-source connect ${source}`,
    lost: 'Data loss: none. Zoom keeps the rows for six months, and they are collected after the source is connected again.',
    error: undefined,
  };
};
