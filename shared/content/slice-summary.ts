import type { ObjectStore, StoredObject } from '../collect/ports.ts';
import type { ContentSlice } from '../model/slice.ts';
import {
  type FileItem,
  type FileVersion,
  isGone,
  isMarkedHidden,
  needsNoTransfer,
  NEVER_READY,
  readSliceFiles,
  REPLACED,
  type SliceFiles,
  versionsWithBytes,
} from './slice-files.ts';
import type { ContentSliceState, SliceSummary } from './slice-state.ts';

type FailedOutcome = 'retried' | 'lost' | 'neverReady' | 'leftZoom';

/** What becomes of a version that could not be fetched; undefined for any other version. */
const outcomeOfFailed = (item: FileItem, version: FileVersion): FailedOutcome | undefined => {
  const last = version.failures.at(-1);
  if (!last || version.held || version.skipped || last.reason === REPLACED) return undefined;
  const isFinal = needsNoTransfer(version);
  if (isFinal && last.reason === NEVER_READY) return 'neverReady';
  if (isGone(item) && (isFinal || !version.file.trashed)) return 'leftZoom';
  return isFinal ? 'lost' : 'retried';
};

/** Adds up both logs of a slice. */
export const summarize = ({ raw, custody, items, unnamed }: SliceFiles<ContentSlice>): SliceSummary => {
  const all = [...items.values()];
  const versions = all.flatMap((item) => item.versions);
  const held = versions.flatMap((version) => (version.held?.state === 'held' ? [version.held] : []));
  const failed = all.flatMap((item) =>
    item.versions.flatMap((version) => outcomeOfFailed(item, version) ?? []),
  );
  const outcome = (name: FailedOutcome): number => failed.filter((one) => one === name).length;
  // A file that left Zoom before it was fetched cannot be had.
  const waiting = all.filter((item) =>
    versionsWithBytes(item).some(
      (version) => !needsNoTransfer(version) && (!isGone(item) || version.file.trashed),
    ),
  );
  return {
    raw: raw.objects.length,
    custody: custody.objects.length,
    rows: raw.rows,
    newest: raw.newest,
    held: held.length,
    bytes: held.reduce((sum, { bytes }) => sum + bytes, 0),
    sameAs: versions.filter((version) => version.held?.state === 'same-as').length,
    failed: failed.length,
    retried: outcome('retried'),
    lost: outcome('lost'),
    neverReady: outcome('neverReady'),
    leftZoom: outcome('leftZoom'),
    skipped: versions.filter((version) => version.skipped && !version.held).length,
    processing: all
      .flatMap(versionsWithBytes)
      .filter((version) => !version.isReady && !needsNoTransfer(version)).length,
    items: all.length,
    gone: all.filter(isGone).length,
    hidden: all.filter(isMarkedHidden).length,
    waiting: waiting.length,
    unnamed: unnamed.length,
  };
};

/** The summary of a slice: that of its state, if the logs have no more objects by now, or else from the logs. */
export const readSummary = async (
  store: ObjectStore,
  slice: ContentSlice,
  state: ContentSliceState | undefined,
  { raw, custody }: { readonly raw: readonly StoredObject[]; readonly custody: readonly StoredObject[] },
): Promise<SliceSummary> => {
  const { summary } = state ?? {};
  if (summary?.raw === raw.length && summary.custody === custody.length) return summary;
  return summarize(await readSliceFiles(store, slice));
};
