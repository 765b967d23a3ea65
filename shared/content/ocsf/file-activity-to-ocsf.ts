import { eventIdOf } from '../../model/event-id.ts';
import type { ContentSlice } from '../../model/slice.ts';
import { cutText } from '../../model/well-formed.ts';
import type { OcsfVersion } from '../../normalize/index.ts';
import { OCSF_DIALECTS } from '../../normalize/ocsf-dialect.ts';
import { CONTENT_STREAMS } from '../content-streams.ts';
import type { CustodyRow } from '../custody-row.ts';
import type { FileActivity, FileActivityKind } from './file-activity.ts';
import {
  FILE_ACTIVITY_MAPPING,
  type FileActivityEvent,
  type FileObservable,
  type OcsfFile,
} from './file-activity-event.ts';

/** The origin of an event, in addition to its line of custody. */
export interface ActivityProvenance {
  readonly slice: ContentSlice;
  readonly accountId: string;
  /** When the line was committed. */
  readonly commitTime: Date;
}

/** Longer names and topics are cut: no release of OCSF needs them, and 1.1.0 limits texts. */
const LONGEST_NAME = 1024;

interface Activity {
  readonly id: 3 | 4 | 8;
  readonly name: 'Update' | 'Delete' | 'Restore';
  /** What happened, after the name of the file. */
  readonly words: string;
}

/** OCSF has one activity for both ways to delete. */
const ACTIVITIES: Readonly<Record<FileActivityKind, Activity>> = {
  trashed: { id: 4, name: 'Delete', words: 'was moved to the trash' },
  deleted: { id: 4, name: 'Delete', words: 'has left Zoom: two whole lists a day apart lack it' },
  recovered: { id: 8, name: 'Restore', words: 'is listed by Zoom again' },
  replaced: { id: 3, name: 'Update', words: 'was replaced by another version' },
  'replaced-before-held': { id: 3, name: 'Update', words: 'was replaced before it could be fetched' },
};

/** The event of an activity, in the release that the operator chose. */
export const fileActivityToOcsf = (
  activity: FileActivity,
  { slice, accountId, commitTime }: ActivityProvenance,
  version: OcsfVersion,
): FileActivityEvent => {
  const { kind, row, digest, time, file, held, replaced } = activity;
  const { id, name, words } = ACTIVITIES[kind];
  const { title, files } = CONTENT_STREAMS[slice.stream];
  const [before, after]: readonly [VersionStored, VersionStored?] = replaced ?? [{ file, held }];
  const subject = fileOf(before, version);
  const result = after && fileOf(after, version);
  const owner = files?.describeOwner(file) ?? 'an item';
  const hasResult = version !== '1.1.0';
  return {
    category_uid: 6,
    category_name: 'Application Activity',
    class_uid: 6006,
    class_name: 'File Hosting Activity',
    activity_id: id,
    activity_name: name,
    type_uid: 600_600 + id,
    type_name: `File Hosting Activity: ${name}`,
    severity_id: 1,
    severity: 'Informational',
    status_id: 1,
    status: 'Success',
    time: Date.parse(time),
    time_dt: time,
    timezone_offset: 0,
    message: `The ${cutText(file.fileType, LONGEST_NAME) || 'file'} of ${owner} ${words}.`,
    metadata: {
      version,
      uid: eventIdOf({ ...slice, digest, occurrence: 0 }),
      profiles: ['datetime'],
      product: { vendor_name: 'Zoom', name: 'Zoom', feature: { name: title } },
      log_provider: 'zoom-log-source',
      log_name: 'custody',
      event_code: kind,
      original_time: originalTimeOf(row, time),
      logged_time: commitTime.getTime(),
      tenant_uid: accountId,
      labels: ['area:content', `stream:${slice.stream}`],
    },
    actor: { user: { name: 'Unknown' } },
    src_endpoint: { name: 'Unknown' },
    file: subject,
    ...(result && hasResult && { file_result: result }),
    observables: [
      ...observablesOf('file', subject),
      ...(result && hasResult ? observablesOf('file_result', result) : []),
    ],
    raw_data: rawDataOf(row),
    unmapped: {
      mapping_version: FILE_ACTIVITY_MAPPING,
      item: row.item,
      meeting_uuid: file.uuid,
      file_type: file.fileType,
      recording_type: file.recordingType,
      topic: cutText(file.topic, LONGEST_NAME),
      concluded_at: row.at,
      ...(row.state === 'gone' && { evidence: row.evidence }),
      ...(held && { key: held.key }),
      ...(result && !hasResult && { file_result: result }),
    },
  };
};

/** A version, and where it is held if it is. */
type VersionStored = Pick<FileActivity, 'file' | 'held'>;

const fileOf = ({ file, held }: VersionStored, version: OcsfVersion): OcsfFile => {
  const size = held?.bytes ?? file.size;
  const name =
    held?.file_name ?? file.fileName ?? `${file.fileType.toLowerCase() || 'file'}.${file.extension}`;
  const email = file.hostEmail?.toLowerCase();
  return {
    name: cutText(name, LONGEST_NAME),
    type_id: 1,
    type: 'Regular File',
    uid: cutText(file.fileId ?? file.item, LONGEST_NAME),
    version: file.version,
    ...(size !== undefined && { size }),
    ...(held?.content_type !== undefined && { mime_type: cutText(held.content_type, LONGEST_NAME) }),
    ...(file.hostId !== '' && {
      owner: {
        uid: cutText(file.hostId, LONGEST_NAME),
        ...(email !== undefined && OCSF_DIALECTS[version].email.test(email) && { email_addr: email }),
      },
    }),
    ...(held && { hashes: [{ algorithm_id: 3, algorithm: 'SHA-256', value: held.sha256 }] }),
  };
};

const observablesOf = (path: string, { name, hashes, owner }: OcsfFile): FileObservable[] => [
  { name: `${path}.name`, type_id: 7, type: 'File Name', value: name },
  ...(hashes ?? []).map(({ value }, index): FileObservable => ({
    name: `${path}.hashes.${index}.value`,
    type_id: 8,
    type: 'Hash',
    value,
  })),
  ...(owner?.email_addr === undefined
    ? []
    : [
        {
          name: `${path}.owner.email_addr`,
          type_id: 5 as const,
          type: 'Email Address' as const,
          value: owner.email_addr,
        },
      ]),
];

/** The time as it stands in the line. */
const originalTimeOf = (row: CustodyRow, time: string): string => {
  const stated = row.state === 'gone' ? row.evidence.deleted_time : undefined;
  return stated !== undefined && time !== new Date(row.at).toISOString() ? stated : row.at;
};

/** The line of custody. The parts of a large file would make it too long for its readers. */
const rawDataOf = (row: CustodyRow): string => {
  if (row.state !== 'held') return JSON.stringify(row);
  return JSON.stringify({ ...row, parts: undefined });
};
