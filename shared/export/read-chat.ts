import type { ObjectStore } from '../collect/ports.ts';
import { chatFilesOf } from '../content/chat-rows.ts';
import { openCustody, readCustody } from '../content/custody-row.ts';
import { daysOf } from '../content/content-days.ts';
import { readRows } from '../content/content-log.ts';
import { CHAT_STREAM } from '../content/content-streams.ts';
import { type FileItem, isHidden, itemsOf } from '../content/slice-files.ts';
import { type FileState, keyOfBytes, stateOf } from '../content/stored-files.ts';
import { type Day, dayOf } from '../model/day.ts';
import type { ContentSlice } from '../model/slice.ts';
import {
  type ChatConversation,
  type ChatMessage,
  type ListedChatFile,
  messageKey,
  toConversations,
} from './chat-messages.ts';

/** A file of a message, with what became of it. */
export interface ChatFile extends ListedChatFile {
  /** Its bytes, if they are held. */
  readonly held: { readonly key: string; readonly bytes: number; readonly sha256: string } | undefined;
  /** `hidden`: a mirror hides it, and it is left out. */
  readonly state: FileState | 'hidden';
  readonly reason: string | undefined;
  readonly message: string | undefined;
}

/** The conversations of a day, with what became of the files of their messages. */
export interface ChatDay {
  readonly source: string;
  readonly day: Day;
  readonly conversations: readonly ChatConversation[];
  readonly fileOf: (file: ListedChatFile) => ChatFile;
}

/** The days of which chat rows are stored. */
export const chatDays = (store: ObjectStore, source: string): Promise<Day[]> =>
  daysOf(store, { source, stream: CHAT_STREAM });

const sliceOf = (source: string, day: Day): ContentSlice => ({ source, stream: CHAT_STREAM, day });

/** Reads the chat of a day. Files that a mirror hides have no bytes, unless they are included. */
export const readChatDay = async (
  store: ObjectStore,
  source: string,
  day: Day,
  includesHidden = false,
): Promise<ChatDay> => {
  const slice = sliceOf(source, day);
  const rows = await readRows(store, slice);
  const items = itemsOf(rows.flatMap(chatFilesOf), await readCustody(await openCustody(store, slice)));
  return {
    source,
    day,
    conversations: toConversations(rows),
    fileOf: (file) => toChatFile(file, items.get(file.item), includesHidden),
  };
};

const WITHOUT_BYTES = { held: undefined, reason: undefined, message: undefined } as const;

/** The file in the version that was listed last, or in an earlier one if only that is held. */
const toChatFile = (
  listed: ListedChatFile,
  item: FileItem | undefined,
  includesHidden: boolean,
): ChatFile => {
  if (item && !includesHidden && isHidden(item)) return { ...listed, ...WITHOUT_BYTES, state: 'hidden' };
  const versions = item?.versions ?? [];
  const newest = versions.find(({ file }) => file.version === listed.version);
  const version = newest?.held ? newest : (versions.findLast(({ held }) => held) ?? newest);
  if (!item || !version) return { ...listed, ...WITHOUT_BYTES, state: 'pending' };
  const { held, failures } = version;
  const key = keyOfBytes(item, held);
  const failure = held ? undefined : failures.at(-1);
  return {
    ...listed,
    version: version.file.version,
    held: held && key !== undefined ? { key, bytes: held.bytes, sha256: held.sha256 } : undefined,
    state: stateOf(version),
    reason: failure?.reason,
    message: failure?.message,
  };
};

/**
 * The parents of replies that are not among the messages of their day, by id, from the other days of the selection. Each of those
 * days is read once, and only what is needed is kept.
 */
export const readParents = async (
  store: ObjectStore,
  { source, day, conversations }: ChatDay,
  isWithin: (day: Day) => boolean,
): Promise<ReadonlyMap<string, ChatMessage>> => {
  const wanted = new Map<Day, Set<string>>();
  for (const { messages } of conversations) {
    for (const { replyTo } of messages) {
      if (replyTo?.at === undefined) continue;
      const other = dayOf(new Date(replyTo.at));
      if (other === day || !isWithin(other)) continue;
      wanted.set(other, (wanted.get(other) ?? new Set()).add(replyTo.id));
    }
  }
  const parents = new Map<string, ChatMessage>();
  for (const [other, ids] of wanted) {
    for (const { messages } of toConversations(await readRows(store, sliceOf(source, other)))) {
      for (const message of messages)
        if (ids.has(message.id)) parents.set(messageKey(message.sessionId, message.id), message);
    }
  }
  return parents;
};
