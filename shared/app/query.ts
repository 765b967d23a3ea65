import { glob, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { listSources } from '../collect/state/pinned-account.ts';
import type { Clock } from '../collect/ports.ts';
import { ConfigurationError } from '../errors.ts';
import { codeOf } from '../local/folder-failures.ts';
import { FolderStore } from '../local/folder-store.ts';
import { addDays, type Day, daysBetween, dayOf } from '../model/day.ts';
import type { Proxies } from '../model/proxies.ts';
import type { Format } from '../normalize/index.ts';
import { EVENTS_VIEW, type Table, TABLES } from '../normalize/tables.ts';
import { CONTENT_TABLES, type QueryTable } from '../query/content-tables.ts';
import { downloadObjects } from '../query/download-objects.ts';
import { assertUndamaged, CUT_OFF_BYTES } from '../query/damaged-objects.ts';
import { type QueryResult, Database } from '../query/database.ts';
import { objectPattern, type TableFiles } from '../query/duckdb-views.ts';

export type { QueryResult } from '../query/database.ts';
export type { Json } from '../query/value-to-json.ts';
export { type Detection, type Level, LEVELS, readDetections } from '../query/detection.ts';
export { readBuiltInQueries, readContentQueries } from '../query/read-built-in-queries.ts';
export type { BuiltInQuery } from '../query/built-in-query.ts';

/** The default number of days before today that are downloaded from a bucket: as many as the built-in queries read. */
export const DEFAULT_DAYS = 30;

export interface ArchiveOptions {
  /** The folder that events were delivered to, or `s3://bucket/prefix`. */
  readonly out: string;
  /** The first day to read. */
  readonly since?: Day | undefined;
  /** Only the events of these sources. Default: all. */
  readonly sources?: readonly string[] | undefined;
  /** The label of a version that a replay wrote. Default: the delivered one. */
  readonly version?: string | undefined;
  /** `current_date` is its day. */
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** The proxies for a bucket. */
  readonly proxies?: Proxies | undefined;
  readonly signal: AbortSignal;
}

export interface QueryOptions extends ArchiveOptions {
  readonly sql: string;
}

/** Runs one query. */
export type RunQuery = (sql: string) => Promise<QueryResult>;

/** Runs a query over delivered events, and passes on the result. Throws as `openForQueries` does. */
export const queryArchive = (
  { sql, ...options }: QueryOptions,
  consume: (queryResult: QueryResult) => Promise<void>,
): Promise<void> => openForQueries(options, sql, async (runQuery) => consume(await runQuery(sql)));

/**
 * Opens delivered events for queries of the tables that `tables` names. DuckDB reads a folder in place. From a bucket, the objects
 * of these tables are downloaded into a temporary folder, which is removed at the end: DuckDB's S3 support is an extension that
 * it would download at run time. Throws ConfigurationError for any problem of folder, bucket or SQL, and CorruptObjectError for
 * an object that is damaged.
 */
export const openForQueries = async (
  options: ArchiveOptions,
  tables: string,
  use: (runQuery: RunQuery) => Promise<void>,
): Promise<void> => {
  if (!options.out.startsWith('s3://')) {
    await FolderStore.openExisting(options.out);
    await openFolder(resolve(options.out), tables, options, use);
    return;
  }
  const root = await mkdtemp(join(tmpdir(), 'zoom-log-source-'));
  try {
    await downloadFromBucket(root, tables, options).catch((error: unknown) => {
      throw noRoom(error);
    });
    await openFolder(root, tables, options, use);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
};

const openFolder = async (
  root: string,
  tables: string,
  { since, sources, version, clock, signal }: ArchiveOptions,
  use: (runQuery: RunQuery) => Promise<void>,
): Promise<void> => {
  const files = await Promise.all(
    ALL_TABLES.map((table) => filesOf(root, table, { since, sources, version: versionOf(table, version) })),
  );
  const named = tablesIn(tables);
  const read = files.filter(({ table }) => named.includes(table));
  await assertUndamaged(root, read, CUT_OFF_BYTES);
  const database = await Database.open({ root, files, today: dayOf(clock.now()) });
  try {
    await use((sql) => database.query(sql, signal));
  } catch (error) {
    if (mayBeDamage(error)) await assertUndamaged(root, read, Infinity);
    throw error;
  } finally {
    database.close();
  }
};

/** Whether DuckDB refused something without naming a line of the SQL. */
const mayBeDamage = (error: unknown): boolean =>
  error instanceof ConfigurationError && error.reason === 'sql' && !/^LINE \d+:/m.test(error.message);

const filesOf = async (
  root: string,
  table: QueryTable,
  only: Pick<TableFiles, 'since' | 'sources' | 'version'>,
): Promise<TableFiles> => {
  const found = await Promise.all(
    table.streams.map((stream) => hasFile(root, objectPattern(table, stream, only.version))),
  );
  return { table, streams: table.streams.filter((_, index) => found[index]), ...only };
};

const hasFile = async (root: string, pattern: string): Promise<boolean> => {
  for await (const _ of glob(pattern, { cwd: root })) return true;
  return false;
};

const downloadFromBucket = async (root: string, sql: string, options: ArchiveOptions): Promise<void> => {
  const { out, clock, signal, version } = options;
  // Imported late, so that a laptop without AWS doesn't load its SDK.
  const { openBucket, openBucketArchive } = await import('./aws-resources.ts');
  await openBucketArchive(out, options);
  const store = openBucket(out, options);
  const today = dayOf(clock.now());
  const since = options.since ?? addDays(today, -DEFAULT_DAYS);
  const days = daysBetween(since, today);
  const sources = options.sources ?? (await listSources(store));
  for (const [label, tables] of Map.groupBy(tablesIn(sql), (table) => versionOf(table, version))) {
    const folders = tables.flatMap(({ format, streams }) => streams.map((stream) => ({ format, stream })));
    await downloadObjects(store, { folders, sources, days, version: label }, root, signal);
  }
};

/** Adds a remedy to the error of a disk that is too small for the objects of a query; other errors are unchanged. */
const noRoom = (error: unknown): unknown =>
  ['ENOSPC', 'EDQUOT'].includes(codeOf(error))
    ? new ConfigurationError(
        'folder-full',
        `No space is left in ${tmpdir()} for the objects that the question reads. Ask for fewer days with --since, or name another ` +
          `folder in TMPDIR.`,
        { cause: error },
      )
    : error;

/** The formats of the tables of the logs that a text of SQL names. */
export const formatsIn = (sql: string): Format[] => [
  ...new Set(tablesIn(sql).flatMap((table) => (isOfLogs(table) ? [table.format] : []))),
];

const isOfLogs = (table: QueryTable): table is Table => TABLES.some((one) => one === table);

const ALL_TABLES: readonly QueryTable[] = [...TABLES, ...CONTENT_TABLES];

/** A replay writes versions of the logs alone. */
const versionOf = (table: QueryTable, version: string | undefined): string | undefined =>
  isOfLogs(table) ? version : undefined;

/** The tables that a text of SQL names: possibly too many, never too few. */
const tablesIn = (sql: string): QueryTable[] => {
  const text = sql.toLowerCase();
  const inTimeline: readonly QueryTable[] = text.includes(EVENTS_VIEW.name) ? EVENTS_VIEW.tables : [];
  return ALL_TABLES.filter((table) => text.includes(table.name) || inTimeline.includes(table));
};
