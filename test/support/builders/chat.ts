import { hash } from 'node:crypto';
import { encodeRawObject } from '../../../shared/collect/log/raw-object.ts';
import type { ObjectStore } from '../../../shared/collect/ports.ts';
import { appendCustody, type CustodyRow, openCustody } from '../../../shared/content/custody-row.ts';
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

/** Stores the bytes of a chat file, and its line of custody. `changed`: other bytes than custody says. */
export const storeChatFile = async (
  store: ObjectStore,
  day: string,
  fileId: string,
  bytes: Buffer,
  { changed = false } = {},
): Promise<string> => {
  const item = hash('sha256', `item ${fileId}`, 'hex').slice(0, 16);
  const version = hash('sha256', `version ${fileId}`, 'hex').slice(0, 16);
  const key = fileKey(sliceOf(day), item, version, 'bin');
  await store.create(key, changed ? Buffer.from('other') : bytes, {});
  await storeChatCustody(store, day, fileId, {
    state: 'held',
    key,
    bytes: bytes.length,
    sha256: hash('sha256', bytes, 'hex'),
    requests: 1,
    resumed: 0,
  });
  return key;
};

/** Stores a line of custody of a chat file. */
export const storeChatCustody = async (
  store: ObjectStore,
  day: string,
  fileId: string,
  facts: object,
): Promise<void> => {
  const row = {
    at: AT.toISOString(),
    item: hash('sha256', `item ${fileId}`, 'hex').slice(0, 16),
    version: hash('sha256', `version ${fileId}`, 'hex').slice(0, 16),
    zoom: { uuid: 'session', file_id: fileId, file_type: 'FILE' },
    ...facts,
  } as CustodyRow;
  await appendCustody(await openCustody(store, sliceOf(day)), [row], () => AT);
};
