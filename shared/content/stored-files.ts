import type { ObjectStore } from '../collect/ports.ts';
import type { ContentType } from '../model/content-config.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import type { Day } from '../model/day.ts';
import { fileSlicesOf } from './content-days.ts';
import { typeOfFile } from './file-type.ts';
import { HostEmails } from './host-emails.ts';
import {
  type FileItem,
  type FileVersion,
  isGone,
  isHidden,
  readSliceFiles,
  versionsWithBytes,
} from './slice-files.ts';
import type { ListedFile } from './listed-file.ts';

/**
 * What became of a version of a file. `processing`: Zoom has not finished it. `pending`: it is not fetched yet. A file that has
 * left Zoom has `gone` beside its state, and one that a mirror hides `hidden`.
 */
export const FILE_STATES = ['held', 'failed', 'skipped', 'processing', 'pending'] as const;
export type FileState = (typeof FILE_STATES)[number];

/** One version of a file, for people. */
export interface StoredFile {
  readonly source: string;
  readonly stream: ContentStreamName;
  readonly day: Day;
  readonly item: string;
  readonly version: string;
  readonly uuid: string;
  readonly fileId: string | undefined;
  readonly start: string;
  readonly topic: string;
  readonly hostId: string;
  /** The address of the host, or its id if no list of people had it. */
  readonly host: string;
  readonly type: ContentType;
  readonly fileType: string;
  readonly recordingType: string;
  readonly fileName: string | undefined;
  readonly isParticipantAudio: boolean;
  readonly extension: string;
  /** In bytes: of what is held, or as Zoom states it. */
  readonly size: number | undefined;
  readonly state: FileState;
  readonly reason: string | undefined;
  readonly message: string | undefined;
  /** Whether it will not be tried again. */
  readonly isFinal: boolean;
  readonly gone: boolean;
  /** Whether a mirror hides it. */
  readonly hidden: boolean;
  readonly trashed: boolean;
  /** Whether Zoom has listed a later version since. */
  readonly isReplaced: boolean;
  /** Where its bytes are, and their SHA-256, if they are held. */
  readonly key: string | undefined;
  readonly sha256: string | undefined;
}

/** Which files to read. Days are those of the meetings, in UTC. */
export interface FileFilter {
  readonly sources: readonly string[];
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

/** The files that were listed, stream by stream, in order of their day and start. */
export async function* storedFiles(
  store: ObjectStore,
  { sources, from, to }: FileFilter,
): AsyncGenerator<StoredFile, void, undefined> {
  for (const source of sources) {
    const emails = new HostEmails(store, source);
    for (const slice of await fileSlicesOf(store, source)) {
      const { stream, day } = slice;
      if ((from !== undefined && day < from) || (to !== undefined && day > to)) continue;
      const found: StoredFile[] = [];
      for (const item of (await readSliceFiles(store, slice)).items.values()) {
        for (const version of versionsOf(item)) {
          const { hostId } = version.file;
          const host = (await emails.of(hostId)) ?? hostId;
          found.push({ ...describe(item, version), source, stream, day, host });
        }
      }
      yield* found.sort(byStart);
    }
  }
}

/**
 * The versions that are files of their own: without rows that changed while a recording was processed, and without a version whose
 * bytes turned out to be those of another one.
 */
export const versionsOf = (item: FileItem): FileVersion[] => {
  const isHeld = item.versions.some(({ held }) => held?.state === 'held');
  return versionsWithBytes(item).filter(
    ({ held, failures }) =>
      held?.state === 'held' || !isHeld || (!held && failures.every(({ reason }) => reason !== 'replaced')),
  );
};

const describe = (
  item: FileItem,
  version: FileVersion,
): Omit<StoredFile, 'source' | 'stream' | 'day' | 'host'> => {
  const { file, held, failures, isReady } = version;
  const failure = held ? undefined : failures.at(-1);
  const { uuid, fileId, start, topic, hostId, fileType, recordingType, fileName, isParticipantAudio } = file;
  return {
    item: item.item,
    version: file.version,
    ...{ uuid, fileId, start, topic, hostId, fileType, recordingType, fileName, isParticipantAudio },
    type: typeOfFile(fileType),
    extension: file.extension,
    size: held?.bytes ?? (isReady ? file.size : undefined),
    state: stateOf(version),
    reason: failure?.reason,
    message: failure?.message,
    isFinal: failure?.final ?? false,
    gone: isGone(item),
    hidden: isHidden(item),
    trashed: file.trashed,
    isReplaced: version !== item.versions.at(-1),
    key: keyOfBytes(item, held),
    sha256: held?.sha256,
  };
};

/** What became of a version. */
export const stateOf = ({ held, failures, skipped, isReady }: FileVersion): FileState => {
  if (held) return 'held';
  if (failures.length > 0) return 'failed';
  if (skipped) return 'skipped';
  return isReady ? 'pending' : 'processing';
};

/** The key of the bytes; those of a version that equals another one are stored once. */
export const keyOfBytes = ({ versions }: FileItem, held: FileVersion['held']): string | undefined => {
  if (held?.state !== 'same-as') return held?.key;
  const same = versions.find(({ file }: { file: ListedFile }) => file.version === held.same_as)?.held;
  return same?.state === 'held' ? same.key : undefined;
};

const byStart = (a: StoredFile, b: StoredFile): number => {
  const [first, second] = [a, b].map(({ start, uuid, item }) => `${start} ${uuid} ${item}`);
  return (first ?? '') < (second ?? '') ? -1 : 1;
};
