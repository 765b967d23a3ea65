import * as z from 'zod';
import { readJson, writeJson } from '../collect/state/state-file.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { sliceStateKey } from '../contract/object-keys.ts';
import type { AnySlice } from '../model/slice.ts';

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
