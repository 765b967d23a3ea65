import { keyInVersion } from '../contract/object-keys.ts';
import type { Day } from '../model/day.ts';
import { SOURCE_NAME } from '../model/slice.ts';
import type { AnyStreamName } from '../model/stream.ts';
import { EVENTS_VIEW, type Table } from '../normalize/tables.ts';
import type { QueryTable } from './content-tables.ts';
import { columnTypeToDuckdb, literal, quoted } from './duckdb-type.ts';

/** The pattern of the objects of a table and stream under a folder: only our names, as in a bucket. */
export const objectPattern = (
  { format }: Pick<QueryTable, 'format'>,
  stream: AnyStreamName,
  version?: string,
): string => keyInVersion(`${format}/${stream}/source=*/dt=*/${stream}_????-??-??_??????.json.gz`, version);

/** The objects that a table is read from. */
export interface TableFiles {
  readonly table: QueryTable;
  /** The streams that have objects: for DuckDB, a pattern without a match is an error. */
  readonly streams: readonly AnyStreamName[];
  /** Only days from this one on. */
  readonly since?: Day | undefined;
  /** Only these sources. Default: all. */
  readonly sources?: readonly string[] | undefined;
  /** The label of a version that a replay wrote. Default: the delivered one. */
  readonly version?: string | undefined;
}

/** DuckDB accepts lines up to twice as long. A row of 8 MB can take 32 MB if a line contains it as escaped text. */
const MAXIMUM_OBJECT_SIZE = 32 * 1024 * 1024;

/** A delivered table as a view: every column by name and type, so that the columns do not depend on the data. */
export const tableToView = (root: string, files: TableFiles): string => {
  const { table, streams } = files;
  const selects = streams.map((stream) => streamToSelect(root, stream, files));
  return `CREATE VIEW ${quoted(table.name)} AS ${selects.join(' UNION ALL ') || emptySelect(table)}`;
};

const streamToSelect = (
  root: string,
  stream: AnyStreamName,
  { table, since, sources, version }: TableFiles,
): string => {
  const columns = Object.entries(table.columns).map(
    ([name, type]) => `${literal(name)}: ${literal(columnTypeToDuckdb(type))}`,
  );
  const selected = [
    ...Object.keys(table.columns).map(quoted),
    ...Object.keys(table.partitions).map((name) =>
      name === 'stream' ? `${literal(stream)} AS stream` : quoted(name),
    ),
  ];
  const path = `${withoutPatterns(root)}/${objectPattern(table, stream, version)}`;
  return (
    `SELECT ${selected.join(', ')} FROM read_json(${literal(path)}, format = 'newline_delimited', compression = 'gzip', ` +
    `maximum_object_size = ${MAXIMUM_OBJECT_SIZE}, ` +
    `columns = {${columns.join(', ')}}, hive_partitioning = true, hive_types = {'source': VARCHAR, 'dt': DATE})` +
    ` WHERE regexp_matches(source, ${literal(SOURCE_NAME.source)})` +
    (since === undefined ? '' : ` AND dt >= DATE ${literal(since)}`) +
    (sources === undefined ? '' : ` AND source IN (${sources.map(literal).join(', ')})`)
  );
};

/** A path without pattern characters. */
export const withoutPatterns = (path: string): string => path.replaceAll(/[*?[]/g, '[$&]');

const emptySelect = ({ columns, partitions }: QueryTable): string => {
  const nulls = Object.entries({ ...columns, ...partitions }).map(
    ([name, type]) => `CAST(NULL AS ${columnTypeToDuckdb(type)}) AS ${quoted(name)}`,
  );
  return `SELECT ${nulls.join(', ')} WHERE false`;
};

/** The view that makes one timeline of both streams. */
export const eventsToView = (): string =>
  `CREATE VIEW ${quoted(EVENTS_VIEW.name)} AS ${EVENTS_VIEW.tables.map(timelineOf).join(' UNION ALL ')}`;

const timelineOf = (table: Table): string => {
  const known = { ...table.columns, ...table.partitions };
  const columns = EVENTS_VIEW.columns.map((name) => {
    // From the table and not from its lines, so that a query about one stream does not read the other.
    if (name === 'stream') return `${literal(table.streams.join())} AS stream`;
    const type = known[name];
    if (type === undefined)
      return `CAST(NULL AS ${columnTypeToDuckdb(typeElsewhere(name))}) AS ${quoted(name)}`;
    if (type === 'timestamp-as-string') return `CAST(${quoted(name)} AS TIMESTAMP) AS ${quoted(name)}`;
    return quoted(name);
  });
  return `SELECT ${columns.join(', ')} FROM ${quoted(table.name)}`;
};

const typeElsewhere = (name: string) =>
  EVENTS_VIEW.tables.map(({ columns }) => columns[name]).find((type) => type !== undefined) ?? 'string';
