import { daysOf } from '../content/content-days.ts';
import { CHAT_STREAM } from '../content/content-streams.ts';
import { readRows } from '../content/content-log.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { type ChatMessage, type ChatSession, toConversations } from '../export/chat-messages.ts';
import { compareText } from '../model/raw-row.ts';

/** A message with its replies. */
export interface ChatThread {
  readonly source: string;
  readonly session: ChatSession;
  /** The id of the message that began the thread. */
  readonly id: string;
  /** False if the first message was never collected: then only its replies are there. */
  readonly hasFirst: boolean;
  /** In order of time. */
  readonly messages: readonly ChatMessage[];
}

/** Braces and case of Zoom's ids vary (zoom-content-api: messages). */
const plainId = (id: string): string => id.replaceAll(/[{}]/g, '').toLowerCase();

/**
 * The threads of a message, by its id or the beginning of it: of the message itself and, if it is a reply, of the one that it replies
 * to. Replies may lie on any later day, so that all days of chat are read, one at a time, twice: to find the threads, and their messages.
 */
export const readThreads = async (
  store: ObjectStore,
  sources: readonly string[],
  id: string,
): Promise<ChatThread[]> => {
  const wanted = plainId(id);
  const keys = new Set<string>();
  for await (const { key, first, message } of threadedMessages(store, sources)) {
    if (plainId(message.id).startsWith(wanted) || first.startsWith(wanted)) keys.add(key);
  }
  if (keys.size === 0) return [];
  const found: ThreadedMessage[] = [];
  for await (const message of threadedMessages(store, sources))
    if (keys.has(message.key)) found.push(message);
  return [...Map.groupBy(found, ({ key }) => key).values()].flatMap((group): ChatThread[] => {
    const [any] = group;
    if (!any) return [];
    const { source, first } = any;
    const messages = group
      .map(({ message }) => message)
      .sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || compareText(a.id, b.id));
    const hasFirst = messages.some((message) => plainId(message.id) === first);
    return [{ source, session: any.session, id: first, hasFirst, messages }];
  });
};

interface ThreadedMessage {
  /** Identifies the thread. */
  readonly key: string;
  readonly source: string;
  readonly session: ChatSession;
  /** The id of the first message of its thread: its own if it replies to none. */
  readonly first: string;
  readonly message: ChatMessage;
}

async function* threadedMessages(
  store: ObjectStore,
  sources: readonly string[],
): AsyncGenerator<ThreadedMessage> {
  for (const source of sources) {
    for (const day of await daysOf(store, { source, stream: CHAT_STREAM })) {
      const rows = await readRows(store, { source, stream: CHAT_STREAM, day });
      for (const { session, messages } of toConversations(rows)) {
        for (const message of messages) {
          const first = plainId(message.replyTo?.id ?? message.id);
          yield { key: JSON.stringify([source, session.id, first]), source, session, first, message };
        }
      }
    }
  }
}
