import { dayOf } from '../calendar.ts';
import type { ArchivedMeeting, ArchiveStatus } from './archive-model.ts';
import type { ChatMessage, ChatSessionType } from './chat-model.ts';
import { editsUntil, isDeleted, isVisible, type Reaction, reactionsAt, textOf } from './chat-state.ts';
import type { ContentStore } from './content-store.ts';
import { digestOf } from './file-bytes.ts';
import type { FileVersion } from './model.ts';
import type { Summary, SummaryText } from './note-model.ts';

export interface TrueSession {
  readonly id: string;
  readonly type: ChatSessionType;
  readonly name: string;
  readonly channelId: string | undefined;
  readonly members: readonly string[];
  readonly externalMembers: readonly string[];
  /** UTC days on which a message was sent, deleted ones included. */
  readonly days: readonly string[];
}

/** A message that the report shows or showed. */
export interface TrueMessage {
  readonly sessionId: string;
  readonly id: string;
  readonly sender: string;
  /** Epoch milliseconds, and their UTC day. */
  readonly timestamp: number;
  readonly day: string;
  /** The present text; of a deleted message, the last one. */
  readonly text: string;
  readonly bot: boolean;
  readonly deleted: boolean;
  /** The id of the message that began the thread. */
  readonly replyTo: string | undefined;
  readonly fileIds: readonly string[];
  readonly reactions: readonly Reaction[];
}

export interface TrueEdit {
  readonly sessionId: string;
  readonly messageId: string;
  /** The UTC day of the message. */
  readonly day: string;
  /** Epoch milliseconds of the edit. */
  readonly actionTimestamp: number;
  readonly before: string;
  readonly after: string;
}

export interface TrueDeletion {
  readonly sessionId: string;
  readonly messageId: string;
  readonly day: string;
  readonly actionTimestamp: number;
  readonly text: string;
}

/** One reaction that came or went. */
export interface TrueReactionChange {
  readonly sessionId: string;
  readonly messageId: string;
  readonly at: number;
  readonly emoji: string;
  readonly custom: boolean;
  readonly by: string;
  readonly removed: boolean;
}

interface TrueBytes {
  /** Names the file in `downloads()`. */
  readonly key: string;
  readonly fileId: string;
  readonly fileName: string;
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  sha256(): Promise<string>;
}

export interface TrueChatFile extends TrueBytes {
  readonly sessionId: string;
  readonly messageId: string;
}

export interface TrueArchiveFile extends TrueBytes {
  readonly uuid: string;
  /** `attached`: shared in the chat of the meeting. */
  readonly kind: 'archive' | 'attached';
  readonly status: ArchiveStatus;
  /** Zoom still keeps it. */
  readonly shown: boolean;
}

export interface TrueSummary {
  readonly uuid: string;
  readonly content: string;
  /** The last edit. */
  readonly edited: SummaryText | undefined;
  readonly lastModified: number;
}

export interface TrueTranscript extends TrueBytes {
  readonly uuid: string;
  readonly downloadable: boolean;
}

/** What a complete collection of Team Chat, archives and AI notes has by now. */
export interface ChatTruth {
  readonly sessions: readonly TrueSession[];
  readonly messages: readonly TrueMessage[];
  readonly edits: readonly TrueEdit[];
  readonly deletions: readonly TrueDeletion[];
  readonly reactionChanges: readonly TrueReactionChange[];
  readonly chatFiles: readonly TrueChatFile[];
  readonly archiveFiles: readonly TrueArchiveFile[];
  readonly summaries: readonly TrueSummary[];
  readonly transcripts: readonly TrueTranscript[];
}

const bytesOf = (version: FileVersion) => ({
  bytes: version.bytes,
  sha256: () => Promise.resolve(digestOf(version)),
});

export const chatTruth = (store: ContentStore, now: number): ChatTruth => {
  const sessions = [...store.chat.sessions.values()];
  const messages = sessions.flatMap((session) => session.messages.filter((one) => isVisible(one, now)));
  const archived = [...store.archive.meetings.values()].filter(({ start }) => start <= now);
  return {
    sessions: sessions
      .map(({ id, type, name, channelId, members, externalMembers, messages: own }) => ({
        ...{ id, type, name, channelId, members, externalMembers },
        days: [...new Set(own.filter((one) => isVisible(one, now)).map(({ at }) => dayOf(at)))].sort(),
      }))
      .filter(({ days }) => days.length > 0),
    messages: messages.map((message) => trueMessage(message, now)),
    edits: messages.flatMap((message) =>
      editsUntil(message, now).map(({ at, before, text }) => ({
        ...namesOf(message),
        actionTimestamp: at,
        before,
        after: text,
      })),
    ),
    deletions: messages
      .filter((message) => isDeleted(message, now))
      .map((message) => ({
        ...namesOf(message),
        actionTimestamp: message.deletedAt,
        text: textOf(message, now),
      })),
    reactionChanges: messages.flatMap(({ sessionId, id, reactions }) =>
      reactions
        .filter(({ at }) => at <= now)
        .map(({ custom = false, ...change }) => ({ sessionId, messageId: id, custom, ...change })),
    ),
    chatFiles: messages.flatMap(({ sessionId, id, files }) =>
      files.map(({ key, id: fileId, name, version }) => ({
        ...{ sessionId, messageId: id, key, fileId, fileName: name },
        ...bytesOf(version),
      })),
    ),
    archiveFiles: archived.flatMap((meeting) => trueArchiveFiles(store, meeting)),
    summaries: [...store.notes.summaries.values()]
      .filter(({ createdAt }) => createdAt <= now)
      .map((summary) => trueSummary(summary, now)),
    transcripts: [...store.notes.transcripts.values()]
      .filter(({ createdAt }) => createdAt <= now)
      .map(({ uuid, key, fileName, restriction, version }) => ({
        ...{ uuid, key, fileId: '', fileName, downloadable: restriction === undefined },
        ...bytesOf(version),
      })),
  };
};

const namesOf = ({ sessionId, id, at }: ChatMessage) => ({ sessionId, messageId: id, day: dayOf(at) });

const trueMessage = (message: ChatMessage, now: number): TrueMessage => ({
  sessionId: message.sessionId,
  id: message.id,
  sender: message.sender,
  timestamp: message.at,
  day: dayOf(message.at),
  text: textOf(message, now),
  bot: message.isBot,
  deleted: isDeleted(message, now),
  replyTo: message.parent?.id,
  fileIds: message.files.map(({ id }) => id),
  reactions: reactionsAt(message, now),
});

const trueArchiveFiles = ({ archive }: ContentStore, meeting: ArchivedMeeting): TrueArchiveFile[] => {
  const common = { uuid: meeting.uuid, shown: archive.isShown(meeting) };
  return [
    ...archive.shownFiles(meeting).map((file) => ({
      ...common,
      ...{ key: file.key, fileId: file.id, fileName: file.fileName, kind: 'archive' as const },
      status: archive.fileStatusOf(meeting, file),
      ...bytesOf(file.version),
    })),
    ...meeting.attachedFiles.map(({ key, id, name, version }) => ({
      ...common,
      ...{ key, fileId: id, fileName: name, kind: 'attached' as const, status: 'completed' as const },
      ...bytesOf(version),
    })),
  ];
};

const trueSummary = ({ uuid, content, createdAt, edits }: Summary, now: number): TrueSummary => {
  const last = edits.filter(({ at }) => at <= now).at(-1);
  const edited = last && { overview: last.overview, details: last.details, nextSteps: last.nextSteps };
  return { uuid, content, edited, lastModified: last?.at ?? createdAt };
};

/** Each file with its version, for the count of downloads; the uuid is empty for a file of a chat. */
export const otherVersions = ({ chat, archive, notes }: ContentStore) => [
  ...[...chat.sessions.values()].flatMap(({ messages }) =>
    messages.flatMap(({ files }) =>
      files.map(({ key, id, version }) => ({ uuid: '', key, fileId: id, version })),
    ),
  ),
  ...[...archive.meetings.values()].flatMap(({ uuid, files, attachedFiles }) =>
    [...files, ...attachedFiles].map(({ key, id, version }) => ({ uuid, key, fileId: id, version })),
  ),
  ...[...notes.transcripts.values()].map(({ uuid, key, version }) => ({ uuid, key, fileId: null, version })),
];
