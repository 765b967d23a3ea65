import { hash } from 'node:crypto';
import type {
  BytesForm,
  ContentFile,
  FileInput,
  FileVersion,
  Instant,
  Meeting,
  MeetingInput,
  Person,
  PersonInput,
} from './model.ts';

export const instantOf = (instant: Instant | undefined, ifAbsent: number): number =>
  instant === undefined ? ifAbsent : new Date(instant).getTime();

/** Zoom's ids have 22 characters, for people and groups. */
export const newPersonId = (...purpose: (string | number)[]): string =>
  hash('sha256', purpose.join('\n'), 'base64url').slice(0, 22);

export const newPerson = (given: PersonInput, id: string): Person => {
  const createdAt = instantOf(given.createdAt, Date.parse('2024-01-08T09:00:00Z'));
  return {
    id,
    email: given.email,
    firstName: given.firstName,
    lastName: given.lastName,
    status: given.status ?? 'active',
    type: given.type ?? 2,
    dept: given.dept ?? '',
    timezone: given.timezone ?? 'Europe/Lisbon',
    createdAt,
    lastLoginAt: instantOf(given.lastLoginAt, createdAt + 3_600_000),
    groupIds: given.groupIds ?? [],
    roleId: given.roleId ?? '2',
    visibleFrom: instantOf(given.visibleFrom, -Infinity),
  };
};

/** What Zoom writes for the types of files. */
const FILE_TYPES: Record<
  string,
  { extension: string; form: BytesForm; recordingType: string; suffix: string }
> = {
  MP4: {
    extension: 'MP4',
    form: 'mp4',
    recordingType: 'shared_screen_with_speaker_view',
    suffix: '_640x360',
  },
  M4A: { extension: 'M4A', form: 'm4a', recordingType: 'audio_only', suffix: '' },
  TIMELINE: { extension: 'JSON', form: 'json', recordingType: 'timeline', suffix: '_timeline' },
  TRANSCRIPT: { extension: 'VTT', form: 'vtt', recordingType: 'audio_transcript', suffix: '.transcript' },
  CC: { extension: 'VTT', form: 'vtt', recordingType: 'closed_caption', suffix: '.cc' },
  CHAT: { extension: 'TXT', form: 'text', recordingType: 'chat_file', suffix: '' },
  CSV: { extension: 'CSV', form: 'text', recordingType: 'poll', suffix: '_polls' },
  SUMMARY: { extension: 'JSON', form: 'json', recordingType: 'summary', suffix: '_summary' },
  TB: { extension: 'JPG', form: 'jpg', recordingType: 'thumbnail', suffix: '_thumbnail' },
};
const OTHER_TYPE = { extension: 'BIN', form: 'binary', recordingType: '', suffix: '' } as const;

/** What Zoom writes for a type of file. */
export const fileTypeOf = (fileType: string): (typeof FILE_TYPES)[string] =>
  FILE_TYPES[fileType] ?? OTHER_TYPE;

const FORMS: Record<string, BytesForm> = {
  MP4: 'mp4',
  M4A: 'm4a',
  VTT: 'vtt',
  JSON: 'json',
  TXT: 'text',
  CSV: 'text',
  JPG: 'jpg',
};

/** The form of the bytes behind an extension, in upper case. */
export const formOf = (extension: string): BytesForm => FORMS[extension] ?? 'binary';

/** The extension of a file name in upper case, as Zoom writes it; `BIN` if there is none. */
export const extensionOf = (fileName: string): string =>
  /\.([A-Za-z0-9]{1,8})$/.exec(fileName)?.[1]?.toUpperCase() ?? OTHER_TYPE.extension;

/** `20210429-143543`, as in Zoom's file names. */
const compactTime = (instant: number): string =>
  new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');

/** `GMT20210429-143543_Recording.transcript.vtt`. */
export const recordingName = (start: number, suffix: string, extension: string): string =>
  `GMT${compactTime(start)}_Recording${suffix}.${extension.toLowerCase()}`;

export const newVersion = (
  key: string,
  number: number,
  { bytes, seed, form }: Pick<FileVersion, 'bytes' | 'form'> & { readonly seed: string | number },
  since: number,
): FileVersion => ({
  number,
  bytes,
  form,
  seed: String(seed),
  since,
  etag: `"${hash('sha256', [key, number, bytes, seed].join('\n')).slice(0, 32)}"`,
});

export const newFile = (given: FileInput, meeting: Meeting, key: string): ContentFile => {
  const type = fileTypeOf(given.fileType);
  const start = instantOf(given.start, meeting.start);
  const extension = given.extension ?? type.extension;
  const readyAt = given.processing ? instantOf(given.processing.until, Infinity) : -Infinity;
  const visibleFrom = Math.max(instantOf(given.visibleFrom, -Infinity), meeting.visibleFrom);
  const id = given.id === undefined ? fileIdOf(key) : given.id;
  const { bytes, seed = key, form = type.form } = given;
  return {
    key,
    id,
    fileType: given.fileType,
    extension,
    recordingType: given.recordingType ?? type.recordingType,
    start,
    end: instantOf(given.end, meeting.start + meeting.minutes * 60_000),
    listedBytes: given.listedBytes,
    fileName: given.fileName ?? recordingName(start, type.suffix, extension),
    participantAudio: given.participantAudio ?? false,
    visibleFrom,
    processingAs: given.processing?.as,
    readyAt,
    goneFromStart: false,
    trashedAt: undefined,
    purgedAt: undefined,
    versions: [newVersion(key, 1, { bytes, form, seed }, -Infinity)],
  };
};

const fileIdOf = (key: string): string => uuidLike(`file ${key}`);

/** A UUID that depends on a text alone. */
export const uuidLike = (text: string): string =>
  hash('sha256', text).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5');

export const newMeeting = (given: MeetingInput, uuid: string, id: number): Meeting => ({
  uuid,
  id,
  hostId: given.hostId,
  heldBy: given.hostId,
  topic: given.topic,
  type: given.type ?? 2,
  start: instantOf(given.start, 0),
  minutes: given.minutes,
  timezone: given.timezone ?? 'Europe/Lisbon',
  files: [],
  participants: given.participants ?? [],
  polls: given.polls ?? [],
  qa: given.qa ?? [],
  inMeetingChat: given.inMeetingChat ?? false,
  recorded: given.recorded,
  password: given.password,
  autoDeleteAt: given.autoDeleteAt === undefined ? undefined : instantOf(given.autoDeleteAt, 0),
  visibleFrom: instantOf(given.visibleFrom, -Infinity),
});
