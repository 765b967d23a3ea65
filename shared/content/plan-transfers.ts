import { type Day, dayOf, endOf } from '../model/day.ts';
import { HOUR_MS } from '../model/duration.ts';
import type { ContentContext } from './content-context.ts';
import type { CustodyRow } from './custody-row.ts';
import type { FileSlice } from './fetch-report.ts';
import { typeOfFile } from './file-type.ts';
import type { ListedFile } from './listed-file.ts';
import {
  type FileVersion,
  isGone,
  needsNoTransfer,
  NEVER_READY,
  type SliceFiles,
  versionsWithBytes,
} from './slice-files.ts';
import { zoomOf } from './transfer-to-custody.ts';

/** A recording that is not ready this long after its day never will be (university pages: 24 to 72 hours at busy times). */
const NEVER_READY_MS = 72 * HOUR_MS;

/** Whether the files of a day that are not ready by now never will be. */
export const isNeverReady = (day: Day, now: Date): boolean =>
  now.getTime() - endOf(day).getTime() >= NEVER_READY_MS;

/** What is to be fetched of a slice, and what can be concluded without a request. */
export const planTransfers = (
  { choice, clock }: ContentContext,
  { slice, items }: SliceFiles<FileSlice>,
): { wanted: FileVersion[]; concluded: CustodyRow[]; processing: number; skipped: number } => {
  const now = clock.now();
  const at = now.toISOString();
  const wanted: FileVersion[] = [];
  const concluded: CustodyRow[] = [];
  let [processing, skipped] = [0, 0];
  for (const item of items.values()) {
    // Every version that was listed is tried: which of them Zoom has by now shows when it is asked for.
    for (const version of versionsWithBytes(item)) {
      const { file } = version;
      // A type that was skipped by an earlier run is fetched once it is chosen.
      const isChosen = choice.types.includes(typeOfFile(file.fileType));
      const isSkipped = version.skipped && !version.held;
      if (isSkipped && !isChosen) skipped += 1;
      if ((isSkipped && !isChosen) || needsNoTransfer({ ...version, skipped: false })) continue;
      if (!version.isReady) {
        if (!isNeverReady(slice.day, now)) {
          processing += 1;
          continue;
        }
        // Of a recording in progress the type is not known yet.
        if (!isChosen && file.fileType !== '') {
          skipped += 1;
          concluded.push(skippedRow(file, at));
          continue;
        }
        concluded.push({
          state: 'failed',
          at,
          item: file.item,
          version: file.version,
          zoom: zoomOf(file),
          reason: NEVER_READY,
          message: 'Zoom has not finished this file within 72 hours of its day.',
          final: true,
          day: dayOf(now),
          requests: 0,
        });
        continue;
      }
      if (!isChosen) {
        skipped += 1;
        concluded.push(skippedRow(file, at));
        continue;
      }
      if (isGone(item) && !file.trashed) continue;
      wanted.push(version);
    }
  }
  return { wanted, concluded, processing, skipped };
};

const skippedRow = (file: ListedFile, at: string): CustodyRow => ({
  state: 'skipped',
  at,
  item: file.item,
  version: file.version,
  zoom: zoomOf(file),
  reason: 'type-not-chosen',
});
