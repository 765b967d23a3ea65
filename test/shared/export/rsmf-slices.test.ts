import { describe, expect, it } from '@jest/globals';
import {
  type ChatConversation,
  type ChatMessage,
  toConversations,
} from '../../../shared/export/chat-messages.ts';
import { toSlices } from '../../../shared/export/rsmf-slices.ts';
import { aChatRow, aMessage } from '../../support/builders/chat.ts';

const messagesOf = (count: number, change: (index: number) => object = () => ({})): ChatConversation => {
  const rows = Array.from({ length: count }, (_, index) =>
    aChatRow(
      'message',
      's1',
      aMessage(
        `m${String(index).padStart(2, '0')}`,
        `2026-11-18T09:00:${String(index).padStart(2, '0')}Z`,
        'text',
        change(index),
      ),
    ),
  );
  const [conversation] = toConversations(rows);
  if (conversation) return conversation;
  throw new Error('there is no conversation');
};

const idsOf = (messages: readonly ChatMessage[]): string => messages.map(({ id }) => id).join(' ');
const none = (): undefined => undefined;

describe('the slices of a day', () => {
  it('are cut where the next event would be one too many', () => {
    const slices = toSlices(messagesOf(5), { events: 2, zipBytes: 1e9 }, () => 0, none);

    expect(slices.map(({ part, messages }) => `${part}: ${idsOf(messages)}`)).toEqual([
      '1: m00 m01',
      '2: m02 m03',
      '3: m04',
    ]);
  });

  it('are cut where the next attachment would not fit', () => {
    const slices = toSlices(messagesOf(4), { events: 100, zipBytes: 25_000 }, () => 10_000, none);

    expect(slices.map(({ messages }) => idsOf(messages))).toEqual(['m00 m01', 'm02 m03']);
  });

  it('have a copy of a parent of an earlier slice, which counts as an event', () => {
    const conversation = messagesOf(5, (index) => (index === 4 ? { reply_main_message_id: 'm00' } : {}));
    const parentOf = ({ replyTo }: ChatMessage) => conversation.messages.find(({ id }) => id === replyTo?.id);

    const slices = toSlices(conversation, { events: 2, zipBytes: 1e9 }, () => 0, parentOf);

    expect(slices.map(({ messages, context }) => `${idsOf(context)}: ${idsOf(messages)}`)).toEqual([
      ': m00 m01',
      ': m02 m03',
      'm00: m04',
    ]);
  });

  it('have the same parts whatever the order of the rows', () => {
    const { session, messages } = messagesOf(6);
    const rows = messages.map(({ id, at }) =>
      aChatRow('message', session.id, aMessage(id, new Date(at ?? 0).toISOString(), 'text')),
    );
    const [turned] = toConversations(rows.toReversed());

    const cut = (conversation: ChatConversation | undefined) =>
      conversation && toSlices(conversation, { events: 4, zipBytes: 1e9 }, () => 0, none);
    expect(cut(turned)).toEqual(cut({ session, messages }));
  });
});
