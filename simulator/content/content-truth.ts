import { dayOf } from '../calendar.ts';
import { type ChatTruth, chatTruth, otherVersions } from './chat-truth.ts';
import type { ContentStore } from './content-store.ts';
import type { DownloadCounter, Transfers } from './download-counts.ts';
import { sha256Of } from './file-bytes.ts';
import type { ContentFile, FileVersion, Meeting } from './model.ts';
import { endOf, isWebinar } from './meeting-reports.ts';

/** The state of a version: `replaced` if a newer one is served in its place. */
export type VersionState = 'available' | 'trashed' | 'purged' | 'replaced';

/** One version of a file that could be downloaded at some time. */
export interface TrueFile {
  readonly uuid: string;
  /** Names the file in the control API, also where Zoom gives no id. */
  readonly key: string;
  readonly fileId: string | null;
  readonly fileType: string;
  readonly recordingType: string;
  /** The start of the segment: `2026-11-20T09:00:00Z`. */
  readonly recordingStart: string;
  /** The UTC day of the start of the meeting: `2026-11-20`. */
  readonly startDay: string;
  readonly hostId: string;
  readonly fileName: string;
  readonly participantAudio: boolean;
  readonly bytes: number;
  /** 1 for the first version of the file. */
  readonly version: number;
  readonly etag: string;
  readonly state: VersionState;
  /** 64 hexadecimal digits. Computed once, when it is asked for. */
  sha256(): Promise<string>;
}

export interface TrueMeeting {
  readonly uuid: string;
  readonly id: number;
  readonly hostId: string;
  readonly topic: string;
  readonly webinar: boolean;
  readonly startTime: string;
  readonly endTime: string;
  readonly participants: number;
  /** Keys of its files. */
  readonly files: readonly string[];
}

export interface TruePerson {
  readonly id: string;
  readonly email: string;
  readonly status: 'active' | 'inactive' | 'pending' | 'deleted';
}

/** What a complete collection has by now: compare with it. */
export interface ContentTruth extends ChatTruth {
  readonly files: readonly TrueFile[];
  readonly meetings: readonly TrueMeeting[];
  readonly people: readonly TruePerson[];
}

/** Downloads of one version of a file. */
export interface DownloadCount extends Transfers {
  /** Empty for a file of a chat. */
  readonly uuid: string;
  readonly key: string;
  readonly fileId: string | null;
  readonly version: number;
}

const seconds = (instant: number): string => new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');

const sums = new WeakMap<FileVersion, Promise<string>>();

const sumOf = (version: FileVersion): Promise<string> => {
  const known = sums.get(version) ?? sha256Of(version);
  sums.set(version, known);
  return known;
};

/** A version could be downloaded if the file was ready, and neither replaced nor gone, at some instant until now. */
const wasAvailable = (file: ContentFile, version: FileVersion, now: number): boolean => {
  const from = Math.max(version.since, file.visibleFrom, file.readyAt);
  const replacedAt = file.versions[version.number]?.since ?? Infinity;
  const goneAt = Math.min(file.trashedAt ?? Infinity, file.purgedAt ?? Infinity);
  return !file.goneFromStart && from <= now && from < replacedAt && from < goneAt;
};

const stateOf = (store: ContentStore, file: ContentFile, version: FileVersion): VersionState => {
  const state = store.stateOf(file);
  if (version !== file.versions.at(-1)) return 'replaced';
  return state === 'trashed' || state === 'purged' ? state : 'available';
};

const eachVersion = (store: ContentStore) =>
  [...store.meetings.values()].flatMap((meeting) =>
    meeting.files.flatMap((file) => file.versions.map((version) => ({ meeting, file, version }))),
  );

export const contentTruth = (store: ContentStore, counter: DownloadCounter, now: number): ContentTruth => ({
  files: eachVersion(store)
    .filter(
      ({ meeting, file, version }) =>
        (meeting.start <= now && wasAvailable(file, version, now)) || counter.of(version).requests > 0,
    )
    .map(({ meeting, file, version }) => ({
      uuid: meeting.uuid,
      key: file.key,
      fileId: file.id,
      fileType: file.fileType,
      recordingType: file.recordingType,
      recordingStart: seconds(file.start),
      startDay: dayOf(meeting.start),
      hostId: meeting.hostId,
      fileName: file.fileName,
      participantAudio: file.participantAudio,
      bytes: version.bytes,
      version: version.number,
      etag: version.etag,
      state: stateOf(store, file, version),
      sha256: () => sumOf(version),
    })),
  meetings: [...store.meetings.values()]
    .filter((meeting) => meeting.visibleFrom <= now && meeting.start <= now)
    .map(trueMeeting),
  people: [...store.people.values()]
    .filter(({ visibleFrom }) => visibleFrom <= now)
    .map(({ id, email, status }) => ({ id, email, status })),
  ...chatTruth(store, now),
});

const trueMeeting = (meeting: Meeting): TrueMeeting => ({
  uuid: meeting.uuid,
  id: meeting.id,
  hostId: meeting.hostId,
  topic: meeting.topic,
  webinar: isWebinar(meeting),
  startTime: seconds(meeting.start),
  endTime: seconds(endOf(meeting)),
  participants: meeting.participants.length,
  files: meeting.files.map(({ key }) => key),
});

export const downloadCounts = (store: ContentStore, counter: DownloadCounter): DownloadCount[] =>
  [
    ...eachVersion(store).map(({ meeting: { uuid }, file: { key, id }, version }) => ({
      uuid,
      key,
      fileId: id,
      version,
    })),
    ...otherVersions(store),
  ]
    .map(({ version, ...file }) => ({ ...file, version: version.number, ...counter.of(version) }))
    .filter(({ requests }) => requests > 0);
