import { type Day, dayOf } from '../model/day.ts';
import { toDate } from '../model/epoch-time.ts';
import { parseEventTime } from '../model/event-time.ts';
import { withPlainNumbers } from '../model/json-numbers.ts';
import { compareText, fieldsOf, type RawRow, textAt, valueAt } from '../model/raw-row.ts';
import { CHAT_FILE, extensionOf } from './file-type.ts';
import { type ListedFile, shortDigest } from './listed-file.ts';

/** The fields of the report of a session that have lists beside its messages, and the kinds of their rows. */
export const CHANGES = { edited_messages: 'edit', deleted_messages: 'delete' } as const;

/** The instant of a message, by its `timestamp`, else by its `date_time`. */
export const timeOfMessage = (message: RawRow): Date | undefined =>
  toDate(valueAt(message, 'timestamp')) ?? parseEventTime(valueAt(message, 'date_time'));

/** The UTC day of a message. One without a readable time belongs to the day under which it was listed. */
export const dayOfMessage = (message: RawRow, listedOn: Day): Day => {
  const time = timeOfMessage(message);
  return time ? dayOf(time) : listedOn;
};

/** An address of a row in lower case. */
export const emailAt = (row: RawRow, path: string): string => textAt(row, path).toLowerCase();

/** The list under a path; empty if there is none. */
export const listAt = (row: RawRow, path: string): readonly unknown[] => {
  const value = valueAt(row, path);
  return Array.isArray(value) ? (value as unknown[]) : [];
};

/** Identifies a message, or a change of one, within a list. */
export const keyOfMessage = (row: RawRow, index: number): string => {
  const id = textAt(row, 'id');
  const changedAt = withPlainNumbers(valueAt(row, 'action_timestamp')) ?? null;
  return id === '' ? `row ${index}` : JSON.stringify([id, changedAt, textAt(row, 'message')]);
};

/** The members of the session of a file, and its sender, by the sessions among some rows. In lower case. */
export const membersOfFiles = (rows: readonly RawRow[]): ((file: ListedFile) => readonly string[]) => {
  const members = new Map<string, Set<string>>();
  for (const row of rows) {
    if (valueAt(row, 'kind') !== 'session') continue;
    const id = textAt(row, 'session.id');
    const known = members.get(id) ?? new Set<string>();
    members.set(id, known);
    for (const email of listAt(row, 'session.member_emails'))
      if (typeof email === 'string') known.add(email.toLowerCase());
  }
  return ({ uuid, hostId }) =>
    [...new Set([...(members.get(uuid) ?? []), hostId])].filter((email) => email !== '');
};

/** The chosen people who are members of a session, or who sent a message, in order. */
export const inScopeBy = (session: RawRow, message: RawRow, chosen: ReadonlySet<string>): string[] => {
  const members = listAt(session, 'member_emails').map((email) =>
    typeof email === 'string' ? email.toLowerCase() : '',
  );
  return [...new Set([...members, emailAt(message, 'sender')])]
    .filter((email) => chosen.has(email))
    .sort(compareText);
};

/** The reactions of a message, as one value to compare. */
export const reactionState = (message: RawRow): string =>
  JSON.stringify(withPlainNumbers([listAt(message, 'reactions'), listAt(message, 'custom_emoji_reactions')]));

/** The state of a message without reactions. */
export const NO_REACTIONS = reactionState({});

/** The files of the message of a row. */
export const chatFilesOf = (row: RawRow): ListedFile[] => {
  const message = fieldsOf(row)?.['message'];
  return listAt(message, 'files').flatMap((file) =>
    fieldsOf(file) ? [toListedFile(row, message, file)] : [],
  );
};

const toListedFile = (row: RawRow, message: RawRow, file: RawRow): ListedFile => {
  const sessionId = textAt(row, 'session_id');
  const fileId = textAt(file, 'file_id') || undefined;
  const name = textAt(file, 'file_name');
  const size = withPlainNumbers(valueAt(file, 'file_size'));
  // A forwarded file is one file of each session.
  const identity = fileId === undefined ? [textAt(message, 'id'), name] : [fileId];
  const item = shortDigest(['item', sessionId, ...identity]);
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1] ?? '';
  return {
    item,
    version: shortDigest([item, name, JSON.stringify(size ?? null)]),
    uuid: sessionId,
    fileId,
    fileName: name || undefined,
    fileType: CHAT_FILE,
    recordingType: '',
    bodyType: extension.toUpperCase(),
    extension: extensionOf(CHAT_FILE, extension),
    size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : undefined,
    isReady: true,
    downloadUrl: textAt(file, 'download_url') || undefined,
    trashed: false,
    isParticipantAudio: false,
    topic: textAt(row, 'session_name'),
    hostId: emailAt(message, 'sender'),
    start: timeOfMessage(message)?.toISOString() ?? '',
  };
};
