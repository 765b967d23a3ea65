import { expect, it } from '@jest/globals';
import { readChatDay } from '../../../shared/export/read-chat.ts';
import { day } from '../../support/builders/collector.ts';
import {
  aChatRow,
  aMessage,
  aSession,
  storeChatCustody,
  storeChatFile,
  storeChatRows,
} from '../../support/builders/chat.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';

const DAY = '2026-11-18';

const aFile = (change: object) => ({ file_name: 'plan.txt', file_size: 3, ...change });

const withFiles = (id: string, ...files: object[]) =>
  aChatRow('message', 's1', aMessage(id, `${DAY}T09:00:00Z`, 'see', { files }));

/** What became of each file of a day, by message. */
const filesOf = async (store: MemoryStore) => {
  const { conversations, fileOf } = await readChatDay(store, 'acme', day(DAY));
  return conversations.flatMap(({ messages }) =>
    messages.flatMap(({ id, files }) => files.map((file) => ({ id, ...fileOf(file) }))),
  );
};

it('files without an id are those of their own messages', async () => {
  const store = new MemoryStore();
  const [first, second] = [withFiles('m1', aFile({})), withFiles('m2', aFile({}))];
  await storeChatRows(store, DAY, [aSession('s1', []), first, second]);
  const keys = [
    await storeChatFile(store, DAY, first, undefined, Buffer.from('one')),
    await storeChatFile(store, DAY, second, undefined, Buffer.from('two')),
  ];

  expect(await filesOf(store)).toMatchObject([
    { id: 'm1', held: { key: keys[0] } },
    { id: 'm2', held: { key: keys[1] } },
  ]);
});

it('a file whose bytes are those of an earlier version is held', async () => {
  const store = new MemoryStore();
  const [before, after] = [{}, { file_name: 'renamed.txt' }].map((change) =>
    withFiles('m1', aFile({ file_id: 'f1', ...change })),
  );
  await storeChatRows(store, DAY, [before ?? {}, after ?? {}]);
  const key = await storeChatFile(store, DAY, before ?? {}, 'f1', Buffer.from('one'));
  const held = (await filesOf(store))[0];
  await storeChatCustody(store, DAY, after ?? {}, 'f1', {
    state: 'same-as',
    same_as: held?.version,
    sha256: held?.held?.sha256,
    bytes: 3,
  });

  expect(held).toMatchObject({ state: 'held', held: { key } });
  expect(await filesOf(store)).toMatchObject([{ name: 'renamed.txt', state: 'held', held: { key } }]);
});

it('a file says why it is not held', async () => {
  const store = new MemoryStore();
  const row = withFiles('m1', aFile({ file_id: 'f1' }), aFile({ file_id: 'f2' }));
  await storeChatRows(store, DAY, [row]);
  await storeChatCustody(store, DAY, row, 'f1', {
    state: 'failed',
    reason: 'missing',
    message: 'Zoom has it no more.',
    final: true,
    day: DAY,
    requests: 1,
  });

  expect(await filesOf(store)).toMatchObject([
    { fileId: 'f1', held: undefined, state: 'failed', reason: 'missing', message: 'Zoom has it no more.' },
    { fileId: 'f2', held: undefined, state: 'pending' },
  ]);
});
