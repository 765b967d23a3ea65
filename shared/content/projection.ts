import { GzipLines } from '../collect/log/gzip-lines.ts';
import { type LoggedRows, objectMetadata } from '../collect/log/slice-log.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { fileKey, objectKey } from '../contract/object-keys.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import { eventIdOf } from '../model/event-id.ts';
import { type IdentifiedRow, valueAt } from '../model/raw-row.ts';
import type { Slice } from '../model/slice.ts';
import { wellFormed } from '../model/well-formed.ts';
import { typeOfFile } from './file-type.ts';
import { fileOfRow } from './recording-rows.ts';

/** The version of the flat lines of content. */
export const CONTENT_MAPPING = 1;

/**
 * Writes the flat lines of one raw object under its own name: a pure function of the object, so that any collector may repeat it.
 * A flat line names the key of its file before the file is fetched; whether it is held stands in custody/.
 */
export const project = async (
  store: Pick<ObjectStore, 'create'>,
  slice: Slice<ContentStreamName>,
  { sequence, commitTime, rows }: LoggedRows,
  accountId: string,
): Promise<void> => {
  const lines = new GzipLines();
  for (const row of rows) {
    const line = toFlat(slice, row, accountId, commitTime);
    const compressing = lines.add(`${JSON.stringify(wellFormed(line))}\n`);
    if (compressing) await compressing;
  }
  const body = await lines.end(commitTime);
  const times = rows.map(({ time }) => time);
  await store.create(objectKey('flat', slice, sequence), body, objectMetadata('flat', times));
};

/** A row of content as a flat line: the envelope, and the fields that a person asks for. Passcodes and addresses are left out. */
export const toFlat = (
  slice: Slice<ContentStreamName>,
  { row, digest, time }: IdentifiedRow,
  accountId: string,
  commitTime: Date,
): Record<string, unknown> => ({
  event_id: eventIdOf({ ...slice, digest, occurrence: 0 }),
  time,
  ingest_time: commitTime.toISOString(),
  source: slice.source,
  account_id: accountId,
  stream: slice.stream,
  mapping_version: CONTENT_MAPPING,
  ...FLAT[slice.stream](slice, row),
});

const FLAT: Readonly<
  Record<ContentStreamName, (slice: Slice<ContentStreamName>, row: unknown) => Record<string, unknown>>
> = {
  person: (_slice, row) => ({
    person_id: valueAt(row, 'id'),
    email: valueAt(row, 'email'),
    display_name: valueAt(row, 'display_name'),
    first_name: valueAt(row, 'first_name'),
    last_name: valueAt(row, 'last_name'),
    status: valueAt(row, 'status'),
    type: valueAt(row, 'type'),
    dept: valueAt(row, 'dept'),
    group_ids: valueAt(row, 'group_ids'),
  }),
  meeting: (_slice, row) => ({
    kind: valueAt(row, 'kind'),
    meeting_uuid: valueAt(row, 'meeting_uuid'),
    meeting_id: valueAt(row, 'row.meeting_id'),
    topic: valueAt(row, 'row.topic'),
    host_email: valueAt(row, 'row.host_email'),
    start_time: valueAt(row, 'row.start_time'),
    end_time: valueAt(row, 'row.end_time'),
    participant_name: valueAt(row, 'row.name'),
    participant_email: valueAt(row, 'row.user_email'),
    join_time: valueAt(row, 'row.join_time'),
    leave_time: valueAt(row, 'row.leave_time'),
  }),
  recording: (slice, row) => {
    const file = fileOfRow(row);
    return {
      kind: valueAt(row, 'kind'),
      meeting_uuid: valueAt(row, 'meeting.uuid'),
      meeting_id: valueAt(row, 'meeting.id'),
      topic: valueAt(row, 'meeting.topic'),
      host_id: valueAt(row, 'meeting.host_id'),
      host_email: valueAt(row, 'meeting.host_email'),
      trashed: valueAt(row, 'trashed') === true,
      ...(file && {
        file_id: file.fileId,
        file_type: file.fileType,
        content_type: typeOfFile(file.fileType),
        recording_type: file.recordingType,
        file_size: file.size,
        item: file.item,
        version: file.version,
        key: fileKey(slice, file.item, file.version, file.extension),
      }),
    };
  },
};
