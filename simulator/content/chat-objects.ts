import { hash } from 'node:crypto';
import type { ChatFile, ChatMessage, ChatSession } from './chat-model.ts';
import { type Reaction, reactionsAt } from './chat-state.ts';
import { type ContentRequest, zoomTime } from './content-request.ts';

/** Zoom refuses larger pages of chat; its maximum is not documented. */
export const CHAT_PAGE = { maxSize: 50 } as const;

/** A session as the report lists it. `last_message_sent_time` changes with each message. */
export const sessionObject = (session: ChatSession, lastMessageAt: number): object => ({
  id: session.id,
  name: session.name,
  type: session.type,
  ...(session.channelId !== undefined && { channel_id: session.channelId }),
  last_message_sent_time: zoomTime(lastMessageAt),
  member_emails: [...session.members, ...session.externalMembers],
  status: 'active',
  has_external_member: session.externalMembers.length > 0,
});

interface MessageChoice {
  readonly text: string;
  readonly reactions: boolean;
  /** The instant of the edit or the deletion that the entry is of. */
  readonly actionAt?: number | undefined;
}

/** A message, or an entry of `edited_messages` or `deleted_messages`. The addresses of its files differ in every response. */
export const messageObject = (
  request: ContentRequest,
  session: ChatSession,
  message: ChatMessage,
  { text, reactions, actionAt }: MessageChoice,
): object => ({
  id: message.id,
  message: text,
  ...senderOf(session, message),
  ...(session.type === '1:1' && { receiver: receiverOf(session, message) }),
  date_time: zoomTime(message.at),
  timestamp: message.at,
  ...(actionAt !== undefined && { action_timestamp: actionAt }),
  ...threadOf(message),
  ...filesOf(request, message),
  ...(message.isBot && { bot_message: { content: { head: { text } } } }),
  ...(reactions && reactionFields(request, message)),
});

export const threadOf = ({ parent }: ChatMessage): object =>
  parent ? { reply_main_message_id: parent.id, reply_main_message_timestamp: parent.at } : {};

export const filesOf = (request: ContentRequest, { files }: ChatMessage): object =>
  files.length > 0
    ? {
        files: files.map((file) => ({
          file_id: file.id,
          file_name: file.name,
          file_size: file.listedBytes ?? file.version.bytes,
          download_url: chatFileUrl(request, file),
        })),
      }
    : {};

export const chatFileUrl = ({ links, now, settings }: ContentRequest, { key, id }: ChatFile): string =>
  links.chatFileUrl(key, id, now + settings.content.chatUrlSeconds * 1000);

/** Each list only if there is something in it. */
export const reactionFields = (request: ContentRequest, message: ChatMessage): object => {
  const reactions = reactionsAt(message, request.now);
  const own = reactions.filter(({ custom }) => custom);
  const common = reactions.filter(({ custom }) => !custom);
  return {
    ...(common.length > 0 && { reactions: common.map((one) => reactionObject(request, one)) }),
    ...(own.length > 0 && {
      custom_emoji_reactions: own.map((one) => ({
        ...reactionObject(request, one),
        file_id: hash('sha256', `emoji ${one.emoji}`, 'base64url').slice(0, 22),
      })),
    }),
  };
};

const reactionObject = ({ store }: ContentRequest, { emoji, by }: Reaction): object => ({
  emoji,
  total_count: by.length,
  user_ids: by.map((email) => store.person(email)?.id ?? ''),
  member_ids: by.map(memberIdOf),
});

const memberIdOf = (email: string): string => hash('sha256', `member ${email}`, 'base64url').slice(0, 22);

const senderOf = ({ externalMembers }: ChatSession, { sender, senderName }: ChatMessage): object => ({
  ...(sender !== '' && { sender }),
  sender_member_id: memberIdOf(sender),
  sender_display_name: senderName,
  is_sender_external: sender === '' || externalMembers.includes(sender),
});

const receiverOf = ({ members, externalMembers }: ChatSession, { sender }: ChatMessage): string =>
  [...members, ...externalMembers].find((email) => email !== sender) ?? '';
