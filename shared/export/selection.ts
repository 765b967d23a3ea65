import { CONTENT_TYPES, type ContentType } from '../model/content-config.ts';
import type { Day } from '../model/day.ts';

/** The forms of an export. */
export const EXPORT_FORMATS = ['bagit', 'rsmf', 'loadfile'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What can be selected: the types of recording files, and `messages` for Team Chat with its files. */
export const EXPORT_TYPES = CONTENT_TYPES.filter(
  (type): type is Exclude<ContentType, 'meetings'> => type !== 'meetings',
);
export type ExportType = (typeof EXPORT_TYPES)[number];

/** What is exported. Days are in UTC. */
export interface ExportSelection {
  readonly format: ExportFormat;
  readonly sources: readonly string[];
  /** Addresses in lower case: hosts of recordings, and members or senders of chat sessions. */
  readonly people: 'all' | readonly string[];
  readonly from: Day;
  readonly to: Day;
  /** Undefined for all that the format can hold. */
  readonly types: readonly ExportType[] | undefined;
  /** Whether files that a mirror hides are exported, too. */
  readonly hidden?: true;
}

/** Whether a type is selected. RSMF holds messages alone. */
export const isSelected = ({ format, types }: ExportSelection, type: ExportType): boolean =>
  (format !== 'rsmf' || type === 'messages') && (types === undefined || types.includes(type));

/** Whether any type of recording files is selected. */
export const selectsRecordings = (selection: ExportSelection): boolean =>
  EXPORT_TYPES.some((type) => type !== 'messages' && isSelected(selection, type));
