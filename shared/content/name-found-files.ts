import { fileOfKey } from '../contract/object-keys.ts';
import type { Claims } from './claims.ts';
import type { ContentContext } from './content-context.ts';
import { appendCustody, type CustodyRow } from './custody-row.ts';
import type { FileSlice } from './fetch-report.ts';
import { hasRightMagic } from './file-type.ts';
import { readSliceFiles, type SliceFiles } from './slice-files.ts';
import { hashOf } from './transfer.ts';
import { zoomOf } from './transfer-to-custody.ts';

/** Writes the lines about files that a killed collector stored, each with the hash of the stored bytes. */
export const nameFoundFiles = async (
  { store, clock }: ContentContext,
  files: SliceFiles<FileSlice>,
  claims: Claims,
  signal: AbortSignal,
): Promise<SliceFiles<FileSlice>> => {
  const rows: CustodyRow[] = [];
  for (const key of files.unnamed) {
    const { item = '', version = '' } = fileOfKey(key) ?? {};
    const listed = files.items.get(item)?.versions.find(({ file }) => file.version === version);
    // A file without a row is reported by verify; one of a collector at work gets its line from that.
    if (!listed || claims.isWithOther(item)) continue;
    const { sha256, bytes, start } = await hashOf(store, key, signal);
    const magic = hasRightMagic(listed.file.fileType, start);
    rows.push({
      state: 'held',
      at: clock.now().toISOString(),
      item,
      version,
      zoom: zoomOf(listed.file, bytes),
      key,
      bytes,
      sha256,
      ...(magic !== undefined && { magic: magic ? 'fits' : 'differs' }),
      requests: 0,
      resumed: 0,
      found: true,
    });
  }
  if (rows.length === 0) return files;
  await appendCustody(files.custody, rows, () => clock.now());
  return readSliceFiles(store, files.slice);
};
