import * as z from 'zod';
import { jsonBytes, parseJson, readJson, writeJson } from '../collect/state/state-file.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { sliceStateKey } from '../contract/object-keys.ts';
import type { AnySlice } from '../model/slice.ts';

/**
 * The totals of both logs of a slice when the last run ended, so that `status` need not read them. They hold as long as the logs have
 * as many objects.
 */
export const SliceSummarySchema = z.object({
  /** Objects of the two logs. */
  raw: z.int(),
  custody: z.int(),
  rows: z.int(),
  /** The newest time of a row that was not in the future; empty if there is none. */
  newest: z.string(),
  /** Versions of files that are stored, with the sum of their sizes, and that are equal to a stored one. */
  held: z.int(),
  bytes: z.int(),
  sameAs: z.int(),
  /** Versions that could not be fetched, except those that Zoom replaced: the sum of the next four. */
  failed: z.int(),
  /** Those that are tried again, and those that are not: Zoom refused them on several days. */
  retried: z.int(),
  lost: z.int(),
  /** Those that Zoom never finished, and those of files that left Zoom before they were fetched. */
  neverReady: z.int(),
  leftZoom: z.int(),
  skipped: z.int(),
  /** Versions that Zoom has not finished. */
  processing: z.int(),
  /** Items, those of them that have left Zoom, and those that a mirror has marked as hidden. */
  items: z.int(),
  gone: z.int(),
  hidden: z.int(),
  /** Items for which the day waits, and stored files without a line of custody. */
  waiting: z.int(),
  unnamed: z.int(),
});

export type SliceSummary = z.infer<typeof SliceSummarySchema>;

/**
 * The results of a content slice's listings so far. Losing it only costs listings: rows and files are in the logs, and claims in
 * the ledger.
 */
export const ContentSliceStateSchema = z.object({
  openedAt: z.iso.datetime(),
  /** Rows in the raw log when this was written. */
  rows: z.int(),
  /** The last set of witnesses that was complete: every unit was read whole between these times. */
  lastWhole: z
    .object({
      beganAt: z.iso.datetime(),
      endedAt: z.iso.datetime(),
      units: z.int(),
      rows: z.int(),
    })
    .optional(),
  /** Meetings whose details were asked for. */
  detailed: z.array(z.string()).default([]),
  /** How often each of the others was answered with "there is no such recording". */
  missed: z.record(z.string(), z.int()).default({}),
  /** Items that the last complete set of witnesses lacked, and when that was first so. */
  absent: z.record(z.string(), z.iso.datetime()).default({}),
  /** When the held files were compared with those of the file host, before the day was confirmed. */
  comparedAt: z.iso.datetime().optional(),
  /** When Zoom answered for an item that there is no such recording: see conclude-not-found.ts. */
  notFound: z.record(z.string(), z.array(z.iso.datetime())).default({}),
  /** Absent in states of older releases. */
  summary: SliceSummarySchema.optional().catch(undefined),
  /** The newest entry of the slice in the ledger. */
  ledger: z
    .object({
      revision: z.int(),
      sha256: z.string(),
      verdict: z.enum(['complete', 'gap']),
      rows: z.int(),
      /** Custody rows as of that entry. */
      custody: z.int(),
      closedAt: z.iso.datetime(),
      confirmedAt: z.iso.datetime().optional(),
    })
    .optional(),
});

export type ContentSliceState = z.infer<typeof ContentSliceStateSchema>;

/** The state of a slice; undefined if it was never listed, or can't be read. */
export const readContentState = (
  store: ObjectStore,
  slice: AnySlice,
): Promise<ContentSliceState | undefined> => readJson(store, sliceStateKey(slice), ContentSliceStateSchema);

export const writeContentState = (
  store: ObjectStore,
  slice: AnySlice,
  state: ContentSliceState,
): Promise<void> => writeJson(store, sliceStateKey(slice), state);

/** The state of a slice that was never listed. */
export const newState = (now: Date): ContentSliceState => ({
  openedAt: now.toISOString(),
  rows: 0,
  detailed: [],
  missed: {},
  absent: {},
  notFound: {},
});

/** Changes some fields of a state that exists, and leaves the others as they are by now. */
export const updateContentState = (
  store: ObjectStore,
  slice: AnySlice,
  before: ContentSliceState,
  change: Partial<Pick<ContentSliceState, 'summary' | 'ledger' | 'comparedAt'>>,
): Promise<void> =>
  store.update(sliceStateKey(slice), (bytes) => {
    const now = (bytes && parseJson(bytes, ContentSliceStateSchema)) ?? before;
    return jsonBytes({ ...now, ...change });
  });
