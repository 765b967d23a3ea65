import { exportHeld, type ExportReport } from '../export/export-held.ts';
import type { ExportSelection } from '../export/selection.ts';
import type { FileStore } from '../content/ports.ts';
import { LocalExportFolder } from '../local/export-folder.ts';
import { openTarget } from '../local/save-file.ts';

export type { DayOfExport, NotExported } from '../export/certificate.ts';
export type { ExportReport } from '../export/export-held.ts';
export {
  EXPORT_FORMATS,
  EXPORT_TYPES,
  type ExportFormat,
  type ExportSelection,
  type ExportType,
} from '../export/selection.ts';

/** Where an export is written. */
export interface ExportTarget {
  readonly into: string;
  /** The folder of what was collected, unless it is a bucket. */
  readonly collected: string | undefined;
  readonly toolVersion: string;
  readonly signal: AbortSignal;
}

/** Exports into a folder of this machine. Throws ConfigurationError if the folder has anything but the same export in progress. */
export const exportIntoFolder = async (
  store: FileStore,
  selection: ExportSelection,
  { into, collected, toolVersion, signal }: ExportTarget,
): Promise<ExportReport> => {
  const root = await openTarget(into, collected);
  const folder = await LocalExportFolder.open(root, `${JSON.stringify({ toolVersion, selection })}\n`);
  try {
    return await exportHeld({ store, folder, toolVersion, signal }, selection);
  } finally {
    await folder.close();
  }
};
