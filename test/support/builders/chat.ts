import { hash } from 'node:crypto';
import { encodeRawObject } from '../../../shared/collect/log/raw-object.ts';
import type { ObjectStore } from '../../../shared/collect/ports.ts';
import { chatFilesOf } from '../../../shared/content/chat-rows.ts';
import { appendCustody, type CustodyRow, openCustody } from '../../../shared/content/custody-row.ts';
import type { ListedFile } from '../../../shared/content/listed-file.ts';
import { zoomOf } from '../../../shared/content/transfer-to-custody.ts';
import { fileKey, objectKey } from '../../../shared/contract/object-keys.ts';
import { CHAT_STREAM } from '../../../shared/content/content-streams.ts';
import type { Day } from '../../../shared/model/day.ts';
import { toListedRow } from '../../../shared/model/listed-row.ts';

const AT = new Date('2026-11-25T12:00:00Z');

const sliceOf = (day: string) => ({ source: 'acme', stream: CHAT_STREAM, day: day as Day });

/** A row that lists a chat session. */
export const aSession = (id: string, members: readonly string[], change: object = {}) => ({
  kind: 'session',
  session: { id, name: 'Project', type: 'Group', member_emails: members, ...change },
});

/** A message as Zoom lists it. `time` is RFC 3339. */
export const aMessage = (id: string, time: string, text: string, change: object = {}) => ({
  id,
  message: text,
  sender: 'ann@example.com',
  sender_member_id: 'member-ann',
  sender_display_name: 'Ann Lee',
  date_time: time,
  timestamp: Date.parse(time),
  ...change,
});

/** A row of a message, an edit or a deletion. */
export const aChatRow = (kind: 'message' | 'edit' | 'delete', sessionId: string, message: object) => ({
  kind,
  session_id: sessionId,
  message,
});

/** Stores chat rows of a day as an object of the raw log. */
export const storeChatRows = async (
  store: ObjectStore,
  day: string,
  rows: readonly object[],
  sequence = 0,
): Promise<void> => {
  const body = await encodeRawObject(
    rows.map((row) => toListedRow(row)),
    AT,
  );
  await store.create(objectKey('raw', sliceOf(day), sequence), body, {});
};

/** A file that the row of a message lists, by its id; undefined: the one without an id. */
const listedFile = (row: object, fileId: string | undefined): ListedFile => {
  const file = chatFilesOf(toListedRow(row).row).find((listed) => listed.fileId === fileId);
  if (!file) throw new RangeError(`The row lists no file ${fileId ?? 'without an id'}.`);
  return file;
};

/** Stores the bytes of a chat file that a row lists, and its line of custody. `changed`: other bytes than custody says. */
export const storeChatFile = async (
  store: ObjectStore,
  day: string,
  row: object,
  fileId: string | undefined,
  bytes: Buffer,
  { changed = false } = {},
): Promise<string> => {
  const { item, version, extension } = listedFile(row, fileId);
  const key = fileKey(sliceOf(day), item, version, extension);
  await store.create(key, changed ? Buffer.from('other') : bytes, {});
  await storeChatCustody(store, day, row, fileId, {
    state: 'held',
    key,
    bytes: bytes.length,
    sha256: hash('sha256', bytes, 'hex'),
    requests: 1,
    resumed: 0,
  });
  return key;
};

/** Stores a line of custody of a chat file that a row lists. */
export const storeChatCustody = async (
  store: ObjectStore,
  day: string,
  row: object,
  fileId: string | undefined,
  facts: object,
): Promise<void> => {
  const file = listedFile(row, fileId);
  const line = {
    at: AT.toISOString(),
    item: file.item,
    version: file.version,
    zoom: zoomOf(file),
    ...facts,
  } as CustodyRow;
  await appendCustody(await openCustody(store, sliceOf(day)), [line], () => AT);
};
