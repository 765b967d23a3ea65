import { DAY_MS, HOUR_MS, MINUTE_MS } from '../model/duration.ts';
import { plural } from '../model/format-count.ts';
import type { Expectations, StreamObservations } from './observations.ts';
import { silenceMs } from './silence.ts';
import { formatInstant } from './format.ts';
import { LEAST_WEEKS, type UsualSilence, usualSilence } from './usual-silence.ts';

/** A stream whose newest event is younger than this is flowing, whatever the limit is. */
const FLOWING_MS = HOUR_MS;

/** The limit where the operator set none and no pattern was learned: longer than a weekend. */
export const DEFAULT_LIMIT_MS = 72 * HOUR_MS;

/** In a stream with few events, the limit is this many times the longest silence of the previous weeks, at most a month. */
const TIMES_THE_LONGEST = 3;
const LONGEST_LIMIT_MS = 30 * DAY_MS;

/** The verdict on a stream that is read without errors. `because` is a sentence without its full stop. */
export interface Silence {
  readonly verdict: 'flowing' | 'quiet' | 'silent';
  /** The start of the silence. */
  readonly since: Date;
  readonly because: string;
}

/** How long a stream may be silent. `unusual` says why even a shorter silence is unusual now. */
interface Limit {
  readonly ms: number;
  readonly text: string;
  readonly unusual?: string | undefined;
}

/**
 * Judges the silence of a stream. A limit that the operator set takes precedence; 0 disables it. Otherwise the limit is
 * learned from the previous weeks, once four of them are known. Until then it is 72 hours.
 */
export const assessSilence = (
  { stream, polling, newestEvent, days }: StreamObservations,
  { dropOffMinutes, learnedBaseline, quietDays }: Expectations,
  now: Date,
): Silence => {
  // Nothing can be missing from before the first poll.
  const silenceFrom = polling?.firstReadAt ?? polling?.firstAt ?? now;
  const isOfEvent = newestEvent !== undefined && newestEvent > silenceFrom;
  const since = isOfEvent ? newestEvent : silenceFrom;
  const ms = silenceMs(since, now, quietDays);
  const minutes = dropOffMinutes[stream];
  if (newestEvent && ms < Math.min(FLOWING_MS, minutes ? minutes * MINUTE_MS : FLOWING_MS)) {
    return { verdict: 'flowing', since, because: `newest event ${formatInstant(newestEvent)}` };
  }

  const limit =
    minutes === undefined
      ? defaultLimit(learnedBaseline ? usualSilence(days, since, now, quietDays) : undefined)
      : setLimit(minutes);
  const origin = isOfEvent
    ? `its newest event at ${formatInstant(since)}`
    : `the first poll at ${formatInstant(since)}, the start of monitoring`;
  const areDaysLeftOut = ms < now.getTime() - since.getTime();
  const counted = `no new event for ${formatSilence(ms)}, counted from ${origin}${areDaysLeftOut ? ', without quiet days' : ''}`;
  if (limit.unusual !== undefined)
    return { verdict: 'silent', since, because: `${counted}; ${limit.unusual}` };
  return { verdict: ms >= limit.ms ? 'silent' : 'quiet', since, because: `${counted}; ${limit.text}` };
};

const setLimit = (minutes: number): Limit =>
  minutes === 0
    ? { ms: Infinity, text: 'its alarm is disabled ("dropOffMinutes" is 0)' }
    : {
        ms: minutes * MINUTE_MS,
        text: `the limit is ${formatSilence(minutes * MINUTE_MS)} ("dropOffMinutes")`,
      };

const defaultLimit = (usual: UsualSilence | undefined): Limit => {
  const hours = DEFAULT_LIMIT_MS / HOUR_MS;
  if (!usual) return { ms: DEFAULT_LIMIT_MS, text: `the limit is ${hours} hours, the default` };
  if (usual.weeks < LEAST_WEEKS) {
    return {
      ms: DEFAULT_LIMIT_MS,
      text: `the limit is ${hours} hours while its usual pattern is still being learned (${usual.weeks} of ${LEAST_WEEKS} weeks)`,
    };
  }
  const learnedMs = Math.min(LONGEST_LIMIT_MS, TIMES_THE_LONGEST * usual.longestMs);
  return {
    ms: Math.max(DEFAULT_LIMIT_MS, learnedMs),
    text: `the limit is ${formatSilence(Math.max(DEFAULT_LIMIT_MS, learnedMs))}, learned from the last ${usual.weeks} weeks`,
    unusual: usual.unusual,
  };
};

/** A length of time, in hours up to a week. */
const formatSilence = (ms: number): string => {
  if (ms < 2 * HOUR_MS) return plural(Math.floor(ms / MINUTE_MS), 'minute');
  return ms <= 7 * DAY_MS ? `${Math.floor(ms / HOUR_MS)} hours` : `${Math.floor(ms / DAY_MS)} days`;
};
