import { hash } from 'node:crypto';
import { SliceLog } from '../collect/log/slice-log.ts';
import type { ObjectStore } from '../collect/ports.ts';
import type { ContentType } from '../model/content-config.ts';
import type { Day } from '../model/day.ts';
import { fieldsOf } from '../model/raw-row.ts';
import { typeOfFile } from './file-type.ts';
import { isGone, readSliceFiles } from './slice-files.ts';
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

/** What is known and held of a range of days. Files are counted by version. */
export interface Holdings {
  readonly meetings: number;
  readonly recordings: number;
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
  const recordings = new Set<string>();
  const lines: string[] = [];
  const failed: FailedVersion[] = [];
  const states = { held: 0, failed: 0, skipped: 0, processing: 0, pending: 0 };
  let [sameAs, bytes, gone, meetings] = [0, 0, 0, 0];
  for (const day of days) {
    meetings += await countMeetings(store, source, day);
    const { items } = await readSliceFiles(store, { source, stream: 'recording', day });
    for (const item of items.values()) {
      const newest = item.versions.at(-1)?.file;
      if (!newest || (hosts && !hosts.has(newest.hostId))) continue;
      recordings.add(newest.uuid);
      if (isGone(item)) gone += 1;
      for (const version of versionsOf(item)) {
        const { held, failures, file } = version;
        states[stateOf(version)] += 1;
        if (held?.state === 'same-as') sameAs += 1;
        if (held?.state === 'held') {
          bytes += held.bytes;
          lines.push(`${held.key} ${held.sha256}\n`);
        }
        const failure = held ? undefined : failures.at(-1);
        if (!failure) continue;
        const { reason, message, final } = failure;
        const { topic, fileType } = file;
        failed.push({
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
  }
  return {
    meetings,
    recordings: recordings.size,
    files: Object.values(states).reduce((sum, count) => sum + count, 0),
    held: lines.length,
    sameAs,
    bytes,
    filesDigest: hash('sha256', lines.sort().join(''), 'hex'),
    failed,
    skipped: states.skipped,
    processing: states.processing,
    pending: states.pending,
    gone,
  };
};

const countMeetings = async (store: ObjectStore, source: string, day: Day): Promise<number> => {
  const log = await SliceLog.open(store, { source, stream: 'meeting', day });
  const uuids = new Set<unknown>();
  for (const { sequence } of log.objects) {
    for (const { row } of (await log.read(sequence)).rows) {
      const { kind, meeting_uuid: uuid } = fieldsOf(row) ?? {};
      if (kind === 'meeting') uuids.add(uuid);
    }
  }
  return uuids.size;
};
