import type { Day } from '../model/day.ts';
import type { StreamName } from '../model/stream.ts';
import { BACKFILL_SHARE, readUse } from './state/daily-budget.ts';
import type { ObjectStore } from './ports.ts';
import { pagesPerSecond } from './log/concurrency.ts';
import { readSliceStatesCached } from './state/slice-states.ts';

/** The estimated cost of a run. */
export interface RunEstimate {
  readonly days: number;
  /** Days times streams. */
  readonly slices: number;
  /** Requests to Zoom: as many as the last listing of a slice took, and at least one for a slice that was never read. */
  readonly requests: number;
  /** Slices that were never read, so that the length of their lists is unknown. */
  readonly unread: number;
  readonly seconds: number;
  /** Requests that are left in today's budget. */
  readonly requestsLeftToday: number;
}

export interface EstimateOptions {
  readonly source: string;
  readonly streams: readonly StreamName[];
  readonly days: readonly Day[];
  readonly requestsPerSecond: number;
  readonly requestsPerDay: number;
  readonly now: Date;
}

/** Estimates a run over whole days. `store` is undefined before anything was collected. Makes no request to Zoom and writes nothing. */
export const estimateRun = async (
  store: ObjectStore | undefined,
  { source, streams, days, requestsPerSecond, requestsPerDay, now }: EstimateOptions,
): Promise<RunEstimate> => {
  let requests = 0;
  let unread = 0;
  for (const stream of streams) {
    const states = store && (await readSliceStatesCached(store, source, stream));
    for (const day of days) {
      const pages = states?.get(day)?.lastWhole?.pages;
      requests += Math.max(1, pages ?? 1);
      if (pages === undefined) unread += 1;
    }
  }
  const used = store ? (await readUse(store, source, now)).requestsToday : 0;
  return {
    days: days.length,
    slices: days.length * streams.length,
    requests,
    unread,
    seconds: requests / pagesPerSecond(requestsPerSecond),
    requestsLeftToday: Math.max(0, Math.floor(requestsPerDay * BACKFILL_SHARE) - used),
  };
};
