import { hash } from 'node:crypto';
import { DAY_MS } from '../calendar.ts';
import { createSeededRandom } from '../seeded-random.ts';
import { type ArchiveStore, createArchiveStore } from './archive-store.ts';
import { type ChatStore, createChatStore } from './chat-store.ts';
import type { ContentCompany } from './content-company.ts';
import { newUuid } from './meeting-uuid.ts';
import type {
  ContentFile,
  FileInput,
  GroupInput,
  HostedFile,
  Meeting,
  MeetingInput,
  Person,
  PersonInput,
  PersonStatus,
  RecordingsOfDeleted,
} from './model.ts';
import { createNoteStore, type NoteStore } from './note-store.ts';
import type { SummaryInput, TranscriptInput } from './note-model.ts';
import { newFile, newMeeting, newPerson, newPersonId, newVersion } from './new-records.ts';

/** `waiting`: not in the lists yet. `processing`: listed, not downloadable yet. */
export type FileState = 'waiting' | 'processing' | 'available' | 'trashed' | 'purged';

/** The people, meetings and files of one account, and what happens to them. Times are of the simulated clock. */
export interface ContentStore {
  readonly accountId: string;
  readonly people: ReadonlyMap<string, Person>;
  readonly groups: ReadonlyMap<string, GroupInput>;
  readonly meetings: ReadonlyMap<string, Meeting>;
  readonly chat: ChatStore;
  readonly archive: ArchiveStore;
  readonly notes: NoteStore;
  /** AI notes of a known meeting. */
  addSummary(uuid: string, summary: SummaryInput): void;
  addTranscript(uuid: string, transcript: TranscriptInput): void;
  addPerson(person: PersonInput): Person;
  setStatus(personId: string, status: PersonStatus): void;
  deletePerson(personId: string, recordings: RecordingsOfDeleted): void;
  addGroup(group: GroupInput): void;
  addMeeting(meeting: MeetingInput): Meeting;
  addFile(uuid: string, file: FileInput): ContentFile;
  recut(uuid: string, fileId: string, bytes: Recut): void;
  rename(uuid: string, topic: string): void;
  /** Without a file: the whole meeting. */
  trash(uuid: string, fileId?: string): void;
  recover(uuid: string, fileId?: string): void;
  purge(uuid: string, fileId?: string): void;
  finishProcessing(uuid: string, fileId?: string): void;
  stateOf(file: ContentFile): FileState;
  /** A visible person who is not deleted, by id or address. */
  person(idOrEmail: string): Person | undefined;
  /** A visible meeting by uuid; by number, its latest instance. */
  meeting(uuidOrId: string): Meeting | undefined;
  file(key: string): { readonly meeting: Meeting; readonly file: ContentFile } | undefined;
  /** What the file host serves under a key, of recordings, chats, archives and notes. `gone`: no longer, or not yet. */
  hosted(key: string): HostedFile | 'gone' | undefined;
}

/** The bytes of a file that is cut again. `silent`: its lists stay as they were. */
export interface Recut {
  readonly bytes: number;
  readonly seed: string | number;
  readonly silent?: boolean | undefined;
}

interface StoreOptions {
  readonly accountId: string;
  readonly seed: number;
  readonly now: () => number;
  /** How long the trash keeps files; Zoom documents 30 days. */
  readonly trashDays: number;
  /** How long Zoom keeps archived meetings. */
  readonly archiveDays: number;
}

export const createContentStore = (
  company: ContentCompany,
  { accountId, seed, now, trashDays, archiveDays }: StoreOptions,
): ContentStore => {
  const people = new Map<string, Person>();
  const groups = new Map<string, GroupInput>();
  const meetings = new Map<string, Meeting>();
  const files = new Map<string, { meeting: Meeting; file: ContentFile }>();
  const chance = createSeededRandom(seed, 'content', accountId);
  const keyPrefix = hash('sha256', accountId).slice(0, 8);

  const knownPerson = (id: string): Person =>
    people.get(id) ?? fail(`The account ${accountId} has no person "${id}".`);
  const knownMeeting = (uuid: string): Meeting =>
    meetings.get(uuid) ?? fail(`The account ${accountId} has no meeting "${uuid}".`);
  const chosenFiles = (uuid: string, fileId: string | undefined): ContentFile[] => {
    const meeting = knownMeeting(uuid);
    if (fileId === undefined) return meeting.files;
    const found = meeting.files.filter(({ id, key }) => id === fileId || key === fileId);
    return found.length > 0 ? found : fail(`The meeting "${uuid}" has no file "${fileId}".`);
  };
  const purgedAt = ({ purgedAt: at, trashedAt }: ContentFile): number =>
    Math.min(at ?? Infinity, trashedAt === undefined ? Infinity : trashedAt + trashDays * DAY_MS);

  const store: ContentStore = {
    accountId,
    people,
    groups,
    meetings,
    chat: createChatStore({
      accountId,
      seed,
      now,
      nameOf: (email) => {
        const person = store.person(email);
        return person && `${person.firstName} ${person.lastName}`;
      },
    }),
    archive: createArchiveStore({ accountId, seed, now, archiveDays }),
    notes: createNoteStore(accountId, now),
    addSummary: (uuid, summary) => store.notes.addSummary(knownMeeting(uuid), summary),
    addTranscript: (uuid, transcript) => store.notes.addTranscript(knownMeeting(uuid), transcript),
    addPerson: (given) => {
      const person = newPerson(given, given.id ?? newPersonId('person', accountId, people.size));
      if (people.has(person.id)) fail(`The account ${accountId} already has a person "${person.id}".`);
      people.set(person.id, person);
      return person;
    },
    setStatus: (personId, status) => {
      knownPerson(personId).status = status;
    },
    deletePerson: (personId, recordings) => {
      const heir = 'transferTo' in recordings ? knownPerson(recordings.transferTo) : undefined;
      knownPerson(personId).status = 'deleted';
      for (const meeting of meetings.values()) {
        if (meeting.hostId !== personId) continue;
        if (heir && meeting.files.length > 0) meeting.hostId = heir.id;
        else if ('trash' in recordings) store.trash(meeting.uuid);
        else store.purge(meeting.uuid);
      }
    },
    addGroup: (group) => {
      groups.set(group.id, group);
    },
    addMeeting: (given) => {
      knownPerson(given.hostId);
      const uuid = given.uuid ?? newUuid(chance, 'plain');
      if (meetings.has(uuid)) fail(`The account ${accountId} already has a meeting "${uuid}".`);
      const meeting = newMeeting(given, uuid, given.id ?? chance.integer(80_000_000_000, 89_999_999_999));
      meetings.set(uuid, meeting);
      for (const file of given.files ?? []) store.addFile(uuid, file);
      return meeting;
    },
    addFile: (uuid, given) => {
      const meeting = knownMeeting(uuid);
      const file = newFile(given, meeting, `${keyPrefix}${files.size.toString(16).padStart(6, '0')}`);
      meeting.files.push(file);
      files.set(file.key, { meeting, file });
      return file;
    },
    recut: (uuid, fileId, { bytes, seed: newSeed, silent = false }) => {
      for (const file of chosenFiles(uuid, fileId)) {
        const form = file.versions.at(-1)?.form ?? 'binary';
        const version = { bytes, seed: newSeed, form };
        if (silent) file.listedBytes ??= file.versions.at(-1)?.bytes;
        file.versions.push(newVersion(file.key, file.versions.length + 1, version, now()));
      }
    },
    rename: (uuid, topic) => {
      knownMeeting(uuid).topic = topic;
    },
    trash: (uuid, fileId) => {
      for (const file of chosenFiles(uuid, fileId)) file.trashedAt ??= now();
    },
    recover: (uuid, fileId) => {
      for (const file of chosenFiles(uuid, fileId)) {
        if (purgedAt(file) <= now()) continue;
        file.trashedAt = undefined;
        file.goneFromStart = false;
      }
    },
    purge: (uuid, fileId) => {
      for (const file of chosenFiles(uuid, fileId)) file.purgedAt ??= now();
    },
    finishProcessing: (uuid, fileId) => {
      for (const file of chosenFiles(uuid, fileId)) file.readyAt = Math.min(file.readyAt, now());
    },
    stateOf: (file) => {
      if (purgedAt(file) <= now()) return 'purged';
      if (file.visibleFrom > now()) return 'waiting';
      if (file.trashedAt !== undefined) return 'trashed';
      return file.readyAt > now() ? 'processing' : 'available';
    },
    person: (idOrEmail) => {
      const found =
        people.get(idOrEmail) ??
        [...people.values()].find(
          ({ email, status }) => status !== 'deleted' && email.toLowerCase() === idOrEmail.toLowerCase(),
        );
      return found && found.status !== 'deleted' && found.visibleFrom <= now() ? found : undefined;
    },
    meeting: (uuidOrId) => {
      const visible = (meeting: Meeting) => meeting.visibleFrom <= now() && meeting.start <= now();
      if (!/^\d{9,11}$/.test(uuidOrId)) {
        const named = meetings.get(uuidOrId);
        return named && visible(named) ? named : undefined;
      }
      return [...meetings.values()]
        .filter((meeting) => String(meeting.id) === uuidOrId && visible(meeting))
        .reduce<Meeting | undefined>(
          (last, one) => (last && last.start >= one.start ? last : one),
          undefined,
        );
    },
    file: (key) => files.get(key),
    hosted: (key) => {
      const file = files.get(key)?.file;
      const version = file?.versions.at(-1);
      if (!file || !version) {
        return store.chat.hosted(key) ?? store.archive.hosted(key) ?? store.notes.hosted(key);
      }
      if (store.stateOf(file) === 'purged') return 'gone';
      return { key, fileName: file.fileName, extension: file.extension, version };
    },
  };

  for (const group of company.groups ?? []) store.addGroup(group);
  for (const person of company.people ?? []) store.addPerson(person);
  for (const meeting of company.meetings ?? []) store.addMeeting(meeting);
  for (const { id, deleted } of company.people ?? []) {
    if (deleted)
      store.deletePerson(id ?? fail('A person who is deleted from the start needs an id.'), deleted);
  }
  for (const { file } of files.values()) {
    file.goneFromStart = file.trashedAt !== undefined || file.purgedAt !== undefined;
  }
  for (const session of company.chatSessions ?? []) store.chat.addSession(session);
  for (const meeting of company.archivedMeetings ?? []) store.archive.addMeeting(meeting);
  for (const { uuid, ...summary } of company.summaries ?? []) store.addSummary(uuid, summary);
  for (const { uuid, ...transcript } of company.transcripts ?? []) store.addTranscript(uuid, transcript);
  return store;
};

const fail = (message: string): never => {
  throw new RangeError(message);
};
