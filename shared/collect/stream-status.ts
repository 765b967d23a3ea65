import pLimit from 'p-limit';
import type { Day } from '../model/day.ts';
import { latestEventTime } from '../model/event-time.ts';
import type { Slice } from '../model/slice.ts';
import { STREAM_NAMES, type StreamName } from '../model/stream.ts';
import { readUse } from './state/daily-budget.ts';
import { knownSources } from './known-sources.ts';
import { type LastRun, readLastRun } from './state/last-run.ts';
import { liveDays } from './plan.ts';
import {
  addLateness,
  type Lateness,
  type LatenessSummary,
  NO_LATENESS,
  summarizeLateness,
} from './state/lateness.ts';
import { dayOfKey, streamPrefix } from '../contract/object-keys.ts';
import type { ObjectStore, StoredObject } from './ports.ts';
import { readRunRecord, type RunRecord } from './run-record.ts';
import { SliceLog } from './log/slice-log.ts';
import { readWatermark, type StreamWatermark } from './ledger/watermark.ts';
import { addFuture, type FutureEvents, readSliceState } from './state/slice-state.ts';

const READ_CONCURRENCY = 16;

/** The status of one stream of one source. */
export interface StreamStatus {
  readonly source: string;
  readonly stream: StreamName;
  /** Time of the newest event delivered. */
  readonly newestEvent: string | undefined;
  readonly events: number;
  /** Rows that could not be parsed, kept in `rejected/`. */
  readonly rejected: number;
  /** Raw objects; each has a projection of the same name in every format. */
  readonly objects: number;
  readonly firstDay: Day | undefined;
  readonly lastDay: Day | undefined;
  /** Days with at least one row, and those of them that are still open to late rows. */
  readonly days: number;
  readonly openDays: readonly Day[];
  /** Unconfirmed copies, and rows that Zoom no longer lists. */
  readonly held: number;
  readonly vanished: number;
  /** Events dated later than when they were read, if the last of their times is still in the future. None is the newest event. */
  readonly futureEvents: FutureEvents | undefined;
  /** How late rows arrived, if it could be measured. */
  readonly lateness: LatenessSummary | undefined;
  readonly watermark: StreamWatermark | undefined;
  /**
   * Requests that the source, all its streams together, made today (UTC), with those that a run has reserved; and until when
   * Zoom accepts none.
   */
  readonly requestsToday: number;
  readonly parkedUntil: string | undefined;
  readonly lastRun: LastRun | undefined;
  /** The last run on a machine, if it left no record of its end. */
  readonly unfinishedRun: RunRecord | undefined;
}

/** The status of every stream of every source, from the log itself. Throws CorruptObjectError if it can't be read. */
export const readStatus = async (
  store: ObjectStore,
  now: Date,
  lookbackDays: number,
): Promise<StreamStatus[]> => {
  const sources = await knownSources(store);
  const status = sources.map((source) => readSourceStatus(store, source, STREAM_NAMES, now, lookbackDays));
  return (await Promise.all(status)).flat();
};

/** The same of some streams of one source, whether or not anything was ever collected from it. */
export const readSourceStatus = (
  store: ObjectStore,
  source: string,
  streams: readonly StreamName[],
  now: Date,
  lookbackDays: number,
): Promise<StreamStatus[]> =>
  Promise.all(streams.map((stream) => readStreamStatus(store, source, stream, now, lookbackDays)));

const readStreamStatus = async (
  store: ObjectStore,
  source: string,
  stream: StreamName,
  now: Date,
  lookbackDays: number,
): Promise<StreamStatus> => {
  const [stored, lastRun, watermark, use, run] = await Promise.all([
    store.list(streamPrefix('raw', { source, stream })),
    readLastRun(store, source, stream),
    readWatermark(store, source),
    readUse(store, source, now),
    readRunRecord(store, source),
  ]);
  const objectsByDay = new Map(
    [...Map.groupBy(stored, ({ key }) => dayOfKey(key))].flatMap(([day, objects]) =>
      day ? [[day, objects]] : [],
    ),
  );

  const limit = pLimit(READ_CONCURRENCY);
  const found = await Promise.all(
    [...objectsByDay].map(([day, objects]) =>
      limit(() => readSlice(store, { source, stream, day }, objects)),
    ),
  );
  const days = [...objectsByDay.keys()];
  const sum = (of: (slice: FoundSlice) => number): number =>
    found.reduce((total, slice) => total + of(slice), 0);
  const latest = latestEventTime(now);
  const newest = found.reduce(
    (so, slice) => (slice.newest > so && slice.newest <= latest ? slice.newest : so),
    '',
  );
  return {
    source,
    stream,
    newestEvent: newest === '' ? undefined : newest,
    events: sum(({ rows, rejected }) => rows - rejected),
    rejected: sum(({ rejected }) => rejected),
    objects: stored.length,
    firstDay: days[0],
    lastDay: days.at(-1),
    days: days.length,
    openDays: liveDays(now, lookbackDays).filter((day) => objectsByDay.has(day)),
    held: sum(({ held }) => held),
    vanished: sum(({ vanished }) => vanished),
    futureEvents: found
      .map(({ future }) => (future && future.last > latest ? future : undefined))
      .reduce(addFuture, undefined),
    lateness: summarizeLateness(found.map(({ lateness }) => lateness).reduce(addLateness, NO_LATENESS)),
    watermark: watermark?.streams[stream],
    ...use,
    lastRun,
    unfinishedRun: run?.endedAt === undefined && run?.streams.includes(stream) ? run : undefined,
  };
};

interface FoundSlice {
  readonly rows: number;
  readonly rejected: number;
  readonly newest: string;
  readonly held: number;
  readonly vanished: number;
  readonly future?: FutureEvents | undefined;
  readonly lateness: Lateness;
}

/** From the slice's small state if it is up to date with the log, else (after a killed run) from the log. */
const readSlice = async (
  store: ObjectStore,
  slice: Slice,
  objects: readonly StoredObject[],
): Promise<FoundSlice> => {
  const state = await readSliceState(store, slice);
  if (state?.objects === objects.length) return state;
  const { rows, rejected, newest } = await SliceLog.open(store, slice);
  return {
    rows,
    rejected,
    newest,
    held: state?.held ?? 0,
    vanished: state?.vanished ?? 0,
    future: state?.future,
    lateness: state?.lateness ?? NO_LATENESS,
  };
};
