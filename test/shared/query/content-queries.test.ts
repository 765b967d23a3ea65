import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readContentQueries } from '../../../shared/app/query.ts';
import { FolderStore } from '../../../shared/local/folder-store.ts';
import { startSimulator } from '../../../simulator/index.ts';
import { day, never } from '../../support/builders/collector.ts';
import { aChatRow, aMessage, aSession } from '../../support/builders/chat.ts';
import {
  aContentSlice,
  aFileRow,
  commitCustody,
  commitRows,
  custodyOf,
} from '../../support/builders/content.ts';
import { SettableClock } from '../../support/doubles/settable-clock.ts';
import { runQuery } from '../../support/fixtures/demo-archive.ts';
import { connectToSimulator } from '../../support/simulated-source.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const HELD_ON = '2026-11-10';
const DELETED_ON = '2026-11-18';
const ANN = 'ann@quillmere.example';
const EVE = 'eve@quillmere.example';

const signIn = (email: string, time: string, ip: string) => ({
  stream: 'activity' as const,
  row: { email, time, type: 'Sign in', ip_address: ip, client_type: 'Browser', version: '-' },
});

const operation = (operator: string, time: string, detail: string) => ({
  stream: 'operation' as const,
  row: { time, operator, category_type: 'Recording', action: 'Delete', operation_detail: detail },
});

let out: string;
beforeAll(async () => {
  out = join(temporaryFolder(), 'out');
  const simulator = await startSimulator({ now: `${DELETED_ON}T23:00:00Z`, speed: 0 });
  simulator.addRows([
    signIn(EVE, `${DELETED_ON}T08:00:00Z`, '198.51.100.7'),
    signIn(EVE, `${DELETED_ON}T09:00:00Z`, '203.0.113.9'),
    signIn(EVE, `${DELETED_ON}T12:00:00Z`, '192.0.2.1'),
    signIn(ANN, `${DELETED_ON}T09:30:00Z`, '192.0.2.44'),
    operation(EVE, `${DELETED_ON}T10:00:00Z`, 'Delete Recording  - Topic: Budget - Meeting ID: 91234567890'),
    operation(ANN, `${DELETED_ON}T11:00:00Z`, 'Delete Recording  - Topic: Other - Meeting ID: 90000000000'),
  ]);
  const store = await FolderStore.open(out, new Date(`${DELETED_ON}T23:00:00Z`));
  const connector = connectToSimulator(simulator, store, { source: 'acme' });
  await connector.collectDays([day(DELETED_ON)], never);
  await connector.close();
  await simulator.close();

  const clock = new SettableClock();
  clock.time = new Date(`${DELETED_ON}T22:00:00.000Z`);
  await commitRows(store, clock, aContentSlice(HELD_ON, 'person'), [
    { id: 'host-ann', email: ANN, display_name: 'Ann', status: 'active' },
  ]);
  const slice = aContentSlice(HELD_ON);
  const recording = (id: string, topic: string, meetingId: number) => {
    const row = aFileRow(HELD_ON, id);
    return {
      ...row,
      meeting: { ...row.meeting, uuid: `${topic}==`, id: meetingId, topic, host_id: 'host-ann' },
    };
  };
  const budget = [recording('f1', 'Budget', 91_234_567_890), recording('f2', 'Budget', 91_234_567_890)];
  const kept = recording('f3', 'Kept', 93_333_333_333);
  const expired = recording('f4', 'Expired', 94_444_444_444);
  await commitRows(store, clock, slice, [...budget, kept, expired]);
  const gone = {
    state: 'gone',
    ordinal: 1,
    evidence: { kind: 'trash', deleted_time: `${DELETED_ON}T10:00:00Z` },
  };
  const held = { state: 'held', key: 'files/x', bytes: 3, sha256: '0'.repeat(64), requests: 1, resumed: 0 };
  await commitCustody(store, clock, slice, [
    ...[...budget, kept].map((row) => custodyOf(row, clock.now(), held)),
    ...[...budget, expired].map((row) => custodyOf(row, clock.now(), gone)),
  ]);
  await commitRows(store, clock, aContentSlice(HELD_ON, 'chat_message'), [
    aSession('s1', [ANN, EVE]),
    aChatRow('message', 's1', aMessage('m1', `${HELD_ON}T09:00:00Z`, 'delete it', { sender: EVE })),
  ]);
  await commitRows(store, clock, aContentSlice(HELD_ON, 'meeting'), [
    { kind: 'meeting', meeting_uuid: 'Budget==', row: { meeting_id: 91_234_567_890, topic: 'Budget' } },
  ]);
});

describe('the built-in query deleted-recordings', () => {
  it('names who deleted each recording that left Zoom, and the sign-in before it, in one SQL', async () => {
    const sql = readContentQueries().find(({ name }) => name === 'deleted-recordings')?.sql ?? '';

    expect(await runQuery(out, sql)).toEqual([
      {
        gone_at: `${DELETED_ON}T22:00:00.000Z`,
        topic: 'Budget',
        host: ANN,
        deleted_by: EVE,
        deleted_at: `${DELETED_ON}T10:00:00.000Z`,
        signed_in_at: `${DELETED_ON}T09:00:00.000Z`,
        ip_address: '203.0.113.9',
        client_type: 'Browser',
        files_gone: 2,
        files_held: 2,
        source: 'acme',
        meeting_uuid: 'Budget==',
      },
      expect.objectContaining({ topic: 'Expired', deleted_by: null, signed_in_at: null, files_held: 0 }),
    ]);
  });
});

describe('the tables of content', () => {
  it.each([
    ['zoom_people', 'email', [{ email: ANN }]],
    ['zoom_meetings', 'topic, meeting_id', [{ topic: 'Budget', meeting_id: '91234567890' }]],
    [
      'zoom_recordings',
      'topic, host_id, count(*) AS files',
      [
        { topic: 'Budget', host_id: 'host-ann', files: 2 },
        { topic: 'Expired', host_id: 'host-ann', files: 1 },
        { topic: 'Kept', host_id: 'host-ann', files: 1 },
      ],
    ],
    [
      'zoom_chat',
      'sender_email, text',
      [
        { sender_email: EVE, text: 'delete it' },
        { sender_email: null, text: null },
      ],
    ],
    [
      'zoom_custody',
      'state, stream, evidence.kind AS kind, count(*) AS lines',
      [
        { state: 'gone', stream: 'recording', kind: 'trash', lines: 3 },
        { state: 'held', stream: 'recording', kind: null, lines: 3 },
      ],
    ],
  ])('%s has what was collected', async (table, columns, rows) => {
    expect(await runQuery(out, `SELECT ${columns} FROM ${table} GROUP BY ALL ORDER BY 1`)).toEqual(rows);
  });

  it('are empty where no content was collected', async () => {
    const empty = join(temporaryFolder(), 'out');
    const store = await FolderStore.open(empty, new Date(`${DELETED_ON}T23:00:00Z`));
    await store.create('_state/sources/acme.json', Buffer.from('{"name":"acme","accountId":"a"}'));

    const sql = readContentQueries()[0]?.sql ?? '';

    expect(await runQuery(empty, sql)).toEqual([]);
  });
});
