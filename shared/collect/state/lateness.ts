import * as z from 'zod';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../model/duration.ts';

/** Upper edges of the buckets; later rows are in one more bucket. */
const EDGES_MS = [
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  8 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  3 * DAY_MS,
  5 * DAY_MS,
  7 * DAY_MS,
  10 * DAY_MS,
  30 * DAY_MS,
] as const;

/** After a longer gap between listings, the time when a row was first seen depends more on us than on Zoom. */
const FRESH_LOOK_MS = HOUR_MS;

/** A histogram of lateness: a count per bucket, the last one open. */
export const LatenessSchema = z.array(z.int().min(0)).length(EDGES_MS.length + 1);
export type Lateness = readonly number[];

export const NO_LATENESS: Lateness = Array<number>(EDGES_MS.length + 1).fill(0);

/**
 * How late Zoom showed a row, in milliseconds: from the event to the moment it was first seen. If the slice was last read
 * long before, only the proven part counts: the row was still missing then. For a slice that was never read before it is unknown.
 */
export const latenessOf = (eventAt: Date, seenAt: Date, lastReadAt: Date): number => {
  const until = seenAt.getTime() - lastReadAt.getTime() <= FRESH_LOOK_MS ? seenAt : lastReadAt;
  return Math.max(0, until.getTime() - eventAt.getTime());
};

/** Counts one more row. */
export const countLateness = (lateness: number[], ms: number): void => {
  const bucket = EDGES_MS.findIndex((edge) => ms <= edge);
  const index = bucket === -1 ? EDGES_MS.length : bucket;
  lateness[index] = (lateness[index] ?? 0) + 1;
};

export const addLateness = (a: Lateness, b: Lateness): Lateness =>
  a.map((count, index) => count + (b[index] ?? 0));

/** Percentiles of lateness: milliseconds that half, 99 % and all of the rows stayed below. */
export interface LatenessSummary {
  readonly rows: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Undefined if no row was measured. The figures are bucket edges: at most so late. */
export const summarizeLateness = (lateness: Lateness): LatenessSummary | undefined => {
  const rows = lateness.reduce((sum, count) => sum + count, 0);
  if (rows === 0) return undefined;
  const atMost = (share: number): number => {
    let seen = 0;
    const bucket = lateness.findIndex((count) => (seen += count) >= share * rows);
    return EDGES_MS[bucket] ?? Number.POSITIVE_INFINITY;
  };
  return { rows, p50Ms: atMost(0.5), p99Ms: atMost(0.99), maxMs: atMost(1) };
};

/** The least lookback, in days, that would have had every measured row before its day closed. */
export const lookbackFor = ({ maxMs }: LatenessSummary): number => Math.min(30, Math.ceil(maxMs / DAY_MS));
