import type { ChatMessageInput, ChatSessionInput, SimulatorOptions } from '../../simulator/index.ts';
import { aContent, type Item, itemsOf } from './content-client.ts';
import type { Reply } from './zoom-client.ts';

export const DAY = { from: '2026-11-20', to: '2026-11-20' };
export const ALL_CHANGES = {
  include_fields: 'edited_messages,deleted_messages',
  query_all_modifications: 'true',
};

export const INES = 'ines@quillmere.example';
export const OWEN = 'owen@quillmere.example';

/** A simulator with Ines and Owen, a chat between them, and how to use it. */
export const aChat = async (session: Partial<ChatSessionInput> = {}, options: SimulatorOptions = {}) => {
  const world = await aContent(options);
  const { content, read } = world;
  const owenId = content.addPerson({ email: OWEN, firstName: 'Owen', lastName: 'Marsh' });
  const sessionId = content.addSession({ type: '1:1', members: [INES, OWEN], ...session });
  const post = (text: string, message: Partial<ChatMessageInput> = {}): string =>
    content.postMessage(sessionId, { sender: INES, text, at: '2026-11-20T09:00:00Z', ...message });
  const messages = (query: Record<string, string> = {}): Promise<Reply> =>
    read(`/report/chat/sessions/${sessionId}`, { ...DAY, ...query });
  const sessions = async (query: Record<string, string> = {}): Promise<Item[]> =>
    itemsOf(await read('/report/chat/sessions', { ...DAY, ...query }), 'sessions');
  return { ...world, owenId, sessionId, post, messages, sessions };
};

export const textsOf = (reply: Reply, name = 'messages'): unknown[] =>
  itemsOf(reply, name).map(({ message }) => message);

/** The files of the first message of a page. */
export const chatFilesOf = (reply: Reply): Item[] =>
  (itemsOf(reply, 'messages')[0]?.['files'] ?? []) as Item[];
