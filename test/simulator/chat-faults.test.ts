import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { CHAT_FAULTS, type Fault } from '../../simulator/index.ts';
import { ALL_CHANGES, aChat, chatFilesOf, DAY, INES, OWEN, textsOf } from './chat-client.ts';
import {
  addMeeting,
  bytesOf,
  firstHop,
  type Item,
  itemsOf,
  meetingsOf,
  readList,
  sha256,
} from './content-client.ts';

const WEEK = { from: '2026-11-14T00:00:00Z', to: '2026-11-20T23:59:59Z' };

/** A chat of seven messages, and a list of three of them on a page. */
const aLongChat = async () => {
  const chat = await aChat();
  const ids = Array.from({ length: 7 }, (_, i) =>
    chat.post(String(i), { at: new Date(Date.UTC(2026, 10, 20, i)) }),
  ).reverse();
  const path = `/report/chat/sessions/${chat.sessionId}`;
  const all = async () =>
    (await readList(chat.read, path, 'messages', { ...DAY, page_size: '3' })).map(({ id }) => id);
  return { ...chat, ids, all };
};

/** An archived meeting with two files. */
const anArchive = async () => {
  const world = await aChat();
  world.content.addArchivedMeeting({
    hostId: world.hostId,
    topic: 'Review',
    start: '2026-11-20T09:00:00Z',
    seconds: 60,
    files: [
      { fileType: 'MP4', bytes: 100 },
      { fileType: 'M4A', bytes: 100 },
    ],
  });
  const files = async () =>
    (meetingsOf(await world.read('/archive_files', WEEK))[0]?.['archive_files'] ?? []) as Item[];
  return { ...world, files };
};

describe('a fault of chat', () => {
  it('edits-with-first-page leaves edits out of later pages', async () => {
    const { simulator, content, ids, messages } = await aLongChat();
    content.editMessage(ids[0] ?? '', 'edited');
    simulator.faults.set('edits-with-first-page');

    const page = await messages({ ...ALL_CHANGES, page_size: '3' });
    const token = String(page.body['next_page_token']);
    const next = await messages({ ...ALL_CHANGES, page_size: '3', next_page_token: token });

    expect(textsOf(page, 'edited_messages')).toEqual(['edited']);
    expect(next.body['edited_messages']).toEqual([]);
  });

  it('edits-by-day-of-edit lists an edit under its own day', async () => {
    const { simulator, content, post, messages, sessions } = await aChat();
    content.editMessage(post('a', { at: '2026-11-18T09:00:00Z' }), 'b');
    simulator.faults.set('edits-by-day-of-edit');
    const day = { from: '2026-11-18', to: '2026-11-18' };

    expect(textsOf(await messages({ ...ALL_CHANGES, ...day }), 'edited_messages')).toEqual([]);
    expect(textsOf(await messages(ALL_CHANGES), 'edited_messages')).toEqual(['b']);
    expect(await sessions()).toHaveLength(1);
    simulator.faults.clear();
    expect(await sessions()).toEqual([]);
  });

  it('reaction-change adds a reaction, and takes it back', async () => {
    const { simulator, content, post, messages } = await aChat();
    post('a');
    simulator.faults.set('reaction-change');
    const reactions = async () =>
      itemsOf(await messages({ ...ALL_CHANGES, include_reactions: 'true' }), 'messages')[0]?.['reactions'];

    expect(await reactions()).toMatchObject([{ emoji: '👀', total_count: 1 }]);
    expect(await reactions()).toBeUndefined();
    expect(content.truth().reactionChanges.map(({ removed }) => removed)).toEqual([false, true]);
    expect(content.truth().edits).toEqual([]);
  });

  it('thread-parent-on-another-day posts a reply to the oldest message', async () => {
    const { simulator, content, post, messages } = await aChat();
    const parent = post('a', { at: '2026-11-02T09:00:00Z' });
    simulator.faults.set('thread-parent-on-another-day*1');

    expect(itemsOf(await messages(), 'messages')).toMatchObject([
      { reply_main_message_id: parent, date_time: '2026-11-20T12:00:00Z' },
    ]);
    expect(content.truth().messages).toHaveLength(2);
  });

  it('one-sided-session-missing hides a session in which one person wrote', async () => {
    const { simulator, post, sessions, read } = await aChat();
    post('a');
    simulator.faults.set('one-sided-session-missing');

    expect(await sessions()).toEqual([]);
    expect(textsOf(await read(`/chat/users/${INES}/messages`, { to_contact: OWEN }))).toEqual(['a']);
    post('b', { sender: OWEN });
    expect(await sessions()).toHaveLength(1);
  });

  it('bot-messages-missing hides messages of bots in spite of the flag', async () => {
    const { simulator, post, messages } = await aChat();
    post('a', { bot: true });
    simulator.faults.set('bot-messages-missing*1');
    const withBots = { include_bot_message: 'true' };

    expect(textsOf(await messages(withBots))).toEqual([]);
    expect(textsOf(await messages(withBots))).toEqual(['a']);
  });

  it('session-left-out hides a session that has messages', async () => {
    const { simulator, post, sessions, messages } = await aChat();
    post('a');
    simulator.faults.set('session-left-out');

    expect(await sessions()).toEqual([]);
    expect(textsOf(await messages())).toEqual(['a']);
  });

  it('wrong-chat-digest states another sum than that of the bytes', async () => {
    const { simulator, post, messages, read } = await aChat();
    post('a', { files: [{ name: 'a.txt', bytes: 100 }] });
    simulator.faults.set('wrong-chat-digest*1');
    const [file] = chatFilesOf(await messages());
    const sum = sha256(await bytesOf(await fetch(String(file?.['download_url']))));
    const path = `/chat/files/${String(file?.['file_id'])}`;

    const [wrong, right] = [await read(path), await read(path)];

    expect(wrong.body['digest']).toMatch(/^[0-9a-f]{64}$/);
    expect(wrong.body['digest']).not.toBe(sum);
    expect(right.body['digest']).toBe(sum);
  });

  it.each([
    ['403', 403],
    ['401', 401],
  ])('chat-url-expired/%s answers %d', async (variant, status) => {
    const { simulator, post, messages } = await aChat();
    post('a', { files: [{ name: 'a.txt', bytes: 100 }] });
    const url = String(chatFilesOf(await messages())[0]?.['download_url']);
    simulator.faults.set(`chat-url-expired/${variant}*1`);

    expect((await fetch(url)).status).toBe(status);
    expect((await fetch(url)).status).toBe(200);
  });

  it('page-shift, live-insert and short pages strike messages as well', async () => {
    const { simulator, ids, all } = await aLongChat();
    simulator.faults.set('page-shift');
    const shifted = await all();
    simulator.faults.set('short-page', 'empty-middle-page=0.5');
    const short = await all();
    simulator.faults.set('live-insert*1');

    expect(shifted).toEqual([0, 1, 2, 2, 3, 4, 4, 5, 6].map((index) => ids[index]));
    expect(short).toEqual(ids);
    expect(await all()).toEqual([0, 1, 2, 2, 3, 4, 5, 6].map((index) => ids[index]));
  });

  it('live-insert adds a session', async () => {
    const { simulator, content, post, read } = await aChat();
    post('a');
    const other = content.addSession({ type: 'Group', members: [INES] });
    content.postMessage(other, { sender: INES, text: 'b', at: '2026-11-20T08:00:00Z' });
    simulator.faults.set('live-insert*1');

    await readList(read, '/report/chat/sessions', 'sessions', { ...DAY, page_size: '1' });

    expect(content.truth().sessions).toHaveLength(3);
  });
});

describe('a fault of archives and notes', () => {
  it('wrong-archive-fingerprint states another sum', async () => {
    const { simulator, content, files } = await anArchive();
    simulator.faults.set('wrong-archive-fingerprint*1');
    const sums = await Promise.all(content.truth().archiveFiles.map((file) => file.sha256()));
    const stated = async () => (await files()).map((file) => file['encryption_fingerprint']);

    const wrong = await stated();

    expect(wrong.some((sum) => sums.includes(String(sum)))).toBe(false);
    expect(await stated()).toEqual(sums);
  });

  it('archive-file-left-out hides a file that the statistics count', async () => {
    const { simulator, files, read } = await anArchive();
    simulator.faults.set('archive-file-left-out');

    expect(await files()).toMatchObject([{ file_type: 'M4A' }]);
    expect((await read('/archive_files/statistics', WEEK)).body).toMatchObject({ total_records: 2 });
  });

  it('archive-processing lists complete files as processing', async () => {
    const { simulator, files } = await anArchive();
    simulator.faults.set('archive-processing');

    expect(await files()).toMatchObject([{ status: 'processing', file_size: 0 }, { status: 'processing' }]);
    expect((await files())[0]).not.toHaveProperty('encryption_fingerprint');
  });

  it('note-missing hides a note that exists', async () => {
    const { simulator, content, hostId, read } = await anArchive();
    const uuid = addMeeting(content, hostId);
    content.addSummary(uuid, { content: 'a' });
    simulator.faults.set('note-missing*1');
    const path = `/meetings/${encodeURIComponent(uuid)}/meeting_summary`;

    expect(await read(path)).toMatchObject({ status: 404, body: { code: 3322 } });
    expect((await read(path)).status).toBe(200);
  });
});

describe('a fault of every API', () => {
  it.each([
    ['token-expired/401', 401],
    ['server-error/503', 503],
    ['rate-per-second/429', 429],
    ['html-body-200', 200],
    ['cut-json', 200],
  ])('%s strikes chat, archives and notes: %d', async (spec, status) => {
    const { simulator, sessionId, read } = await aChat();
    simulator.faults.set(spec);

    for (const path of ['/report/chat/sessions', `/report/chat/sessions/${sessionId}`]) {
      const reply = await read(path, DAY);
      expect([reply.status, itemsOf(reply, 'sessions')]).toEqual([status, []]);
    }
    for (const path of ['/archive_files', '/archive_files/statistics', '/meetings/meeting_summaries']) {
      const reply = await read(path, WEEK);
      expect([reply.status, itemsOf(reply, 'meetings')]).toEqual([status, []]);
    }
  });

  it.each(['file-cut/reset', 'file-html-200@file-host', 'file-host-error/503', 'file-host-429'])(
    '%s strikes the bytes of a chat file',
    async (spec) => {
      const { simulator, content, post, messages } = await aChat();
      post('a', { files: [{ name: 'a.bin', bytes: 300_000 }] });
      const url = String(chatFilesOf(await messages())[0]?.['download_url']);
      simulator.faults.set(spec);

      const response = await fetch(url);
      const body = await bytesOf(response).catch(() => Buffer.alloc(0));

      expect(sha256(body)).not.toBe(await content.truth().chatFiles[0]?.sha256());
      expect(content.downloads().some(({ whole }) => whole > 0)).toBe(false);
    },
  );

  it('redirect-to-foreign-host strikes chat files and archives', async () => {
    const { simulator, post, messages, files, token } = await anArchive();
    post('a', { files: [{ name: 'a.bin', bytes: 10 }] });
    const urls = [chatFilesOf(await messages())[0], (await files())[0]].map((file) => file?.['download_url']);
    simulator.faults.set('redirect-to-foreign-host/other');

    for (const url of urls) {
      const location = (await firstHop(String(url), token)).headers.get('location') ?? '';
      expect(new URL(location).hostname).toBe('files.attacker.example');
    }
  });
});

describe('the faults of chat, archives and notes', () => {
  it('are the same in the README', () => {
    const lines = readFileSync(new URL('../../simulator/README.md', import.meta.url), 'utf8').split('\n');
    const cells = lines
      .slice(lines.findIndex((line) => line.startsWith('### Faults of chat')))
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .filter(([, name]) => name !== undefined && name.slice(1, -1) in CHAT_FAULTS);

    expect(
      cells.map(([, name, strikes, nature, does, variants]) => [name, strikes, nature, does, variants]),
    ).toEqual(
      Object.entries<Fault>(CHAT_FAULTS).map(([name, { on, nature, does, variants }]) => [
        `\`${name}\``,
        on.join(', '),
        nature,
        does,
        'plain' in variants
          ? ''
          : Object.keys(variants)
              .sort()
              .map((variant) => `\`${variant}\``)
              .join(' '),
      ]),
    );
  });
});
