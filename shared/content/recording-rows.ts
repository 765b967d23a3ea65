import { type Day, dayOf } from '../model/day.ts';
import { parseEventTime } from '../model/event-time.ts';
import { isNumberText } from '../model/json-numbers.ts';
import { type ListedRow, type RawRow, toListedRow } from '../model/listed-row.ts';
import { fieldsOf } from '../model/raw-row.ts';
import { extensionOf } from './file-type.ts';
import { type ListedFile, type ServedFile, shortDigest } from './listed-file.ts';
import type { RoutedRow } from './streams/unit.ts';

/** The list a meeting was found in: the recordings of a host, the trash, or the details of one meeting. */
export type RecordingList = 'recordings' | 'trash' | 'detail';

/** Fields of a meeting that have rows of their own, or open its files. */
const NOT_OF_MEETING = new Set(['recording_files', 'participant_audio_files', 'download_access_token']);

/**
 * The rows of one listed meeting: one for each file with the meeting's fields, as Zoom sent them; one for the meeting alone if it
 * has no files yet. Each belongs to the UTC day on which the meeting started. A meeting that repeats a field name is also kept as its
 * text, and one whose files cannot be read is kept as `unreadable`.
 */
export const recordingRowsOf = (listed: ListedRow, list: RecordingList, fallbackDay: Day): RoutedRow[] => {
  const fields = fieldsOf(listed.row);
  const unreadable = { kind: 'unreadable', unreadable: listed.json };
  if (!fields) return [{ day: fallbackDay, row: toListedRow(unreadable) }];

  const meeting = Object.fromEntries(Object.entries(fields).filter(([name]) => !NOT_OF_MEETING.has(name)));
  const files = listOf(fields['recording_files']).map((file) => ({ kind: 'file', file }));
  const audio = listOf(fields['participant_audio_files']).map((file) => ({
    kind: 'participant_audio',
    file,
  }));
  const found = [...files, ...audio];
  const day = dayOfMeeting(fields, found) ?? fallbackDay;
  const rows: object[] = found.length > 0 ? found : [{ kind: 'meeting' }];
  const trashed = list === 'trash' ? { trashed: true } : {};
  const routed = rows.map((row) => ({ day, row: toListedRow({ ...row, ...trashed, meeting }) }));
  const asText = { kind: 'text', text: listed.json, meeting: { uuid: fields['uuid'] } };
  return [
    ...routed,
    ...(listed.repeatsName ? [{ day, row: toListedRow(asText) }] : []),
    ...(FILE_LISTS.every((name) => isList(fields[name])) ? [] : [{ day, row: toListedRow(unreadable) }]),
  ];
};

/** The fields of a meeting that list its files. */
const FILE_LISTS = ['recording_files', 'participant_audio_files'] as const;

/** Absent lists have no files. */
const isList = (value: unknown): boolean => value === undefined || value === null || Array.isArray(value);

/** Whether a row stands for files that cannot be fetched, because what Zoom sent does not say which they are. */
export const isUnreadable = (row: RawRow): boolean => {
  const kind = fieldsOf(row)?.['kind'];
  return kind === 'unreadable' || ((kind === 'file' || kind === 'participant_audio') && !fileOfRow(row));
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** The day of a meeting by its start, or by that of its first file. */
const dayOfMeeting = (
  meeting: Readonly<Record<string, unknown>>,
  files: readonly { readonly file: unknown }[],
): Day | undefined => {
  const times = [meeting['start_time'], ...files.map(({ file }) => fieldsOf(file)?.['recording_start'])];
  const found = times.map(parseEventTime).find((time) => time !== undefined);
  return found && dayOf(found);
};

/** The fields that make a version: what changes when Zoom makes the file again, and only then. */
const VERSION_FIELDS = [
  'file_type',
  'file_extension',
  'file_size',
  'recording_start',
  'recording_end',
] as const;

/** The file of a row; undefined for a row without one. */
export const fileOfRow = (row: RawRow): ListedFile | undefined => {
  const fields = fieldsOf(row);
  const file = fieldsOf(fields?.['file']);
  const meeting = fieldsOf(fields?.['meeting']);
  const uuid = textOf(meeting?.['uuid']);
  if (!fields || !file || !meeting || uuid === '') return undefined;

  const fileId = textOf(file['id']) || undefined;
  const fileType = textOf(file['file_type']);
  const start = textOf(file['recording_start']);
  // A timeline and captions may have no id (zoom-content-api: the file object).
  const identity = fileId === undefined ? [uuid, fileType, start] : [uuid, fileId];
  const item = shortDigest(['item', ...identity]);
  const listed = [item, ...VERSION_FIELDS.map((name) => textOf(file[name]))];
  const listedVersion = shortDigest(listed);
  const served = servedOf(fieldsOf(fields['served']), listedVersion);
  const size = Number((served?.bytes ?? textOf(file['file_size'])) || Number.NaN);
  const status = textOf(file['status']);
  const hostEmail = textOf(meeting['host_email']);
  return {
    item,
    version: served ? shortDigest([...listed, served.etag ?? '', String(served.bytes ?? '')]) : listedVersion,
    uuid,
    fileId,
    ...(served && { served }),
    fileName: textOf(file['file_name']) || undefined,
    fileType,
    recordingType: textOf(file['recording_type']),
    extension: extensionOf(fileType, textOf(file['file_extension'])),
    size: Number.isSafeInteger(size) && size >= 0 ? size : undefined,
    isReady:
      fileType !== '' || status !== '' ? status === 'completed' || (status === '' && fileType !== '') : false,
    downloadUrl: textOf(file['download_url']) || undefined,
    trashed: fields['trashed'] === true,
    ...(typeof file['deleted_time'] === 'string' && { deletedTime: file['deleted_time'] }),
    isParticipantAudio: fields['kind'] === 'participant_audio',
    topic: textOf(meeting['topic']),
    hostId: textOf(meeting['host_id']),
    ...(hostEmail !== '' && { hostEmail }),
    start: start || textOf(meeting['start_time']),
  };
};

/** The row of a file that the file host has other bytes of than the row says: a version of its own. */
export const toServedRow = (row: RawRow, { etag, bytes }: ServedFile): object => ({
  ...fieldsOf(row),
  served: { ...(etag !== undefined && { etag }), ...(bytes !== undefined && { bytes }) },
});

const servedOf = (
  served: Readonly<Record<string, unknown>> | undefined,
  listedVersion: string,
): ListedFile['served'] => {
  if (!served) return undefined;
  const bytes = Number(textOf(served['bytes']) || Number.NaN);
  return {
    of: listedVersion,
    etag: textOf(served['etag']) || undefined,
    bytes: Number.isSafeInteger(bytes) ? bytes : undefined,
  };
};

/** Text or a number as text; empty for anything else. */
const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return typeof value === 'object' && value !== null && isNumberText(value) ? JSON.stringify(value) : '';
};
