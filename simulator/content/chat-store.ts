import { hash } from 'node:crypto';
import { createSeededRandom } from '../seeded-random.ts';
import type {
  ChatFile,
  ChatFileInput,
  ChatMessage,
  ChatMessageInput,
  ChatSession,
  ChatSessionInput,
  ReactionInput,
} from './chat-model.ts';
import { isVisible } from './chat-state.ts';
import type { HostedFile, Instant } from './model.ts';
import { extensionOf, formOf, instantOf, newVersion, uuidLike } from './new-records.ts';

/** The Team Chat of one account. What happens in the future is kept, and shown when its time comes. */
export interface ChatStore {
  readonly sessions: ReadonlyMap<string, ChatSession>;
  addSession(session: ChatSessionInput): ChatSession;
  post(sessionId: string, message: ChatMessageInput): ChatMessage;
  edit(messageId: string, text: string, at?: Instant): void;
  delete(messageId: string, at?: Instant): void;
  react(
    messageId: string,
    reaction: ReactionInput,
    change: { readonly removed: boolean; readonly at?: Instant | undefined },
  ): void;
  /** A file of a visible message, by Zoom's id. */
  file(fileId: string): ChatFile | undefined;
  hosted(key: string): HostedFile | undefined;
}

interface ChatStoreOptions {
  readonly accountId: string;
  readonly seed: number;
  readonly now: () => number;
  /** The name of a person by address. */
  readonly nameOf: (email: string) => string | undefined;
}

export const createChatStore = ({ accountId, seed, now, nameOf }: ChatStoreOptions): ChatStore => {
  const sessions = new Map<string, ChatSession>();
  const messages = new Map<string, ChatMessage>();
  const files = new Map<string, { readonly message: ChatMessage; readonly file: ChatFile }>();
  const chance = createSeededRandom(seed, 'chat', accountId);
  const keyPrefix = hash('sha256', `chat ${accountId}`).slice(0, 8);

  const knownSession = (id: string): ChatSession =>
    sessions.get(id) ?? fail(`The account ${accountId} has no chat session "${id}".`);
  const knownMessage = (id: string): ChatMessage =>
    messages.get(id) ?? fail(`The account ${accountId} has no chat message "${id}".`);
  const newKey = (index: number): string =>
    `${keyPrefix}c${(files.size + index).toString(16).padStart(6, '0')}`;
  const atOf = (message: ChatMessage, at: Instant | undefined): number => {
    const instant = instantOf(at, now());
    return instant >= message.at ? instant : fail(`A change of "${message.id}" comes before the message.`);
  };

  const store: ChatStore = {
    sessions,
    addSession: (given) => {
      const { type, members, externalMembers = [] } = given;
      const id = given.id ?? hash('sha256', `session ${accountId} ${sessions.size}`);
      if (sessions.has(id)) fail(`The account ${accountId} already has a chat session "${id}".`);
      const channelId = type === 'Group' ? hash('sha256', `channel ${id}`).slice(0, 32) : undefined;
      const session: ChatSession = {
        id,
        type,
        name: given.name ?? [...members, ...externalMembers].join(', '),
        channelId: given.channelId ?? channelId,
        members,
        externalMembers,
        isUnlisted: given.unlisted ?? false,
        messages: [],
      };
      sessions.set(id, session);
      for (const message of given.messages ?? []) store.post(id, message);
      return session;
    },
    post: (sessionId, given) => {
      const session = knownSession(sessionId);
      const id = given.id ?? newMessageId(chance.text(16), messages.size);
      if (messages.has(id)) fail(`The account ${accountId} already has a chat message "${id}".`);
      const at = instantOf(given.at, 0);
      const message: ChatMessage = {
        id,
        sessionId,
        sender: given.sender,
        senderName: given.senderName ?? nameOf(given.sender) ?? given.sender,
        text: given.text,
        at,
        parent: given.replyTo === undefined ? undefined : knownMessage(given.replyTo),
        files: (given.files ?? []).map((file, index) => newChatFile(file, newKey(index), at)),
        isBot: given.bot ?? false,
        visibleFrom: instantOf(given.visibleFrom, at),
        edits: [],
        reactions: [],
        deletedAt: Infinity,
      };
      messages.set(id, message);
      session.messages.push(message);
      for (const file of message.files) files.set(file.key, { message, file });
      for (const { text, at: editedAt } of given.edits ?? []) store.edit(id, text, editedAt);
      for (const { removed = false, at: changedAt, ...reaction } of given.reactions ?? []) {
        store.react(id, reaction, { removed, at: changedAt });
      }
      if (given.deletedAt !== undefined) store.delete(id, given.deletedAt);
      return message;
    },
    edit: (messageId, text, at) => {
      const message = knownMessage(messageId);
      message.edits.push({ text, at: atOf(message, at) });
      message.edits.sort((a, b) => a.at - b.at);
    },
    delete: (messageId, at) => {
      const message = knownMessage(messageId);
      message.deletedAt = atOf(message, at);
    },
    react: (messageId, reaction, { removed, at }) => {
      const message = knownMessage(messageId);
      message.reactions.push({ ...reaction, removed, at: atOf(message, at) });
      message.reactions.sort((a, b) => a.at - b.at);
    },
    file: (fileId) =>
      [...files.values()].find(({ message, file }) => file.id === fileId && isVisible(message, now()))?.file,
    hosted: (key) => {
      const found = files.get(key);
      if (!found) return undefined;
      const { name, extension, version } = found.file;
      return { key, fileName: name, extension, version };
    },
  };
  return store;
};

/** Zoom writes these ids with and without braces, in upper and in lower case. */
const newMessageId = (salt: string, serial: number): string => {
  const id = uuidLike(salt);
  const forms = [`{${id.toUpperCase()}}`, id, id.toUpperCase()];
  return forms[serial % forms.length] ?? id;
};

const newChatFile = (given: ChatFileInput, key: string, at: number): ChatFile => {
  const extension = extensionOf(given.name);
  const { bytes, seed = key, form = formOf(extension) } = given;
  return {
    key,
    id: given.id ?? hash('sha256', `chat file ${key}`, 'base64url').slice(0, 22),
    name: given.name,
    extension,
    listedBytes: given.listedBytes,
    digest: given.digest,
    version: newVersion(key, 1, { bytes, form, seed }, at),
  };
};

const fail = (message: string): never => {
  throw new RangeError(message);
};
