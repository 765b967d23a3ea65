import * as z from 'zod';
import type { Slice } from '../../model/slice.ts';
import { DETAIL_STATUSES, FORMATS } from '../../normalize/index.ts';
import { LatenessSchema } from './lateness.ts';
import { sliceStateKey } from '../../contract/object-keys.ts';
import type { ObjectStore } from '../ports.ts';
import { readJson, writeJson } from './state-file.ts';

const FutureSchema = z.object({ rows: z.int(), first: z.string(), last: z.string() });

/** Events dated later than when they were seen: how many, and the first and the last of their times (RFC 3339, UTC). */
export type FutureEvents = z.infer<typeof FutureSchema>;

/** Two counts of such events as one. */
export const addFuture = (
  a: FutureEvents | undefined,
  b: FutureEvents | undefined,
): FutureEvents | undefined =>
  a && b
    ? {
        rows: a.rows + b.rows,
        first: a.first < b.first ? a.first : b.first,
        last: a.last > b.last ? a.last : b.last,
      }
    : (a ?? b);

/**
 * The results of a slice's listings so far. The plan and `status` use it. Losing it only costs listings: delivered rows are in
 * the log, and claims are in the ledger.
 */
export const SliceStateSchema = z.object({
  /** When this was written; absent in states of older releases. */
  writtenAt: z.iso.datetime().optional(),
  /** When the slice was first listed. */
  openedAt: z.iso.datetime(),
  /** Raw objects and rows in the log when this was written. */
  objects: z.int(),
  rows: z.int(),
  /** Rows in `rejected/`, and rows whose own UTC day is another. */
  rejected: z.int(),
  dayMismatch: z.int(),
  /** Rejected rows that came after the last row that could be parsed, and when the first of them was found. */
  unreadable: z.object({ rows: z.int(), since: z.iso.datetime() }).optional(),
  /** Events dated later than when they were seen, with the first and the last of their times; absent if there are none. */
  future: FutureSchema.optional(),
  /** Newest event time in the log that was not in the future when it was seen; empty if it has none. */
  newest: z.string(),
  /** Copies read but not proven by the last listing, and rows of the log that the last whole one lacked. */
  held: z.int(),
  vanished: z.int(),
  /** All pages that Zoom returned. */
  pagesRead: z.int(),
  /** How late rows came, if it could be measured. */
  lateness: LatenessSchema,
  /** Events of this day, by the hour of their time; absent in states of older releases. */
  byHour: z.array(z.int()).length(24).optional(),
  /** How many details of operations were parsed, and how completely. */
  details: z.partialRecord(z.enum(DETAIL_STATUSES), z.int()).optional(),
  /** The last listing that was read to the end, with a digest over its rows in their order. */
  lastWhole: z
    .object({
      beganAt: z.iso.datetime(),
      endedAt: z.iso.datetime(),
      pages: z.int(),
      rows: z.int(),
      order: z.string(),
    })
    .optional(),
  /** A digest over the rows of the first page last read, all of which are in the log, and the formats of the log's projections. */
  firstPage: z.object({ order: z.string(), formats: z.array(z.enum(FORMATS)) }).optional(),
  /** The newest entry of the slice in the ledger. */
  ledger: z
    .object({
      revision: z.int(),
      sha256: z.string(),
      verdict: z.enum(['complete', 'gap']),
      rows: z.int(),
      closedAt: z.iso.datetime(),
      confirmedAt: z.iso.datetime().optional(),
    })
    .optional(),
});

export type SliceState = z.infer<typeof SliceStateSchema>;

/** The state of a slice; undefined if it was never listed, or can't be read. */
export const readSliceState = (store: ObjectStore, slice: Slice): Promise<SliceState | undefined> =>
  readJson(store, sliceStateKey(slice), SliceStateSchema);

/**
 * Writes the state of a slice, with the time: S3 identifies a version by its bytes, and the same bytes written again would look
 * like the version read in between.
 */
export const writeSliceState = (
  store: ObjectStore,
  slice: Slice,
  state: SliceState,
  now: Date,
): Promise<void> => writeJson(store, sliceStateKey(slice), { ...state, writtenAt: now.toISOString() });
