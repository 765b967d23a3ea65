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
import { downloadObjects } from '../query/download-objects.ts';
import { assertUndamaged, CUT_OFF_BYTES } from '../query/damaged-objects.ts';
import { type QueryResult, Database } from '../query/database.ts';
import { objectPattern, type TableFiles } from '../query/duckdb-views.ts';

export type { QueryResult } from '../query/database.ts';
export type { Json } from '../query/value-to-json.ts';
export { type Detection, type Level, LEVELS, readDetections } from '../query/detection.ts';
export { readBuiltInQueries } from '../query/read-built-in-queries.ts';
export type { BuiltInQuery } from '../query/built-in-query.ts';

/** The days before today that are brought out of a bucket, unless said otherwise: as many as the ready questions look at. */
export const DEFAULT_DAYS = 30;

export interface ArchiveOptions {
  /** The folder that events were delivered to, or `s3://bucket/prefix`. */
  readonly out: string;
  /** The first day to look at. */
  readonly since?: Day | undefined;
  /** Only the events of these sources; of all unless said otherwise. */
  readonly sources?: readonly string[] | undefined;
  /** `current_date` is its day. */
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** On the way to a bucket. */
  readonly proxies?: Proxies | undefined;
  readonly signal: AbortSignal;
}

export interface QueryOptions extends ArchiveOptions {
  readonly sql: string;
}

/** Asks one question in SQL. */
export type RunQuery = (sql: string) => Promise<QueryResult>;

/** Asks delivered events a question in SQL, and hands over the answer. Throws as `openForQueries` does. */
export const queryArchive = (
  { sql, ...options }: QueryOptions,
  consume: (queryResult: QueryResult) => Promise<void>,
): Promise<void> => openForQueries(options, sql, async (runQuery) => consume(await runQuery(sql)));

/**
 * Opens delivered events for questions about the tables whose names stand in `tables`. DuckDB reads a folder where it lies; out of a
 * bucket the objects of these tables are brought into a temporary folder, which is removed again: DuckDB's own way to S3 is an
 * extension that it would fetch when it runs. Throws ConfigurationError for whatever is wrong with folder, bucket or SQL, and
 * CorruptObjectError for an object that is damaged.
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
  { since, sources, clock, signal }: ArchiveOptions,
  use: (runQuery: RunQuery) => Promise<void>,
): Promise<void> => {
  const files = await Promise.all(TABLES.map((table) => filesOf(root, table, { since, sources })));
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

/** Whether DuckDB refused something, and says of no line of the SQL that it is wrong. */
const mayBeDamage = (error: unknown): boolean =>
  error instanceof ConfigurationError && error.reason === 'sql' && !/^LINE \d+:/m.test(error.message);

const filesOf = async (
  root: string,
  table: Table,
  only: Pick<TableFiles, 'since' | 'sources'>,
): Promise<TableFiles> => {
  const found = await Promise.all(table.streams.map((stream) => hasFile(root, objectPattern(table, stream))));
  return { table, streams: table.streams.filter((_, index) => found[index]), ...only };
};

const hasFile = async (root: string, pattern: string): Promise<boolean> => {
  for await (const _ of glob(pattern, { cwd: root })) return true;
  return false;
};

const downloadFromBucket = async (root: string, sql: string, options: ArchiveOptions): Promise<void> => {
  const { out, clock, signal } = options;
  // Only now, so that a laptop without AWS doesn't load its SDK.
  const { openBucket, openBucketArchive } = await import('./aws-resources.ts');
  await openBucketArchive(out, options);
  const store = openBucket(out, options);
  const today = dayOf(clock.now());
  const since = options.since ?? addDays(today, -DEFAULT_DAYS);
  const folders = tablesIn(sql).flatMap(({ format, streams }) =>
    streams.map((stream) => ({ format, stream })),
  );
  const days = daysBetween(since, today);
  const sources = options.sources ?? (await listSources(store));
  await downloadObjects(store, { folders, sources, days }, root, signal);
};

/** Says what to do where the disk is too small for what a question reads; any other error stays what it is. */
const noRoom = (error: unknown): unknown =>
  ['ENOSPC', 'EDQUOT'].includes(codeOf(error))
    ? new ConfigurationError(
        'folder-full',
        `No space is left in ${tmpdir()} for the objects that the question reads. Ask for fewer days with --since, or name another ` +
          `folder in TMPDIR.`,
        { cause: error },
      )
    : error;

/** The formats of the tables whose names stand in a text of SQL. */
export const formatsIn = (sql: string): Format[] => [...new Set(tablesIn(sql).map(({ format }) => format))];

/** The tables whose names stand in a text of SQL: maybe one too many, never one too few. */
const tablesIn = (sql: string): Table[] => {
  const text = sql.toLowerCase();
  const inTimeline: readonly Table[] = text.includes(EVENTS_VIEW.name) ? EVENTS_VIEW.tables : [];
  return TABLES.filter((table) => text.includes(table.name) || inTimeline.includes(table));
};
