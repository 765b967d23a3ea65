import type { ArchivedMeetingInput, ArchiveFileInput } from './archive-model.ts';
import type { ChatMessageInput, ChatSessionInput, ReactionInput } from './chat-model.ts';
import type { ContentStore, Recut } from './content-store.ts';
import { type ContentTruth, contentTruth, type DownloadCount, downloadCounts } from './content-truth.ts';
import type { DownloadCounter } from './download-counts.ts';
import type {
  FileInput,
  GroupInput,
  Instant,
  MeetingInput,
  PersonInput,
  PersonStatus,
  RecordingsOfDeleted,
} from './model.ts';
import type { SummaryInput, SummaryText, TranscriptInput } from './note-model.ts';

/** The content of one account from the side of its people: what they do, and the truth to compare with. A file is named by its id or key. */
export interface ContentControl {
  /** Returns the person's id. */
  addPerson(person: PersonInput): string;
  setStatus(personId: string, status: PersonStatus): void;
  /** Requests then answer 404, code 1001. The recordings are transferred, trashed or (default) deleted. */
  deletePerson(personId: string, recordings?: RecordingsOfDeleted): void;
  addGroup(group: GroupInput): void;
  /** Returns the uuid. */
  addMeeting(meeting: MeetingInput): string;
  /** A file that appears later, such as a transcript. Returns its key. */
  addFile(uuid: string, file: FileInput, visibleFrom?: Instant): string;
  /** The same file gets other bytes, another length and another ETag, as after a trim; lists show the length unless it is silent. */
  recut(uuid: string, fileId: string, version: Recut): void;
  rename(uuid: string, topic: string): void;
  /** Moves one file to the trash; without a file, the whole recording. */
  trash(uuid: string, fileId?: string): void;
  recover(uuid: string, fileId?: string): void;
  /** Deletes for good. */
  purge(uuid: string, fileId?: string): void;
  finishProcessing(uuid: string, fileId?: string): void;
  /** A chat session. Returns its id. */
  addSession(session: ChatSessionInput): string;
  /** Returns the id of the message. A message or change in the future happens at its time; without a time, now. */
  postMessage(sessionId: string, message: ChatMessageInput): string;
  editMessage(messageId: string, text: string, at?: Instant): void;
  deleteMessage(messageId: string, at?: Instant): void;
  react(messageId: string, reaction: ReactionInput, at?: Instant): void;
  takeBackReaction(messageId: string, reaction: ReactionInput, at?: Instant): void;
  /** A meeting that Meeting Archiving archives. Returns the uuid. */
  addArchivedMeeting(meeting: ArchivedMeetingInput): string;
  /** Returns the key of the file. */
  addArchiveFile(uuid: string, file: ArchiveFileInput): string;
  /** The archiving of a meeting ends now. */
  finishArchiving(uuid: string): void;
  /** The AI notes of a meeting that was added before. */
  addSummary(uuid: string, summary: SummaryInput): void;
  editSummary(uuid: string, edit: SummaryText, at?: Instant): void;
  addTranscript(uuid: string, transcript: TranscriptInput): void;
  /** Every version of a file that ever could be downloaded until now, and the meetings, people, chats, archives and notes that Zoom shows or showed. */
  truth(): ContentTruth;
  /** What the file host served of each version. */
  downloads(): DownloadCount[];
}

export const createContentControl = (
  store: ContentStore,
  counter: DownloadCounter,
  now: () => number,
): ContentControl => ({
  addPerson: (person) => store.addPerson(person).id,
  setStatus: (personId, status) => store.setStatus(personId, status),
  deletePerson: (personId, recordings = { purge: true }) => store.deletePerson(personId, recordings),
  addGroup: (group) => store.addGroup(group),
  addMeeting: (meeting) => store.addMeeting(meeting).uuid,
  addFile: (uuid, file, visibleFrom) =>
    store.addFile(uuid, visibleFrom === undefined ? file : { ...file, visibleFrom }).key,
  recut: (uuid, fileId, version) => store.recut(uuid, fileId, version),
  rename: (uuid, topic) => store.rename(uuid, topic),
  trash: (uuid, fileId) => store.trash(uuid, fileId),
  recover: (uuid, fileId) => store.recover(uuid, fileId),
  purge: (uuid, fileId) => store.purge(uuid, fileId),
  finishProcessing: (uuid, fileId) => store.finishProcessing(uuid, fileId),
  addSession: (session) => store.chat.addSession(session).id,
  postMessage: (sessionId, message) => store.chat.post(sessionId, message).id,
  editMessage: (messageId, text, at) => store.chat.edit(messageId, text, at),
  deleteMessage: (messageId, at) => store.chat.delete(messageId, at),
  react: (messageId, reaction, at) => store.chat.react(messageId, reaction, { removed: false, at }),
  takeBackReaction: (messageId, reaction, at) => store.chat.react(messageId, reaction, { removed: true, at }),
  addArchivedMeeting: (meeting) => store.archive.addMeeting(meeting).uuid,
  addArchiveFile: (uuid, file) => store.archive.addFile(uuid, file).key,
  finishArchiving: (uuid) => store.archive.finish(uuid),
  addSummary: (uuid, summary) => store.addSummary(uuid, summary),
  editSummary: (uuid, edit, at) => store.notes.editSummary(uuid, edit, at),
  addTranscript: (uuid, transcript) => store.addTranscript(uuid, transcript),
  truth: () => contentTruth(store, counter, now()),
  downloads: () => downloadCounts(store, counter),
});
