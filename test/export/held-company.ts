import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportIntoFolder, type ExportReport, type ExportSelection } from '../../shared/app/export.ts';
import { pinAccount } from '../../shared/collect/state/pinned-account.ts';
import { fileOfRow } from '../../shared/content/recording-rows.ts';
import { fileKey } from '../../shared/contract/object-keys.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import type { Day } from '../../shared/model/day.ts';
import {
  aChatRow,
  aMessage,
  aSession,
  storeChatCustody,
  storeChatFile,
  storeChatRows,
} from '../support/builders/chat.ts';
import {
  aContentSlice,
  aFileRow,
  commitCustody,
  commitRows,
  custodyOf,
  listedWhole,
} from '../support/builders/content.ts';
import { SettableClock } from '../support/doubles/settable-clock.ts';

export const [FIRST, SECOND] = ['2026-11-18', '2026-11-19'] as const;

/** A topic with everything that a name or a load file cannot hold. */
export const HOSTILE = '../þ ®"x", 100%\r\n\u0014\u202e CON \ud800';

export const ANN = 'ann@example.com';
export const BEN = 'ben@example.com';

export const never = new AbortController().signal;

/** Opens a new folder of the source `acme`. */
export const openHeld = async (root: string): Promise<FolderStore> => {
  mkdirSync(root, { recursive: true });
  const store = await FolderStore.open(root, new Date('2026-11-25T12:00:00Z'));
  await pinAccount(store, 'acme', 'account');
  return store;
};

/** Stores a recording that is held. */
export const holdRecording = async (
  store: FolderStore,
  day: string,
  id: string,
  bytes: Buffer,
  topic = 'Stand-up',
): Promise<string> => {
  const clock = new SettableClock();
  const base = aFileRow(day, id, { file_size: bytes.length, recording_type: 'active_speaker' });
  const row = { ...base, meeting: { ...base.meeting, topic, uuid: `${id}==`, host_id: 'host-ann' } };
  const slice = aContentSlice(day);
  await commitRows(store, clock, slice, [row]);
  const file = fileOfRow(row);
  const key = fileKey(slice, file?.item ?? '', file?.version ?? '', 'mp4');
  await store.create(key, bytes);
  const held = {
    state: 'held',
    key,
    bytes: bytes.length,
    sha256: hash('sha256', bytes, 'hex'),
    requests: 1,
    resumed: 0,
  };
  await commitCustody(store, clock, slice, [custodyOf(row, clock.now(), held)]);
  return key;
};

/** The message of a guest with three files. */
export const WITH_FILES = aChatRow(
  'message',
  's1',
  aMessage('m4', `${SECOND}T10:01:00Z`, 'files', {
    sender: '',
    sender_display_name: 'Zoë, guest',
    sender_member_id: 'member-zoe',
    files: [
      { file_id: 'f1', file_name: 'ünï code.png', file_size: 5, download_url: 'https://zoom.us/secret' },
      { file_id: 'f2', file_name: 'ünï code.png', file_size: 6, download_url: 'https://zoom.us/secret' },
      { file_id: 'f3', file_name: 'lost.txt', file_size: 7, download_url: 'https://zoom.us/secret' },
    ],
  }),
);

/** Two people, recordings and chat of two days. One chat file failed. */
export const holdCompany = async (root: string): Promise<FolderStore> => {
  const store = await openHeld(root);
  const clock = new SettableClock();
  await commitRows(store, clock, aContentSlice(SECOND, 'person'), [
    { id: 'host-ann', email: ANN, display_name: 'Ann Lee' },
    { id: 'host-ben', email: BEN, display_name: 'Ben' },
  ]);
  await holdRecording(store, FIRST, 'r1', Buffer.from('video one'));
  await holdRecording(store, FIRST, 'r2', Buffer.from('video two'));
  await holdRecording(store, SECOND, 'r3', Buffer.from('video three'), HOSTILE);
  for (const day of [FIRST, SECOND]) await listedWhole(store, aContentSlice(day), `${day}T12:00:00.000Z`);
  await storeChatRows(store, FIRST, [
    aSession('s1', [ANN, BEN]),
    aChatRow('message', 's1', aMessage('m1', `${FIRST}T09:00:00Z`, 'the plan')),
    aChatRow(
      'message',
      's1',
      aMessage('m2', `${FIRST}T09:01:00Z`, 'reply', {
        reply_main_message_id: 'm1',
        reply_main_message_timestamp: Date.parse(`${FIRST}T09:00:00Z`),
      }),
    ),
    aChatRow(
      'edit',
      's1',
      aMessage('m1', `${FIRST}T09:00:00Z`, 'the plam', {
        action_timestamp: Date.parse(`${FIRST}T09:00:30Z`),
      }),
    ),
    {
      kind: 'reaction',
      session_id: 's1',
      message_id: 'm1',
      timestamp: Date.parse(`${FIRST}T09:00:00Z`),
      reactions: [{ emoji: '👍', total_count: 1, user_ids: ['host-ben'], member_ids: [] }],
      custom_emoji_reactions: [],
    },
  ]);
  await storeChatRows(store, SECOND, [
    aSession('s1', [ANN, BEN]),
    aSession('s2', [BEN, 'cy@example.com'], { type: '1:1', name: '' }),
    aChatRow(
      'message',
      's1',
      aMessage('m3', `${SECOND}T10:00:00Z`, 'late reply \ud83d', {
        reply_main_message_id: 'm1',
        reply_main_message_timestamp: Date.parse(`${FIRST}T09:00:00Z`),
      }),
    ),
    WITH_FILES,
    aChatRow(
      'delete',
      's1',
      aMessage('m5', `${SECOND}T10:02:00Z`, 'gone', { action_timestamp: Date.parse(`${SECOND}T10:03:00Z`) }),
    ),
    aChatRow(
      'message',
      's1',
      aMessage('m6', `${SECOND}T10:04:00Z`, 'to an old one', {
        reply_main_message_id: 'm0',
        reply_main_message_timestamp: Date.parse('2026-10-01T00:00:00Z'),
      }),
    ),
    aChatRow(
      'message',
      's2',
      aMessage('m7', `${SECOND}T11:00:00Z`, 'private', {
        sender: BEN,
        sender_display_name: 'Ben',
        sender_member_id: 'member-ben',
      }),
    ),
  ]);
  await storeChatFile(store, SECOND, WITH_FILES, 'f1', Buffer.from('first'));
  await storeChatFile(store, SECOND, WITH_FILES, 'f2', Buffer.from('second'));
  await storeChatCustody(store, SECOND, WITH_FILES, 'f3', {
    state: 'failed',
    reason: 'missing',
    message: 'Zoom has it no more.',
    final: true,
    day: SECOND,
    requests: 1,
  });
  return store;
};

/** A selection of everything of the company. */
export const everything = (
  format: ExportSelection['format'],
  change: Partial<ExportSelection> = {},
): ExportSelection => ({
  format,
  sources: ['acme'],
  people: 'all',
  from: FIRST as Day,
  to: SECOND as Day,
  types: undefined,
  ...change,
});

/** Exports into a folder. */
export const exportTo = (
  store: FolderStore,
  into: string,
  selection: ExportSelection,
): Promise<ExportReport> =>
  exportIntoFolder(store, selection, { into, collected: undefined, toolVersion: '0.0.0', signal: never });

/** Every file of a folder by path, with its bytes. */
export const filesIn = (folder: string): Map<string, Buffer> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path)]),
  );

/** The certificate of an export. */
export const certificateIn = (folder: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, 'certificate.json'), 'utf8')) as Record<string, unknown>;
