import { describe, expect, it } from '@jest/globals';
import { ALL_CHANGES, aChat, chatFilesOf, DAY, INES, OWEN, textsOf } from './chat-client.ts';
import { bytesOf, itemsOf, readList, sha256 } from './content-client.ts';

const HOUR_MS = 3_600_000;
const OTHER_DAY = { from: '2026-11-19', to: '2026-11-19' };

describe('the list of chat sessions', () => {
  it('has the sessions with a message on one of the days', async () => {
    const { content, sessionId, post, read, sessions } = await aChat();
    const channel = content.addSession({
      type: 'Group',
      name: 'Launch',
      channelId: 'channel-1',
      members: [INES],
      externalMembers: ['lee@partner.example'],
    });
    content.postMessage(channel, { sender: INES, text: 'Hello', at: '2026-11-19T23:59:59Z' });
    post('Good morning');

    const reply = await read('/report/chat/sessions', { from: '2026-11-19', to: '2026-11-20' });

    expect(reply.body).toMatchObject({ from: '2026-11-19', to: '2026-11-20', next_page_token: '' });
    expect(itemsOf(reply, 'sessions')).toEqual([
      {
        id: sessionId,
        name: `${INES}, ${OWEN}`,
        type: '1:1',
        last_message_sent_time: '2026-11-20T09:00:00Z',
        member_emails: [INES, OWEN],
        status: 'active',
        has_external_member: false,
      },
      {
        id: channel,
        name: 'Launch',
        type: 'Group',
        channel_id: 'channel-1',
        last_message_sent_time: '2026-11-19T23:59:59Z',
        member_emails: [INES, 'lee@partner.example'],
        status: 'active',
        has_external_member: true,
      },
    ]);
    expect(sessionId).toMatch(/^[0-9a-f]{64}$/);
    expect((await sessions()).map(({ id }) => id)).toEqual([sessionId]);
    expect((await sessions(OTHER_DAY)).map(({ id }) => id)).toEqual([channel]);
  });

  it('needs both days, within a month and six months back', async () => {
    const { read } = await aChat({}, { overAMonth: 'refuse' });
    const path = '/report/chat/sessions';

    for (const query of [
      { from: '2026-11-20' },
      { to: '2026-11-20' },
      { from: '2026-10-01', to: '2026-11-20' },
      { from: '2026-05-19', to: '2026-05-19' },
    ]) {
      expect(await read(path, query as Record<string, string>)).toMatchObject({
        status: 400,
        body: { code: 300 },
      });
    }
    expect((await read(path, { from: '2026-05-20', to: '2026-05-20' })).status).toBe(200);
  });

  it('is read in pages of at most 50', async () => {
    const { content, read } = await aChat();
    const ids = Array.from({ length: 7 }, () => content.addSession({ type: 'Group', members: [INES] }));
    for (const id of ids) content.postMessage(id, { sender: INES, text: 'x', at: '2026-11-20T08:00:00Z' });

    const listed = await readList(read, '/report/chat/sessions', 'sessions', { ...DAY, page_size: '3' });

    expect(listed.map(({ id }) => String(id)).sort()).toEqual(ids.sort());
    expect((await read('/report/chat/sessions', { ...DAY, page_size: '51' })).status).toBe(400);
  });

  it('lacks an unlisted session, whose messages the list of a person has', async () => {
    const { post, sessions, read } = await aChat({ unlisted: true });
    post('No reply yet');

    const own = await read(`/chat/users/${INES}/messages`, { to_contact: OWEN });

    expect(await sessions()).toEqual([]);
    expect(textsOf(own)).toEqual(['No reply yet']);
  });
});

describe('the messages of a chat session', () => {
  it('have sender, receiver, thread and time', async () => {
    const { post, messages } = await aChat();
    const parent = post('Who has the figures?', { at: '2026-11-18T09:00:00Z' });
    const id = post('I have', { sender: OWEN, replyTo: parent });

    const reply = await messages();

    expect(itemsOf(reply, 'messages')).toEqual([
      {
        id,
        message: 'I have',
        sender: OWEN,
        sender_member_id: expect.any(String) as unknown,
        sender_display_name: 'Owen Marsh',
        is_sender_external: false,
        receiver: INES,
        date_time: '2026-11-20T09:00:00Z',
        timestamp: Date.parse('2026-11-20T09:00:00Z'),
        reply_main_message_id: parent,
        reply_main_message_timestamp: Date.parse('2026-11-18T09:00:00Z'),
      },
    ]);
    expect(reply.body).not.toHaveProperty('edited_messages');
  });

  it('of a guest have no address', async () => {
    const { post, messages } = await aChat({ type: 'Group' });
    post('Hello', { sender: '', senderName: 'Guest' });

    const [message] = itemsOf(await messages(), 'messages');

    expect(message).toMatchObject({ sender_display_name: 'Guest', is_sender_external: true });
    expect(message).not.toHaveProperty('sender');
    expect(message).not.toHaveProperty('receiver');
  });

  it('appear when they are sent, or later', async () => {
    const { simulator, post, messages } = await aChat();
    post('late', { visibleFrom: '2026-11-20T13:00:00Z' });
    post('future', { at: '2026-11-20T14:00:00Z' });

    const seen: unknown[][] = [];
    for (let hour = 0; hour < 3; hour++) {
      seen.push(textsOf(await messages()));
      simulator.clock.advance(HOUR_MS);
    }

    expect(seen).toEqual([[], ['late'], ['future', 'late']]);
  });

  it('have the present text, and edits and deletions outside the pages', async () => {
    const { simulator, content, post, messages } = await aChat();
    const first = post('one');
    const second = post('two');
    post('three', { at: '2026-11-20T08:00:00Z' });
    content.editMessage(first, 'one, edited', '2026-11-20T13:00:00Z');
    content.deleteMessage(second, '2026-11-21T09:00:00Z');
    simulator.clock.advance(24 * HOUR_MS);

    const page = await messages({ ...ALL_CHANGES, page_size: '1' });
    const token = String(page.body['next_page_token']);
    const next = await messages({ ...ALL_CHANGES, page_size: '1', next_page_token: token });

    expect([textsOf(page), textsOf(next)]).toEqual([['one, edited'], ['three']]);
    for (const one of [page, next]) {
      expect(itemsOf(one, 'edited_messages')).toMatchObject([
        {
          id: first,
          message: 'one, edited',
          date_time: '2026-11-20T09:00:00Z',
          action_timestamp: Date.parse('2026-11-20T13:00:00Z'),
        },
      ]);
      expect(itemsOf(one, 'deleted_messages')).toMatchObject([
        { id: second, message: 'two', action_timestamp: Date.parse('2026-11-21T09:00:00Z') },
      ]);
    }
  });

  it('have all edits only if asked, and the last change otherwise', async () => {
    const { content, post, messages } = await aChat();
    const kept = post('a');
    const gone = post('x');
    for (const text of ['b', 'c']) content.editMessage(kept, text);
    content.editMessage(gone, 'y', '2026-11-20T10:00:00Z');
    content.deleteMessage(gone);
    const fields = { include_fields: ALL_CHANGES.include_fields };

    const [last, all] = [await messages(fields), await messages(ALL_CHANGES)];

    expect([textsOf(last, 'edited_messages'), textsOf(last, 'deleted_messages')]).toEqual([['c'], ['y']]);
    expect(textsOf(all, 'deleted_messages')).toEqual(['y']);
    expect(textsOf(all, 'edited_messages')).toEqual(['b', 'c', 'y']);
  });

  it.each([
    ['editText', 'old', ['a']],
    ['editText', 'new', ['b']],
    ['chatRevisions', false, []],
  ])('have edits by the option %s: %s', async (option, value, expected) => {
    const { content, post, messages } = await aChat({}, { content: { [option]: value } });
    content.editMessage(post('a'), 'b');

    expect(textsOf(await messages(ALL_CHANGES), 'edited_messages')).toEqual(expected);
  });

  it('list a change under its own day, if the option says so', async () => {
    const { content, sessionId, post, messages, sessions } = await aChat(
      {},
      { content: { editDay: 'edit' } },
    );
    content.editMessage(post('a', { at: '2026-11-19T09:00:00Z' }), 'b');

    const [ofMessage, ofEdit] = [
      await messages({ ...ALL_CHANGES, ...OTHER_DAY }),
      await messages(ALL_CHANGES),
    ];

    expect([textsOf(ofMessage), textsOf(ofMessage, 'edited_messages')]).toEqual([['b'], []]);
    expect([textsOf(ofEdit), textsOf(ofEdit, 'edited_messages')]).toEqual([[], ['b']]);
    expect((await sessions()).map(({ id }) => id)).toEqual([sessionId]);
  });

  it('have changes on the first page only, if the option says so', async () => {
    const { content, post, messages } = await aChat({}, { content: { editPages: 'first' } });
    content.editMessage(post('a'), 'b');
    post('c');

    const page = await messages({ ...ALL_CHANGES, page_size: '1' });
    const token = String(page.body['next_page_token']);
    const next = await messages({ ...ALL_CHANGES, page_size: '1', next_page_token: token });

    expect(textsOf(page, 'edited_messages')).toEqual(['b']);
    expect(next.body['edited_messages']).toEqual([]);
  });

  it('have those of bots only with the flag', async () => {
    const { post, messages } = await aChat({ type: 'Group' });
    post('Build passed', { bot: true });

    expect(textsOf(await messages())).toEqual([]);
    expect(itemsOf(await messages({ include_bot_message: 'true' }), 'messages')).toMatchObject([
      { message: 'Build passed', bot_message: expect.anything() as unknown },
    ]);
  });

  it('have reactions only with the flag, as they are at the moment', async () => {
    const { simulator, content, hostId, owenId, post, messages } = await aChat();
    const id = post('Done');
    content.react(id, { emoji: '👍', by: INES });
    content.react(id, { emoji: '👍', by: OWEN }, '2026-11-20T13:00:00Z');
    content.react(id, { emoji: 'party-otter', by: OWEN, custom: true }, '2026-11-20T13:00:00Z');
    content.takeBackReaction(id, { emoji: '👍', by: INES }, '2026-11-20T14:00:00Z');
    const seen = async () => itemsOf(await messages({ include_reactions: 'true' }), 'messages')[0];

    const before = await seen();
    simulator.clock.advance(HOUR_MS);
    const during = await seen();
    simulator.clock.advance(HOUR_MS);

    expect(before).toMatchObject({ reactions: [{ emoji: '👍', total_count: 1, user_ids: [hostId] }] });
    expect(before).not.toHaveProperty('custom_emoji_reactions');
    expect(during).toMatchObject({
      reactions: [{ emoji: '👍', total_count: 2, user_ids: [hostId, owenId] }],
      custom_emoji_reactions: [{ emoji: 'party-otter', total_count: 1 }],
    });
    expect(await seen()).toMatchObject({ reactions: [{ total_count: 1, user_ids: [owenId] }] });
    expect(itemsOf(await messages(), 'messages')[0]).not.toHaveProperty('reactions');
    expect(itemsOf(await messages(ALL_CHANGES), 'edited_messages')).toEqual([]);
    expect(content.truth().reactionChanges).toHaveLength(4);
  });

  it('of an unknown session are 404', async () => {
    const { read } = await aChat();

    expect((await read(`/report/chat/sessions/${'0'.repeat(64)}`, DAY)).status).toBe(404);
  });

  it.each(['half \ud83d emoji', '\u202eright to left', 'null \u0000', 'þ®\n=1+1', 'long '.repeat(2048)])(
    'have the text %j as it was sent',
    async (text) => {
      const { post, messages } = await aChat();
      post(text);

      expect(textsOf(await messages())).toEqual([text]);
    },
  );
});

describe('the messages of a person', () => {
  it('are those with one peer or in one channel, of one day or between instants', async () => {
    const { content, post, owenId, read } = await aChat();
    const channel = content.addSession({ type: 'Group', channelId: 'c1', members: [INES, OWEN] });
    content.postMessage(channel, { sender: OWEN, text: 'to all', at: '2026-11-20T07:00:00Z' });
    post('yesterday', { at: '2026-11-19T10:00:00Z' });
    post('today');
    const path = `/chat/users/${OWEN}/messages`;
    const window = { from: '2026-11-19T09:00:00Z', to: '2026-11-19T11:00:00Z' };

    expect(textsOf(await read(path, { to_contact: INES }))).toEqual(['today']);
    expect(textsOf(await read(path, { to_contact: INES, date: '2026-11-19' }))).toEqual(['yesterday']);
    expect(textsOf(await read(path, { to_contact: INES, ...window }))).toEqual(['yesterday']);
    expect(textsOf(await read(path, { to_channel: 'c1' }))).toEqual(['to all']);
    expect(textsOf(await read(`/chat/users/${INES}/messages`, { to_contact: owenId }))).toEqual(['today']);
    expect((await read(path)).status).toBe(400);
    expect((await read('/chat/users/unknown/messages', { to_contact: INES })).body['code']).toBe(1001);
  });

  it('state whether they were edited or deleted', async () => {
    const { content, post, read } = await aChat();
    content.editMessage(post('a'), 'b');
    content.deleteMessage(post('c', { at: '2026-11-20T08:00:00Z' }));
    const path = `/chat/users/${INES}/messages`;
    const changes = { to_contact: OWEN, include_deleted_and_edited_message: 'true' };

    expect(itemsOf(await read(path, changes), 'messages')).toMatchObject([
      { message: 'b', status: 'Edited' },
      { message: 'c', status: 'Deleted' },
    ]);
    expect(textsOf(await read(path, { to_contact: OWEN }))).toEqual(['b']);
  });
});

describe('a file of a chat', () => {
  const FILE = { name: 'Übersicht "1"\n.txt', bytes: 5000 };

  it('has another address in every list, which needs no token and leads to its bytes', async () => {
    const { content, post, messages, read } = await aChat();
    post('Here it is', { files: [FILE] });

    const [[first], [second]] = [chatFilesOf(await messages()), chatFilesOf(await messages())];
    const response = await fetch(String(first?.['download_url']));
    const info = await read(`/chat/files/${String(first?.['file_id'])}`);

    expect(first).toMatchObject({ file_name: FILE.name, file_size: 5000 });
    expect(first?.['download_url']).toMatch(/\/file\/download\/[\w-]{22}\?jwt=[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(first?.['download_url']).not.toBe(second?.['download_url']);
    expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''%C3%9Cbersicht");
    expect(response.headers.get('content-type')).toBe('text/plain');
    const sum = sha256(await bytesOf(response));
    expect(info.body).toMatchObject({ file_name: FILE.name, length: 5000, digest: sum });
    const [truth] = content.truth().chatFiles;
    expect(await truth?.sha256()).toBe(sum);
    expect(content.downloads()).toMatchObject([{ key: truth?.key, uuid: '', requests: 1, whole: 1 }]);
  });

  it('has an address that expires; the file itself has a fresh one', async () => {
    const { simulator, post, messages, read } = await aChat({}, { content: { chatUrlSeconds: 60 } });
    post('Here it is', { files: [FILE] });
    const [file] = chatFilesOf(await messages());
    simulator.clock.advance(60_000);

    const late = await fetch(String(file?.['download_url']));
    const { body } = await read(`/chat/files/${String(file?.['file_id'])}`);

    expect([late.status, late.headers.get('content-type')]).toEqual([403, 'text/html;charset=UTF-8']);
    expect((await fetch(String(body['download_url']))).status).toBe(200);
    expect((await fetch(`${simulator.url}/file/download/x?jwt=a.b.c`)).status).toBe(403);
    expect((await read('/chat/files/unknown')).status).toBe(404);
  });

  it('serves a range with an ETag', async () => {
    const { post, messages } = await aChat();
    post('Here it is', { files: [FILE] });
    const url = String(chatFilesOf(await messages())[0]?.['download_url']);

    const whole = await fetch(url);
    const part = await fetch(url, { headers: { range: 'bytes=4990-' } });

    expect(part.status).toBe(206);
    expect(part.headers.get('etag')).toBe(whole.headers.get('etag'));
    expect(await bytesOf(part)).toEqual((await bytesOf(whole)).subarray(4990));
  });
});

describe('the truth of a chat', () => {
  it('has messages, edits and deletions until now', async () => {
    const { content, sessionId, post } = await aChat();
    const id = post('a');
    content.editMessage(id, 'b', '2026-11-20T10:00:00Z');
    content.deleteMessage(id);
    content.editMessage(post('c'), 'd', '2026-11-21T00:00:00Z');
    post('tomorrow', { at: '2026-11-21T09:00:00Z' });
    const at = Date.parse('2026-11-20T12:00:00Z');

    const truth = content.truth();

    expect(truth.sessions).toMatchObject([{ id: sessionId, days: ['2026-11-20'] }]);
    expect(truth.messages).toMatchObject([
      { sessionId, id, sender: INES, text: 'b', day: '2026-11-20', deleted: true },
      { text: 'c', deleted: false },
    ]);
    expect(truth.edits).toMatchObject([{ messageId: id, before: 'a', after: 'b' }]);
    expect(truth.deletions).toMatchObject([{ messageId: id, actionTimestamp: at, text: 'b' }]);
  });

  it('refuses unknown names and changes before the message', async () => {
    const { content, post } = await aChat();
    const id = post('a');

    expect(() => content.postMessage('x', { sender: INES, text: 'a', at: '2026-11-20' })).toThrow(RangeError);
    expect(() => content.editMessage('x', 'a')).toThrow(RangeError);
    expect(() => content.editMessage(id, 'a', '2026-11-19T00:00:00Z')).toThrow(RangeError);
    expect(() => post('b', { id })).toThrow(RangeError);
    expect(() => post('b', { replyTo: 'x' })).toThrow(RangeError);
  });
});
