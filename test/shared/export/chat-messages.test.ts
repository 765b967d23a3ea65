import { describe, expect, it } from '@jest/globals';
import { toConversations } from '../../../shared/export/chat-messages.ts';
import { aChatRow, aMessage, aSession } from '../../support/builders/chat.ts';

const AT = '2026-11-18T09:00:00Z';

describe('the conversations of raw rows', () => {
  it('have the text that was listed last, and earlier ones as texts seen', () => {
    const [conversation] = toConversations([
      aChatRow('message', 's1', aMessage('m1', AT, 'first')),
      aChatRow('message', 's1', aMessage('m1', AT, 'second')),
      aChatRow('edit', 's1', aMessage('m1', AT, 'second', { action_timestamp: 5 })),
    ]);

    expect(conversation?.messages).toMatchObject([
      {
        text: 'second',
        edits: [
          { text: 'first', at: undefined },
          { text: 'second', at: 5 },
        ],
      },
    ]);
  });

  it('have a message of which only an edit or a deletion is known', () => {
    const [conversation] = toConversations([
      aChatRow('edit', 's1', aMessage('m1', AT, 'seen')),
      aChatRow('delete', 's1', aMessage('m2', AT, 'deleted', { action_timestamp: 7 })),
    ]);

    expect(conversation?.messages).toMatchObject([
      { id: 'm1', text: undefined, edits: [{ text: 'seen' }], deletion: undefined },
      { id: 'm2', text: undefined, deletion: { text: 'deleted', at: 7 } },
    ]);
  });

  it('have the reactions of the newest row, also if it has none', () => {
    const reaction = (reactions: object[]) => ({
      kind: 'reaction',
      session_id: 's1',
      message_id: 'm1',
      timestamp: 1,
      reactions,
    });
    const message = aChatRow(
      'message',
      's1',
      aMessage('m1', AT, '', { reactions: [{ emoji: '👍', total_count: 2 }] }),
    );
    const of = (...rows: object[]) => toConversations([message, ...rows])[0]?.messages[0]?.reactions;

    expect(of()).toEqual([{ value: '👍', count: 2, userIds: [] }]);
    expect(of(reaction([{ emoji: '🎉', total_count: 1, user_ids: ['u1'] }]))).toEqual([
      { value: '🎉', count: 1, userIds: ['u1'] },
    ]);
    expect(of(reaction([{ emoji: '🎉', total_count: 1 }]), reaction([]))).toEqual([]);
  });

  it('survive rows of any other form', () => {
    const rows = [
      null,
      'text',
      7,
      [],
      {},
      { kind: 'message' },
      { kind: 'message', session_id: 's1', message: { id: 4 } },
    ];

    expect(toConversations([...rows, aSession('s2', ['A@example.com', ''])])).toMatchObject([
      { session: { id: 's1', isGroup: true }, messages: [{ id: '4', at: undefined, text: '', files: [] }] },
      { session: { id: 's2', members: ['a@example.com'] }, messages: [] },
    ]);
  });

  it('keep messages without an id apart', () => {
    const rows = ['one', 'two', 'two'].map((text) => aChatRow('message', 's1', aMessage('', AT, text)));

    const [conversation] = toConversations(rows);

    expect(conversation?.messages.map(({ text }) => text).sort()).toEqual(['one', 'two']);
    expect(new Set(conversation?.messages.map(({ id }) => id)).size).toBe(2);
  });
});
