import { CURATED_TABLES, REVISION } from '../../shared/compact/curated-tables.ts';
import type { StreamName } from '../../shared/model/stream.ts';
import { type ColumnType, EVENTS_VIEW, type Table } from '../../shared/normalize/tables.ts';
import { FIRST_DAY } from './projection.ts';

export interface EventsViewProps {
  /** The names of all sources. */
  readonly sources: readonly string[];
  /** Whether closed days are written as Parquet: then they are read from there, otherwise from their lines. */
  readonly compaction: boolean;
}

/** The timeline of both streams in Athena's SQL. Each day of a source is read from one place only. */
export const eventsViewSql = ({ sources, compaction }: EventsViewProps): string => {
  const streams = EVENTS_VIEW.tables.map((table) => ({ table, stream: streamOf(table) }));
  if (!compaction) return streams.map(({ table }) => selectFrom(table, table.name)).join('\nUNION ALL\n');
  const names = [
    `days AS (${everyDay(sources)}\n)`,
    ...streams.flatMap(({ stream }) => [
      `${stream}_compacted AS (${compactedDays(stream)}\n)`,
      `${stream}_open AS (${openDays(stream)}\n)`,
    ]),
  ];
  const parts = streams.flatMap(({ table, stream }) => [
    `${selectFrom(table, CURATED_TABLES[stream].name)}\nJOIN ${stream}_compacted AS c ON c.source = t.source AND c.dt = t.dt AND c.${REVISION} = t.${REVISION}`,
    `${selectFrom(table, table.name)}\nJOIN ${stream}_open AS o ON o.source = t.source AND o.dt = t.dt`,
  ]);
  return `WITH\n${names.join(',\n')}\n${parts.join('\nUNION ALL\n')}`;
};

/** A type of the timeline's columns; undefined for a column that none of its tables has. */
export const eventsViewType = (column: string): ColumnType | 'date' | undefined => {
  for (const { columns, partitions } of EVENTS_VIEW.tables) {
    const type = columns[column] ?? partitions[column];
    if (type !== undefined) return type;
  }
  return undefined;
};

const streamOf = ({ name, streams }: Table): StreamName => {
  const [stream] = streams;
  if (stream === undefined) throw new TypeError(`${name} reads no stream`);
  return stream;
};

/** The columns of the timeline from one table; missing ones are null. */
const selectFrom = ({ columns, partitions }: Table, name: string): string =>
  `SELECT\n${EVENTS_VIEW.columns
    .map((column) => `  ${expressionFor(column, columns[column] ?? partitions[column])} AS ${column}`)
    .join(',\n')}\nFROM ${name} AS t`;

const expressionFor = (column: string, type: ColumnType | 'date' | undefined): string => {
  if (type === undefined) return 'NULL';
  // Hive has no time zones, and a view must have Hive's types: UTC, without a zone.
  return type === 'timestamp-as-string'
    ? `CAST(from_iso8601_timestamp(t.${column}) AS timestamp)`
    : `t.${column}`;
};

/** Every day that the tables can have of every source. */
const everyDay = (sources: readonly string[]): string => `
  SELECT s.source AS source, CAST(d.day AS date) AS dt
  FROM UNNEST(ARRAY[${sources.map((source) => `'${source}'`).join(', ')}]) AS s (source)
  CROSS JOIN UNNEST(sequence(DATE '${FIRST_DAY}', current_date + INTERVAL '1' DAY, INTERVAL '1' DAY)) AS d (day)`;

/** The days that have a file, each with the newest. */
const compactedDays = (stream: StreamName): string => `
  SELECT source, dt, max(${REVISION}) AS ${REVISION}
  FROM ${CURATED_TABLES[stream].name}
  GROUP BY source, dt`;

/**
 * All other days. Expressed by the included days, not the excluded ones: an engine can prune partitions by the other side of
 * a join, but not of an anti-join.
 */
const openDays = (stream: StreamName): string => `
  SELECT d.source AS source, d.dt AS dt
  FROM days AS d
  LEFT JOIN ${stream}_compacted AS c ON c.source = d.source AND c.dt = d.dt
  WHERE c.dt IS NULL`;
