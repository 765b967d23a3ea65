import { hash } from 'node:crypto';
import type { ObjectStore } from '../collect/ports.ts';
import type { ContentType } from '../model/content-config.ts';
import { CONTENT_STREAM_NAMES, type ContentStreamName } from '../model/content-stream.ts';
import type { Day } from '../model/day.ts';
import type { RawRow } from '../model/raw-row.ts';
import type { ContentSlice } from '../model/slice.ts';
import { openRows } from './content-log.ts';
import { CONTENT_STREAMS } from './content-streams.ts';
import { typeOfFile } from './file-type.ts';
import { type FileItem, isGone, readSliceFiles } from './slice-files.ts';
import { stateOf, versionsOf } from './stored-files.ts';

/** A version of a file that could not be fetched. */
export interface FailedVersion {
  readonly day: Day;
  readonly item: string;
  readonly version: string;
  readonly type: ContentType;
  readonly topic: string;
  readonly reason: string;
  readonly message: string;
  /** Whether it will not be tried again. */
  readonly final: boolean;
}

/** What there is of a stream, as people count it. */
export interface FoundSubjects {
  readonly stream: ContentStreamName;
  /** Such as meetings; undefined if they were not listed. */
  readonly subjects: number | undefined;
  /** Their files, with the sum of the sizes; undefined for a stream without files. */
  readonly files: { readonly count: number; readonly bytes: number } | undefined;
}

/** The numbers of subjects under their names in JSON. */
export const subjectCounts = (found: readonly FoundSubjects[]): Record<string, number | undefined> =>
  Object.fromEntries(
    found.map(({ stream, subjects }) => [CONTENT_STREAMS[stream].subjects?.field ?? stream, subjects]),
  );

/** What is known and held of a range of days. Files are counted by version. */
export interface Holdings {
  readonly found: readonly FoundSubjects[];
  readonly files: number;
  readonly held: number;
  readonly sameAs: number;
  readonly bytes: number;
  /** SHA-256 over the sorted lines `key sha256` of all files that are held. */
  readonly filesDigest: string;
  readonly failed: readonly FailedVersion[];
  readonly skipped: number;
  readonly processing: number;
  /** Ready and wanted, but not fetched. */
  readonly pending: number;
  /** Files that have left Zoom. */
  readonly gone: number;
}

/** Reads what is stored of some days of a source: of everyone, or of the recordings of some hosts. */
export const readHoldings = async (
  store: ObjectStore,
  source: string,
  days: readonly Day[],
  hosts?: ReadonlySet<string>,
): Promise<Holdings> => {
  const tally = new Tally();
  const found: FoundSubjects[] = [];
  for (const stream of CONTENT_STREAM_NAMES) {
    const { subjects, files } = CONTENT_STREAMS[stream];
    if (!subjects) continue;
    const seen = new Set<unknown>();
    const before = { count: tally.files, bytes: tally.bytes };
    for (const day of days) {
      const slice = { source, stream, day };
      if (subjects.of !== 'files') await addSubjects(store, slice, subjects.of, seen);
      if (!files) continue;
      for (const item of (await readSliceFiles(store, slice)).items.values()) {
        const newest = item.versions.at(-1)?.file;
        if (!newest || (hosts && files.isOfHost && !hosts.has(newest.hostId))) continue;
        if (subjects.of === 'files') seen.add(newest.uuid);
        tally.add(day, item);
      }
    }
    found.push({
      stream,
      subjects: seen.size,
      files: files && { count: tally.files - before.count, bytes: tally.bytes - before.bytes },
    });
  }
  return { found, ...tally.totals() };
};

/** Adds the subjects of the rows of a slice. */
const addSubjects = async (
  store: ObjectStore,
  slice: ContentSlice,
  subjectOf: (row: RawRow) => unknown,
  seen: Set<unknown>,
): Promise<void> => {
  const log = await openRows(store, slice);
  for (const { sequence } of log.objects) {
    for (const { row } of (await log.read(sequence)).rows) {
      const subject = subjectOf(row);
      if (subject !== undefined) seen.add(subject);
    }
  }
};

/** Adds up files by what became of their versions. */
class Tally {
  /** Of the files that are held. */
  bytes = 0;
  readonly #lines: string[] = [];
  readonly #failed: FailedVersion[] = [];
  readonly #states = { held: 0, failed: 0, skipped: 0, processing: 0, pending: 0 };
  #sameAs = 0;
  #gone = 0;

  add(day: Day, item: FileItem): void {
    if (isGone(item)) this.#gone += 1;
    for (const version of versionsOf(item)) {
      const { held, failures, file } = version;
      this.#states[stateOf(version)] += 1;
      if (held?.state === 'same-as') this.#sameAs += 1;
      if (held?.state === 'held') {
        this.bytes += held.bytes;
        this.#lines.push(`${held.key} ${held.sha256}\n`);
      }
      const failure = held ? undefined : failures.at(-1);
      if (!failure) continue;
      const { reason, message, final } = failure;
      const { topic, fileType } = file;
      this.#failed.push({
        day,
        item: item.item,
        version: file.version,
        type: typeOfFile(fileType),
        topic,
        reason,
        message,
        final,
      });
    }
  }

  get files(): number {
    return Object.values(this.#states).reduce((sum, count) => sum + count, 0);
  }

  totals(): Omit<Holdings, 'found'> {
    const { skipped, processing, pending } = this.#states;
    return {
      files: this.files,
      held: this.#lines.length,
      sameAs: this.#sameAs,
      bytes: this.bytes,
      filesDigest: hash('sha256', this.#lines.sort().join(''), 'hex'),
      failed: this.#failed,
      skipped,
      processing,
      pending,
      gone: this.#gone,
    };
  }
}
