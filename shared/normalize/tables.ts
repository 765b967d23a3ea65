import { STREAMS, type StreamName } from '../model/stream.ts';
import { type Columns, schemaToColumns } from './column-type.ts';
import { type Envelope, EnvelopeSchema } from './flat-event.ts';
import type { Format } from './format.ts';
import { OcsfEventSchema } from './ocsf-event.ts';

export type { Columns, ColumnType } from './column-type.ts';

/** A table over delivered objects, with the same name in every engine. Its columns are derived from the schemas of the records. */
export interface Table {
  readonly name: string;
  readonly format: Format;
  /** The format whose objects it reads. */
  readonly streams: readonly StreamName[];
  /** The fields of the lines. */
  readonly columns: Columns;
  /** The parts of the object keys, in the order of the key. */
  readonly partitions: Readonly<Record<string, 'string' | 'date'>>;
}

const SOURCE_AND_DAY = { source: 'string', dt: 'date' } as const;

/** Envelope fields that a stream never has: only operations have a detail, only sign-ins an address. */
const LACKING: Readonly<Record<StreamName, readonly (keyof Envelope)[]>> = {
  operation: ['any_ip_addresses'],
  activity: [
    'category',
    'verb',
    'target_type',
    'target_name',
    'target_email',
    'target_emails',
    'controls',
    'weakened',
    'unlocked',
    'detail',
  ],
};

/** Rows may have undocumented fields: these remain in the lines, but are not columns. */
const flatColumns = (stream: StreamName): Columns => {
  const envelope = Object.entries(schemaToColumns(EnvelopeSchema));
  const lacking: readonly string[] = LACKING[stream];
  return Object.fromEntries([
    ...envelope.filter(([name]) => !lacking.includes(name)),
    ...STREAMS[stream].identityFields.map((name) => [name, 'string'] as const),
  ]);
};

const flatTable = (stream: StreamName): Table => ({
  name: `zoom_${stream}`,
  format: 'flat',
  streams: [stream],
  columns: flatColumns(stream),
  partitions: SOURCE_AND_DAY,
});

/** Every event of one stream as a flat line. */
export const OPERATION_TABLE: Table = flatTable('operation');
export const ACTIVITY_TABLE: Table = flatTable('activity');

/**
 * Every event of both streams as an OCSF line; the folder of the stream is its first partition. `unmapped` is not a column:
 * its fields differ from row to row, and `raw_data` has them all.
 */
export const OCSF_TABLE: Table = {
  name: 'zoom_ocsf',
  format: 'ocsf',
  streams: ['operation', 'activity'],
  columns: schemaToColumns(OcsfEventSchema),
  partitions: { stream: 'string', ...SOURCE_AND_DAY },
};

export const TABLES: readonly Table[] = [OPERATION_TABLE, ACTIVITY_TABLE, OCSF_TABLE];

/**
 * Both streams as one timeline: these columns of each flat table, partitions included, or null where a table lacks one.
 * A `timestamp-as-string` of a table is a timestamp (without time zone, in UTC) here.
 */
export const EVENTS_VIEW = {
  name: 'zoom_events',
  tables: [OPERATION_TABLE, ACTIVITY_TABLE],
  columns: [
    'event_id',
    'event_time',
    'ingest_time',
    'source',
    'dt',
    'stream',
    'event_type',
    'area',
    'category',
    'verb',
    'actor_email',
    'actor_name',
    'target_type',
    'target_name',
    'target_email',
    'target_emails',
    'controls',
    'weakened',
    'unlocked',
    'ip_address',
    'client_type',
    'operation_detail',
    'detail',
  ],
} as const;
