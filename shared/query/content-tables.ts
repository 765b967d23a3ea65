import type { AnyStreamName } from '../model/stream.ts';
import type { Columns, Table } from '../normalize/tables.ts';

/** A table that DuckDB can query: of the logs, or of content. */
export interface QueryTable extends Pick<Table, 'name' | 'columns' | 'partitions'> {
  /** The first part of the keys of its objects. */
  readonly format: Table['format'] | 'custody';
  readonly streams: readonly AnyStreamName[];
}

const PARTITIONS = { source: 'string', dt: 'date' } as const;

/** The envelope of a flat line of content. */
const ENVELOPE: Columns = {
  event_id: 'string',
  time: 'timestamp-as-string',
  ingest_time: 'timestamp-as-string',
  account_id: 'string',
};

const flatTable = (name: string, stream: AnyStreamName, columns: Columns): QueryTable => ({
  name,
  format: 'flat',
  streams: [stream],
  columns: { ...ENVELOPE, ...columns },
  partitions: PARTITIONS,
});

/** Content as DuckDB queries it. `dt` is the UTC day of the meeting, of the message, or of the list of people. */
export const CONTENT_TABLES: readonly QueryTable[] = [
  flatTable('zoom_people', 'person', {
    person_id: 'string',
    email: 'string',
    display_name: 'string',
    status: 'string',
    dept: 'string',
    group_ids: { array: 'string' },
  }),
  flatTable('zoom_meetings', 'meeting', {
    kind: 'string',
    meeting_uuid: 'string',
    meeting_id: 'string',
    topic: 'string',
    host_email: 'string',
    start_time: 'string',
    end_time: 'string',
    participant_name: 'string',
    participant_email: 'string',
    join_time: 'string',
    leave_time: 'string',
  }),
  flatTable('zoom_recordings', 'recording', {
    kind: 'string',
    meeting_uuid: 'string',
    meeting_id: 'string',
    topic: 'string',
    host_id: 'string',
    host_email: 'string',
    trashed: 'boolean',
    file_id: 'string',
    file_type: 'string',
    content_type: 'string',
    recording_type: 'string',
    file_size: 'long',
    item: 'string',
    version: 'string',
    key: 'string',
  }),
  flatTable('zoom_chat', 'chat_message', {
    kind: 'string',
    message_id: 'string',
    text: 'string',
    session_id: 'string',
    session_name: 'string',
    session_type: 'string',
    sender_email: 'string',
    sender_name: 'string',
    reply_to: 'string',
    action_time: 'timestamp-as-string',
    in_scope_by: { array: 'string' },
    files: { array: { struct: { file_id: 'string', name: 'string', key: 'string' } } },
  }),
  {
    name: 'zoom_custody',
    format: 'custody',
    streams: ['recording', 'chat_message'],
    columns: {
      state: 'string',
      at: 'timestamp-as-string',
      item: 'string',
      version: 'string',
      zoom: { struct: { uuid: 'string', file_id: 'string', file_type: 'string', file_size: 'long' } },
      key: 'string',
      bytes: 'long',
      sha256: 'string',
      same_as: 'string',
      reason: 'string',
      message: 'string',
      final: 'boolean',
      ordinal: 'int',
      evidence: {
        struct: {
          kind: 'string',
          deleted_time: 'string',
          first_absent_at: 'timestamp-as-string',
          absent_again_at: 'timestamp-as-string',
        },
      },
      because: 'string',
      hold: 'string',
    },
    partitions: { stream: 'string', ...PARTITIONS },
  },
];
