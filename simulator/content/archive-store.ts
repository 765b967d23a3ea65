import { hash } from 'node:crypto';
import { DAY_MS } from '../calendar.ts';
import { createSeededRandom } from '../seeded-random.ts';
import type {
  ArchivedMeeting,
  ArchivedMeetingInput,
  ArchiveFile,
  ArchiveFileInput,
  ArchiveStatus,
  AttachedFile,
  AttachedFileInput,
} from './archive-model.ts';
import { newUuid } from './meeting-uuid.ts';
import type { HostedFile } from './model.ts';
import {
  extensionOf,
  fileTypeOf,
  formOf,
  instantOf,
  newVersion,
  recordingName,
  uuidLike,
} from './new-records.ts';

/** The meetings that an account archived. */
export interface ArchiveStore {
  readonly meetings: ReadonlyMap<string, ArchivedMeeting>;
  addMeeting(meeting: ArchivedMeetingInput): ArchivedMeeting;
  addFile(uuid: string, file: ArchiveFileInput): ArchiveFile;
  /** The archiving ends now. */
  finish(uuid: string): void;
  /** Zoom keeps archives for a limited time. */
  isShown(meeting: ArchivedMeeting): boolean;
  statusOf(meeting: ArchivedMeeting): ArchiveStatus;
  fileStatusOf(meeting: ArchivedMeeting, file: ArchiveFile): ArchiveStatus;
  shownFiles(meeting: ArchivedMeeting): ArchiveFile[];
  /** A file that is complete, or attached. `gone`: neither, or Zoom no longer keeps it. */
  hosted(key: string): HostedFile | 'gone' | undefined;
}

interface ArchiveStoreOptions {
  readonly accountId: string;
  readonly seed: number;
  readonly now: () => number;
  /** How long Zoom keeps archives; it documents 1 to 30 days. */
  readonly archiveDays: number;
}

export const createArchiveStore = ({
  accountId,
  seed,
  now,
  archiveDays,
}: ArchiveStoreOptions): ArchiveStore => {
  const meetings = new Map<string, ArchivedMeeting>();
  const files = new Map<
    string,
    { readonly meeting: ArchivedMeeting; readonly file: ArchiveFile | AttachedFile }
  >();
  const chance = createSeededRandom(seed, 'archives', accountId);
  const keyPrefix = hash('sha256', `archive ${accountId}`).slice(0, 8);

  const knownMeeting = (uuid: string): ArchivedMeeting =>
    meetings.get(uuid) ?? fail(`The account ${accountId} has no archived meeting "${uuid}".`);
  const newKey = (): string => `${keyPrefix}a${files.size.toString(16).padStart(6, '0')}`;

  const store: ArchiveStore = {
    meetings,
    addMeeting: (given) => {
      const uuid = given.uuid ?? newUuid(chance, 'plain');
      if (meetings.has(uuid)) fail(`The account ${accountId} already has an archived meeting "${uuid}".`);
      const start = instantOf(given.start, 0);
      const attachedFiles: AttachedFile[] = [];
      const meeting: ArchivedMeeting = {
        uuid,
        id: given.id ?? chance.integer(80_000_000_000, 89_999_999_999),
        hostId: given.hostId,
        topic: given.topic,
        type: given.type ?? 2,
        start,
        seconds: given.seconds,
        meetingType: given.meetingType ?? 'internal',
        parentUuid: given.parentUuid,
        groupId: given.groupId,
        completeAt: instantOf(given.completeAt, start + given.seconds * 1000 + 3_600_000),
        failed: given.failed ?? false,
        files: [],
        attachedFiles,
      };
      meetings.set(uuid, meeting);
      for (const file of given.files ?? []) store.addFile(uuid, file);
      for (const one of given.attachedFiles ?? []) {
        const file = newAttachedFile(one, newKey(), start);
        attachedFiles.push(file);
        files.set(file.key, { meeting, file });
      }
      return meeting;
    },
    addFile: (uuid, given) => {
      const meeting = knownMeeting(uuid);
      const file = newArchiveFile(given, meeting, newKey());
      meeting.files.push(file);
      files.set(file.key, { meeting, file });
      return file;
    },
    finish: (uuid) => {
      const meeting = knownMeeting(uuid);
      meeting.completeAt = Math.min(meeting.completeAt, now());
    },
    isShown: ({ start, completeAt }) => start <= now() && now() < completeAt + archiveDays * DAY_MS,
    statusOf: ({ completeAt, failed }) => {
      if (completeAt > now()) return 'processing';
      return failed ? 'failed' : 'completed';
    },
    fileStatusOf: ({ completeAt }, { readyAt = completeAt, failed }) => {
      if (readyAt > now()) return 'processing';
      return failed ? 'failed' : 'completed';
    },
    shownFiles: (meeting) => meeting.files.filter(({ visibleFrom }) => visibleFrom <= now()),
    hosted: (key) => {
      const found = files.get(key);
      if (!found) return undefined;
      const { meeting, file } = found;
      const isServed = !('fileType' in file) || store.fileStatusOf(meeting, file) === 'completed';
      if (!isServed || !store.isShown(meeting)) return 'gone';
      const fileName = 'fileType' in file ? file.fileName : file.name;
      return { key, fileName, extension: file.extension, version: file.version };
    },
  };
  return store;
};

const newArchiveFile = (given: ArchiveFileInput, meeting: ArchivedMeeting, key: string): ArchiveFile => {
  const type = fileTypeOf(given.fileType);
  const extension = given.extension ?? type.extension;
  const { bytes, seed = key, form = type.form } = given;
  return {
    key,
    id: given.id ?? uuidLike(`archive file ${key}`),
    fileType: given.fileType,
    extension,
    recordingType: given.recordingType ?? type.recordingType,
    fileName: recordingName(meeting.start, type.suffix, extension),
    listedBytes: given.listedBytes,
    fingerprint: given.fingerprint,
    individual: given.individual ?? false,
    participantEmail: given.participantEmail ?? '',
    joinTime: instantOf(given.joinTime, meeting.start),
    leaveTime: instantOf(given.leaveTime, meeting.start + meeting.seconds * 1000),
    numberOfMessages: given.numberOfMessages,
    readyAt: given.readyAt === undefined ? undefined : instantOf(given.readyAt, 0),
    failed: given.failed ?? false,
    visibleFrom: instantOf(given.visibleFrom, -Infinity),
    version: newVersion(key, 1, { bytes, form, seed }, meeting.start),
  };
};

const newAttachedFile = (given: AttachedFileInput, key: string, since: number): AttachedFile => {
  const extension = extensionOf(given.name);
  const { bytes, seed = key, form = formOf(extension) } = given;
  return {
    key,
    id: given.id ?? hash('sha256', `attached file ${key}`, 'base64url').slice(0, 22),
    name: given.name,
    extension,
    version: newVersion(key, 1, { bytes, form, seed }, since),
  };
};

const fail = (message: string): never => {
  throw new RangeError(message);
};
