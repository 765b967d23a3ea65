import type { ObjectStore } from '../shared/collect/ports.ts';
import { openLocalStore } from '../shared/app/open-store.ts';
import { estimateRun, type RunEstimate } from '../shared/app/connector.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { Day } from '../shared/model/day.ts';
import { STREAM_NAMES } from '../shared/model/stream.ts';
import { readRequestsPerSecond } from '../shared/runtime/environment.ts';
import type { RunOptions } from './run.ts';
import type { CliContext } from './context.ts';
import { plural, roughDuration } from './text.ts';

/** A run above these limits prints its estimate first. */
const LONG_DAYS = 31;
const LONG_SECONDS = 30;

/** Estimates the cost of collecting days into a folder or bucket. Sends no request to Zoom and writes nothing. */
export const estimateCollect = async (
  { out, source, stream, requestsPerDay }: RunOptions,
  days: readonly Day[],
  now: Date,
  { environment, clock, random }: CliContext,
): Promise<RunEstimate> =>
  estimateRun(await storeIfThere(out, { clock, random }), {
    source,
    streams: stream ? [stream] : STREAM_NAMES,
    days,
    requestsPerSecond: readRequestsPerSecond(environment),
    requestsPerDay,
    now,
  });

const storeIfThere = async (
  out: string,
  context: Pick<CliContext, 'clock' | 'random'>,
): Promise<ObjectStore | undefined> => {
  try {
    return await openLocalStore(out, context);
  } catch (error) {
    if (error instanceof ConfigurationError && error.reason === 'folder-empty') return undefined;
    throw error;
  }
};

export const isLong = ({ days, seconds }: RunEstimate): boolean => days > LONG_DAYS || seconds > LONG_SECONDS;

/** The estimate as text. */
export const estimateToText = (estimate: RunEstimate): string => {
  const { days, slices, requests, unread, seconds, requestsLeftToday } = estimate;
  const streams = plural(slices / Math.max(1, days), 'stream');
  const least = unread > 0 ? 'at least ' : '';
  const unknown =
    unread > 0
      ? ` ${plural(unread, 'slice')} never listed ${unread === 1 ? 'counts' : 'count'} as one request each; a slice with many rows takes more.\n`
      : '';
  const budget =
    requests > requestsLeftToday
      ? `Today's budget has ${plural(requestsLeftToday, 'request')} left (--requests-per-day). For the other days, run it again tomorrow (UTC).\n`
      : '';
  return (
    `${plural(days, 'day')} of ${streams}, newest first: ${least}${plural(requests, 'request')} to Zoom, about ${roughDuration(seconds)}.\n` +
    `${unknown.trimStart()}${budget}`
  );
};
