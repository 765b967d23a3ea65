import type { ContentStore } from './content-store.ts';
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
  /** The same file gets other bytes, another length and another ETag, as after a trim. */
  recut(
    uuid: string,
    fileId: string,
    version: { readonly bytes: number; readonly seed: string | number },
  ): void;
  rename(uuid: string, topic: string): void;
  /** Moves one file to the trash; without a file, the whole recording. */
  trash(uuid: string, fileId?: string): void;
  recover(uuid: string, fileId?: string): void;
  /** Deletes for good. */
  purge(uuid: string, fileId?: string): void;
  finishProcessing(uuid: string, fileId?: string): void;
  /** Every version of a file that ever could be downloaded until now, and the meetings and people that Zoom shows or showed. */
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
  truth: () => contentTruth(store, counter, now()),
  downloads: () => downloadCounts(store, counter),
});
