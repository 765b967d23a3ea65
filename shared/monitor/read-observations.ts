import { readUse } from '../collect/state/daily-budget.ts';
import { type Polling, readLastRun } from '../collect/state/last-run.ts';
import { readPollingSince } from '../collect/state/polling-since.ts';
import type { ObjectStore } from '../collect/ports.ts';
import type { SliceState } from '../collect/state/slice-state.ts';
import { readSliceStatesCached } from '../collect/state/slice-states.ts';
import { unreadableRows } from '../collect/unreadable-rows.ts';
import { readWatermark, type Watermark } from '../collect/ledger/watermark.ts';
import { ConfigurationError } from '../errors.ts';
import type {
  DayObservations,
  PollingObservations,
  SourceObservations,
  StreamObservations,
} from '../health/observations.ts';
import type { Day } from '../model/day.ts';
import { latestEventTime } from '../model/event-time.ts';
import type { StreamName } from '../model/stream.ts';

/** The source to observe, and since when it is monitored. */
export type ObservedSource = Pick<SourceObservations, 'source' | 'watchedSince'> & {
  readonly streams: readonly StreamName[];
};

/** Reads what the runs of a source stored. An unreadable bucket is an observation as well. */
export const readObservations = async (
  store: ObjectStore,
  { source, streams, watchedSince }: ObservedSource,
  now: Date,
): Promise<SourceObservations> => {
  try {
    const [watermark, pollingSince, use, ...streamObservations] = await Promise.all([
      readWatermark(store, source),
      readPollingSince(store, source),
      readUse(store, source, now),
      ...streams.map((stream) => readStream(store, source, stream, now)),
    ]);
    return {
      source,
      watchedSince,
      streams: streamObservations.map((observations) => ({
        ...observations,
        ...claimsOf(watermark, observations.stream),
      })),
      pollingSince,
      requestsToday: use.requestsToday,
      parkedUntil: use.parkedUntil === undefined ? undefined : new Date(use.parkedUntil),
      unreadable: undefined,
      lastFailure: undefined,
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
      lastFailure: undefined,
    };
  }
};

type Claims = Pick<StreamObservations, 'closedUpTo' | 'completeUpTo'>;

const claimsOf = (watermark: Watermark | undefined, stream: StreamName): Claims => ({
  closedUpTo: watermark?.streams[stream]?.closed_up_to,
  completeUpTo: watermark?.streams[stream]?.complete_up_to,
});

const readStream = async (
  store: ObjectStore,
  source: string,
  stream: StreamName,
  now: Date,
): Promise<Omit<StreamObservations, keyof Claims>> => {
  const [lastRun, states] = await Promise.all([
    readLastRun(store, source, stream),
    readSliceStatesCached(store, source, stream),
  ]);
  // A row dated in the future would hide every later silence.
  const latest = latestEventTime(now);
  const newest = [...states.values()]
    .map((state) => state.newest)
    .filter((time) => time <= latest)
    .reduce((a, b) => (b > a ? b : a), '');
  return {
    stream,
    polling: lastRun?.polling && toPollingObservations(lastRun.polling),
    newestEvent: newest === '' ? undefined : new Date(newest),
    unreadable: unreadableRows(states, now),
    days: toDayObservations(states),
  };
};

const unknownStream = (stream: StreamName): StreamObservations => ({
  stream,
  polling: undefined,
  newestEvent: undefined,
  unreadable: undefined,
  closedUpTo: undefined,
  completeUpTo: undefined,
  days: new Map(),
});

const toPollingObservations = ({
  firstAt,
  endedAt,
  everyMs,
  firstReadAt,
  readAt,
  failing,
}: Polling): PollingObservations => ({
  firstAt: new Date(firstAt),
  endedAt: new Date(endedAt),
  firstReadAt: firstReadAt === undefined ? undefined : new Date(firstReadAt),
  readAt: readAt === undefined ? undefined : new Date(readAt),
  failing: failing && { reason: failing.reason, message: failing.message, since: new Date(failing.since) },
  everyMs,
});

/** The observations of each day. */
export const toDayObservations = (states: ReadonlyMap<Day, SliceState>): Map<Day, DayObservations> =>
  new Map([...states].map(([day, state]): [Day, DayObservations] => [day, ofDay(state)]));

const ofDay = ({ rows, byHour, details, rejected, held, lastWhole }: SliceState): DayObservations => ({
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
