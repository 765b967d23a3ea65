import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import Table from 'cli-table3';
import { PLAIN } from './table-style.ts';
import { MAX_EVENTS } from '../shared/compact/compact-slice.ts';
import { DaySchema } from '../shared/model/day.ts';
import { buildClosedArchive } from './closed-archive.ts';
import type { Measured } from './measured.ts';

/**
 * The benefit and the cost of compaction: bytes read and time of three queries over Parquet and over the lines, and time and memory
 * of compacting the largest day. Arguments: rows a day, days, rows of the largest day.
 */
const ROWS_PER_DAY = Number(process.argv[2] ?? 5000);
const DAYS = Number(process.argv[3] ?? 30);
const LARGEST = Number(process.argv[4] ?? MAX_EVENTS);
const ROUNDS = 5;
const FIRST = DaySchema.parse('2026-10-01');

const QUERIES = [
  {
    name: 'single sign-on changes',
    stream: 'operation',
    sql: "SELECT event_time, actor_email, operation_detail FROM events WHERE area = 'sso' ORDER BY event_time",
  },
  {
    name: 'events by day and area',
    stream: 'operation',
    sql: 'SELECT dt, area, count(*) FROM events GROUP BY ALL ORDER BY ALL',
  },
  {
    name: "one person's networks",
    stream: 'activity',
    sql: "SELECT ip_address, count(*), max(event_time) FROM events WHERE actor_email LIKE 'ines.%' GROUP BY ALL ORDER BY ALL",
  },
] as const;

/** Column types, as in the tables, so that DuckDB reads no line twice to infer them. */
const LINES =
  "columns = {event_time: 'VARCHAR', actor_email: 'VARCHAR', area: 'VARCHAR', operation_detail: 'VARCHAR', ip_address: 'VARCHAR'}";

interface Cost {
  readonly bytes: number;
  readonly seconds: number;
}

/** Bytes that this process has read so far, counted by Linux, from disk or from memory. */
const bytesRead = (): number => Number(/^rchar: (\d+)/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);

const runQuery = async (
  duckdb: DuckDBConnection,
  from: string,
  sql: string,
): Promise<Cost & { response: string }> => {
  await duckdb.run(`CREATE OR REPLACE TEMP VIEW events AS FROM ${from}`);
  const [before, started] = [bytesRead(), process.hrtime.bigint()];
  const rows = (await duckdb.runAndReadAll(sql)).getRowsJson();
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  return { seconds, bytes: bytesRead() - before, response: JSON.stringify(rows) };
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Files, and their bytes, of one ending in a folder. */
const sizeOf = (folder: string, ending: string): { files: number; bytes: number } => {
  const sizes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
};

const compact = async (folder: string): Promise<Measured> => {
  const words = [join(import.meta.dirname, 'compact-day.ts'), folder];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return JSON.parse(output) as Measured;
};

const mb = (bytes: number): string => (bytes / 1e6).toFixed(2);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const folders: string[] = [];
const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'zoom-log-source-bench-'));
  folders.push(folder);
  return folder;
};

try {
  const archive = aFolder();
  const rows = await buildClosedArchive(archive, { first: FIRST, days: DAYS, rowsPerDay: ROWS_PER_DAY });
  await compact(archive);
  const [lines, files] = [
    sizeOf(join(archive, 'flat'), '.json.gz'),
    sizeOf(join(archive, 'curated'), '.parquet'),
  ];
  print(
    `${rows.toLocaleString('en-US')} events of ${DAYS} days, both streams, polled every five minutes: ${lines.files} objects of lines, ` +
      `${mb(lines.bytes)} MB; ${files.files} files, ${mb(files.bytes)} MB.\nMedians of ${ROUNDS} rounds in turn, by DuckDB.\n`,
  );

  const duckdb = await (await DuckDBInstance.create(':memory:')).connect();
  await duckdb.run('SET enable_external_file_cache = false'); // each round reads the files again
  const table = new Table({
    ...PLAIN,
    head: ['QUERY', 'MB: LINES', 'PARQUET', 'LINES / PARQUET', 'MS: LINES', 'PARQUET', 'LINES / PARQUET'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const { name, stream, sql } of QUERIES) {
    const ofLines: Cost[] = [];
    const ofParquet: Cost[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const glob = `${archive}/flat/${stream}/*/*/*.json.gz`;
      const line = await runQuery(
        duckdb,
        `read_json('${glob}', format = 'newline_delimited', ${LINES}, hive_partitioning = true)`,
        sql,
      );
      const parquet = await runQuery(
        duckdb,
        `read_parquet('${archive}/curated/${stream}/*/*/*.parquet', hive_partitioning = true)`,
        sql,
      );
      if (line.response !== parquet.response) throw new Error(`${name}: the answers differ`);
      ofLines.push(line);
      ofParquet.push(parquet);
    }
    const of = (costs: readonly Cost[], field: keyof Cost): number =>
      median(costs.map((cost) => cost[field]));
    const [bytes, fewer] = [of(ofLines, 'bytes'), of(ofParquet, 'bytes')];
    const [seconds, faster] = [of(ofLines, 'seconds'), of(ofParquet, 'seconds')];
    table.push([
      name,
      mb(bytes),
      mb(fewer),
      (bytes / fewer).toFixed(1),
      (seconds * 1000).toFixed(0),
      (faster * 1000).toFixed(0),
      (seconds / faster).toFixed(1),
    ]);
  }
  print(`${table.toString()}\n`);
  duckdb.closeSync();

  const largest = aFolder();
  await buildClosedArchive(largest, {
    first: FIRST,
    days: 1,
    rowsPerDay: LARGEST * 1.3,
    limit: LARGEST,
    operationShare: 1,
  });
  const delivered = sizeOf(join(largest, 'flat'), '.json.gz');
  const { rows: compacted, seconds, peakMb } = await compact(largest);
  print(
    `A day of ${compacted.toLocaleString('en-US')} operations in ${delivered.files} objects, ${mb(delivered.bytes)} MB: compacted in ` +
      `${seconds.toFixed(1)} s (${Math.round(compacted / seconds)} events/s), ${Math.round(peakMb)} MB at most, into ` +
      `${mb(sizeOf(join(largest, 'curated'), '.parquet').bytes)} MB.`,
  );
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
