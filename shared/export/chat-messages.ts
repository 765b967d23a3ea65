import { chatFilesOf, timeOfMessage } from '../content/chat-rows.ts';
import { shortDigest } from '../content/listed-file.ts';
import { withPlainNumbers } from '../model/json-numbers.ts';
import { compareText, fieldsOf, type RawRow } from '../model/raw-row.ts';

/** A chat session, as far as its rows of a day show. */
export interface ChatSession {
  readonly id: string;
  readonly name: string;
  readonly isGroup: boolean;
  /** Addresses in lower case, in order. */
  readonly members: readonly string[];
}

/** A file of a message, as Zoom listed it last. */
export interface ListedChatFile {
  readonly item: string;
  readonly version: string;
  readonly fileId: string;
  readonly name: string;
  readonly size: number | undefined;
}

/** A text that a message had at some time. */
export interface SeenText {
  readonly text: string;
  /** When it was changed, in milliseconds since 1970, if Zoom says so. */
  readonly at: number | undefined;
}

/** A reaction to a message. */
export interface ChatReaction {
  readonly value: string;
  readonly count: number;
  /** Zoom's ids of those who reacted. */
  readonly userIds: readonly string[];
}

/** A message with all that became of it. */
export interface ChatMessage {
  readonly id: string;
  readonly sessionId: string;
  /** Milliseconds since 1970; undefined if Zoom gave no readable time. */
  readonly at: number | undefined;
  readonly sender: ChatSender;
  /** The text as listed last; undefined if only an edit or a deletion was listed. */
  readonly text: string | undefined;
  readonly files: readonly ListedChatFile[];
  readonly replyTo: { readonly id: string; readonly at: number | undefined } | undefined;
  /** Texts of edits, oldest first: each was seen, and whether it is the text before or after the edit is not known. */
  readonly edits: readonly SeenText[];
  readonly deletion: SeenText | undefined;
  readonly reactions: readonly ChatReaction[];
}

/** Who sent a message. Guests may have no address. */
export interface ChatSender {
  readonly email: string;
  readonly memberId: string;
  readonly name: string;
}

/** The messages of a session on a day, in order of time. */
export interface ChatConversation {
  readonly session: ChatSession;
  readonly messages: readonly ChatMessage[];
}

type Fields = Readonly<Record<string, unknown>>;

interface Draft {
  newest: Fields | undefined;
  /** A row that has the sender, the time and the thread of the message. */
  any: Fields;
  readonly sessionId: string;
  readonly texts: string[];
  /** By item. */
  readonly files: Map<string, ListedChatFile>;
  readonly edits: Map<string, SeenText>;
  deletion: SeenText | undefined;
  reactions: readonly ChatReaction[] | undefined;
}

/** The conversations of the raw rows of a day, in the order in which they were stored. */
export const toConversations = (rows: Iterable<RawRow>): ChatConversation[] => {
  const sessions = new Map<string, Fields>();
  const drafts = new Map<string, Draft>();
  const reactions = new Map<string, readonly ChatReaction[]>();
  for (const row of rows) {
    const fields = fieldsOf(withPlainNumbers(row));
    const kind = fields?.['kind'];
    if (!fields) continue;
    if (kind === 'session') {
      const session = fieldsOf(fields['session']);
      if (session && textOf(session['id']) !== '') sessions.set(textOf(session['id']), session);
      continue;
    }
    const sessionId = textOf(fields['session_id']);
    if (kind === 'reaction') {
      reactions.set(messageKey(sessionId, textOf(fields['message_id'])), reactionsOf(fields));
      continue;
    }
    const message = fieldsOf(fields['message']);
    if (!message) continue;
    const key = messageKey(sessionId, idOf(message));
    const draft = drafts.get(key) ?? emptyDraft(sessionId, message);
    drafts.set(key, draft);
    for (const file of filesOf(row)) draft.files.set(file.item, file);
    apply(draft, kind, message);
  }
  const bySession = Map.groupBy(drafts, ([, { sessionId }]) => sessionId);
  return [...new Set([...sessions.keys(), ...bySession.keys()])].sort(compareText).map((id) => ({
    session: toSession(id, sessions.get(id)),
    messages: (bySession.get(id) ?? [])
      .map(([key, draft]) => toMessage(draft, reactions.get(key)))
      .sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || compareText(a.id, b.id)),
  }));
};

/** Identifies a message: ids are unique within a session. */
export const messageKey = (sessionId: string, messageId: string): string =>
  JSON.stringify([sessionId, messageId]);

const emptyDraft = (sessionId: string, message: Fields): Draft => ({
  newest: undefined,
  any: message,
  sessionId,
  texts: [],
  files: new Map(),
  edits: new Map(),
  deletion: undefined,
  reactions: undefined,
});

const apply = (draft: Draft, kind: unknown, message: Fields): void => {
  const text = textOf(message['message']);
  const at = numberOf(message['action_timestamp']);
  if (kind === 'message') {
    draft.newest = message;
    draft.any = message;
    draft.texts.push(text);
    draft.reactions = reactionsOf(message);
  } else if (kind === 'edit') {
    draft.edits.set(JSON.stringify([at, text]), { text, at });
  } else if (kind === 'delete') {
    draft.deletion = { text, at };
  }
};

const toMessage = (draft: Draft, reactions: readonly ChatReaction[] | undefined): ChatMessage => {
  const { any, newest } = draft;
  const text = newest && textOf(newest['message']);
  const edits = [...draft.edits.values()];
  // A text that an earlier list had, and no edit shows.
  const seen = new Set([text, ...edits.map((edit) => edit.text)]);
  const earlier = [...new Set(draft.texts)]
    .filter((one) => !seen.has(one))
    .map((one) => ({ text: one, at: undefined }));
  const parent = textOf(any['reply_main_message_id']);
  return {
    id: idOf(any),
    sessionId: draft.sessionId,
    at: timeOfMessage(any)?.getTime(),
    sender: {
      email: textOf(any['sender']).toLowerCase(),
      memberId: textOf(any['sender_member_id']),
      name: textOf(any['sender_display_name']),
    },
    text,
    files: [...draft.files.values()],
    replyTo: parent === '' ? undefined : { id: parent, at: numberOf(any['reply_main_message_timestamp']) },
    edits: [...earlier, ...edits].sort((a, b) => (a.at ?? 0) - (b.at ?? 0)),
    deletion: draft.deletion,
    reactions: reactions ?? draft.reactions ?? [],
  };
};

const toSession = (id: string, session: Fields | undefined): ChatSession => ({
  id,
  name: textOf(session?.['name']),
  isGroup: textOf(session?.['type']) !== '1:1',
  members: [...new Set(listOf(session?.['member_emails']).map((email) => textOf(email).toLowerCase()))]
    .filter((email) => email !== '')
    .sort(compareText),
});

/** Zoom's id of a message; one without an id is known by what it says. */
const idOf = (message: Fields): string =>
  textOf(message['id']) || `without-id-${shortDigest([JSON.stringify(message)])}`;

const filesOf = (row: RawRow): ListedChatFile[] =>
  chatFilesOf(row).map(({ item, version, fileId = '', fileName = '', size }) => ({
    item,
    version,
    fileId,
    name: fileName,
    size,
  }));

const reactionsOf = (fields: Fields): ChatReaction[] =>
  [...listOf(fields['reactions']), ...listOf(fields['custom_emoji_reactions'])].flatMap((value) => {
    const reaction = fieldsOf(value);
    const name =
      textOf(reaction?.['emoji']) || textOf(reaction?.['emoji_name']) || textOf(reaction?.['file_id']);
    if (!reaction || name === '') return [];
    const ids = [...listOf(reaction['user_ids']), ...listOf(reaction['member_ids'])].map(textOf);
    const userIds = [...new Set(ids)].filter((id) => id !== '');
    return [{ value: name, count: numberOf(reaction['total_count']) ?? userIds.length, userIds }];
  });

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** A whole number that is not negative and, as a time, has a calendar day. */
const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 && number < 8.64e15
    ? number
    : undefined;
};
