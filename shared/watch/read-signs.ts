import { readUse } from '../collect/daily-budget.ts';
import { type Polling, readLastRun } from '../collect/last-run.ts';
import { readPollingSince } from '../collect/polling-since.ts';
import type { ObjectStore } from '../collect/ports.ts';
import type { SliceState } from '../collect/slice-state.ts';
import { peekSliceStates } from '../collect/slice-states.ts';
import { unreadableRows } from '../collect/unreadable-rows.ts';
import { readWatermark, type Watermark } from '../collect/watermark.ts';
import { ConfigurationError } from '../errors.ts';
import type { DaySigns, PollingSigns, SourceSigns, StreamSigns } from '../health/signs.ts';
import type { Day } from '../model/day.ts';
import { latestEventTime } from '../model/event-time.ts';
import type { StreamName } from '../model/stream.ts';

/** Which source to look at, and since when anybody does. */
export type Watched = Pick<SourceSigns, 'source' | 'watchedSince'> & {
  readonly streams: readonly StreamName[];
};

/** Reads what the runs of a source left behind. A bucket that can't be read is a sign as well. */
export const readSigns = async (
  store: ObjectStore,
  { source, streams, watchedSince }: Watched,
  now: Date,
): Promise<SourceSigns> => {
  try {
    const [watermark, pollingSince, use, ...streamSigns] = await Promise.all([
      readWatermark(store, source),
      readPollingSince(store, source),
      readUse(store, source, now),
      ...streams.map((stream) => readStream(store, source, stream, now)),
    ]);
    return {
      source,
      watchedSince,
      streams: streamSigns.map((signs) => ({ ...signs, ...claimsOf(watermark, signs.stream) })),
      pollingSince,
      requestsToday: use.requestsToday,
      parkedUntil: use.parkedUntil === undefined ? undefined : new Date(use.parkedUntil),
      unreadable: undefined,
      lastWords: undefined,
    };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return {
      source,
      watchedSince,
      streams: streams.map(unknownStream),
      pollingSince: undefined,
      requestsToday: 0,
      parkedUntil: undefined,
      unreadable: { reason: error.reason, message: error.message },
      lastWords: undefined,
    };
  }
};

type Claims = Pick<StreamSigns, 'closedUpTo' | 'completeUpTo'>;

const claimsOf = (watermark: Watermark | undefined, stream: StreamName): Claims => ({
  closedUpTo: watermark?.streams[stream]?.closed_up_to,
  completeUpTo: watermark?.streams[stream]?.complete_up_to,
});

const readStream = async (
  store: ObjectStore,
  source: string,
  stream: StreamName,
  now: Date,
): Promise<Omit<StreamSigns, keyof Claims>> => {
  const [lastRun, states] = await Promise.all([
    readLastRun(store, source, stream),
    peekSliceStates(store, source, stream),
  ]);
  // A row from the future would hide every silence to come.
  const latest = latestEventTime(now);
  const newest = [...states.values()]
    .map((state) => state.newest)
    .filter((time) => time <= latest)
    .reduce((a, b) => (b > a ? b : a), '');
  return {
    stream,
    polling: lastRun?.polling && toPollingSigns(lastRun.polling),
    newestEvent: newest === '' ? undefined : new Date(newest),
    unreadable: unreadableRows(states, now),
    days: toDaySigns(states),
  };
};

const unknownStream = (stream: StreamName): StreamSigns => ({
  stream,
  polling: undefined,
  newestEvent: undefined,
  unreadable: undefined,
  closedUpTo: undefined,
  completeUpTo: undefined,
  days: new Map(),
});

const toPollingSigns = ({
  firstAt,
  endedAt,
  everyMs,
  firstReadAt,
  readAt,
  failing,
}: Polling): PollingSigns => ({
  firstAt: new Date(firstAt),
  endedAt: new Date(endedAt),
  firstReadAt: firstReadAt === undefined ? undefined : new Date(firstReadAt),
  readAt: readAt === undefined ? undefined : new Date(readAt),
  failing: failing && { reason: failing.reason, message: failing.message, since: new Date(failing.since) },
  everyMs,
});

/** What is known of the rows of each day, for a judgement. */
export const toDaySigns = (states: ReadonlyMap<Day, SliceState>): Map<Day, DaySigns> =>
  new Map([...states].map(([day, state]): [Day, DaySigns] => [day, ofDay(state)]));

const ofDay = ({ rows, byHour, details, rejected, held, lastWhole }: SliceState): DaySigns => ({
  rows,
  byHour,
  details: details && {
    read: (details.full ?? 0) + (details.likely ?? 0) + (details.partial ?? 0),
    unread: details.none ?? 0,
  },
  rejected,
  held,
  wasRead: lastWhole !== undefined,
});
