import { daysOf } from '../content/content-days.ts';
import { CHAT_STREAM } from '../content/content-streams.ts';
import { readRows } from '../content/content-log.ts';
import type { FileStore } from '../content/ports.ts';
import { type StoredFile, storedFiles } from '../content/stored-files.ts';
import { CorruptObjectError } from '../errors.ts';
import { type ChatMessage, toConversations } from '../export/chat-messages.ts';
import type { Day } from '../model/day.ts';
import { spokenLines } from './spoken-lines.ts';
import { comparable, excerptOf } from './text-match.ts';

/** What is searched: messages of Team Chat, transcripts with captions, and the chat of recorded meetings. */
export const SEARCHED = ['messages', 'transcript', 'chat'] as const;
export type Searched = (typeof SEARCHED)[number];

/** A text and where it is searched. Days are in UTC: of the message, or of the meeting's start. */
export interface ContentSearch {
  readonly text: string;
  readonly sources: readonly string[];
  readonly types: readonly Searched[];
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  /** An address in lower case: the sender of a message, or the host of a recording. */
  readonly person?: string | undefined;
  /** Whether transcripts that a mirror hides are searched, too. */
  readonly hidden?: boolean | undefined;
}

/** A place where the text was found. */
export interface FoundText {
  readonly source: string;
  readonly type: Searched;
  readonly day: Day;
  /** The time of the message or the start of the recording, as RFC 3339. */
  readonly time: string;
  /** The sender, or the host. */
  readonly who: string;
  /** The chat session, or the topic. */
  readonly where: string;
  /** The message, or the file. */
  readonly id: string;
  /** The time within the recording; empty elsewhere. */
  readonly at: string;
  /** What the text is of a message: `edited` and `deleted` texts are found as well. */
  readonly state: 'present' | 'edited' | 'deleted';
  readonly excerpt: string;
}

/** What was not searched. */
export interface Unsearched {
  hidden: number;
  /** Keys of files that are missing or damaged. */
  readonly damaged: string[];
}

/**
 * Finds a text by reading everything in range: each chat row and each transcript, without an index. Case and compatibility forms do not
 * matter. Memory holds the chat of one day.
 */
export async function* searchContent(
  store: FileStore,
  search: ContentSearch,
  unsearched: Unsearched,
): AsyncGenerator<FoundText> {
  const wanted = comparable(search.text.replaceAll(/\s+/g, ' ').trim());
  for (const source of search.sources) {
    if (search.types.includes('messages')) yield* searchChat(store, source, search, wanted);
    if (search.types.some((type) => type !== 'messages')) {
      yield* searchFiles(store, source, search, wanted, unsearched);
    }
  }
}

async function* searchChat(
  store: FileStore,
  source: string,
  { from, to, person }: ContentSearch,
  wanted: string,
): AsyncGenerator<FoundText> {
  for (const day of await daysOf(store, { source, stream: CHAT_STREAM })) {
    if ((from !== undefined && day < from) || (to !== undefined && day > to)) continue;
    for (const { session, messages } of toConversations(
      await readRows(store, { source, stream: CHAT_STREAM, day }),
    )) {
      for (const message of messages) {
        if (person !== undefined && message.sender.email !== person) continue;
        const found = textsOf(message)
          .map(({ state, text }) => ({ state, excerpt: excerptOf(text, wanted) }))
          .find(({ excerpt }) => excerpt !== undefined);
        if (found?.excerpt === undefined) continue;
        yield {
          source,
          type: 'messages',
          day,
          time: message.at === undefined ? '' : new Date(message.at).toISOString(),
          who: message.sender.email || message.sender.name,
          where: session.name || session.members.join(', '),
          id: message.id,
          at: '',
          state: found.state,
          excerpt: found.excerpt,
        };
      }
    }
  }
}

/** Every text that a message had, with the names of its files. A deleted message has only deleted ones. */
const textsOf = ({
  text,
  files,
  edits,
  deletion,
}: ChatMessage): { state: FoundText['state']; text: string }[] => {
  const present = deletion ? ('deleted' as const) : ('present' as const);
  return [
    ...(text === undefined ? [] : [{ state: present, text }]),
    ...(deletion ? [{ state: 'deleted' as const, text: deletion.text }] : []),
    ...edits.map((edit) => ({ state: 'edited' as const, text: edit.text })),
    ...files.map(({ name }) => ({ state: present, text: name })),
  ];
};

async function* searchFiles(
  store: FileStore,
  source: string,
  { from, to, person, types, hidden }: ContentSearch,
  wanted: string,
  unsearched: Unsearched,
): AsyncGenerator<FoundText> {
  for await (const file of storedFiles(store, { sources: [source], from, to })) {
    const type = types.find((one) => one === file.type);
    if (type === undefined || file.stream === CHAT_STREAM || file.key === undefined) continue;
    if (person !== undefined && file.host !== person) continue;
    if (file.hidden && hidden !== true) {
      unsearched.hidden += 1;
      continue;
    }
    try {
      yield* searchFile(store, file, file.key, type, wanted);
    } catch (error) {
      if (!(error instanceof CorruptObjectError)) throw error;
      unsearched.damaged.push(file.key);
    }
  }
}

async function* searchFile(
  store: FileStore,
  { source, day, start, host, topic, item }: StoredFile,
  key: string,
  type: Searched,
  wanted: string,
): AsyncGenerator<FoundText> {
  for await (const { at, text } of spokenLines(store.readFrom(key))) {
    const excerpt = excerptOf(text, wanted);
    if (excerpt === undefined) continue;
    yield {
      source,
      type,
      day,
      time: start,
      who: host,
      where: topic,
      id: item,
      at,
      state: 'present',
      excerpt,
    };
  }
}
