import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll } from '@jest/globals';
import type { Columns, ColumnType } from '../../shared/normalize/tables.ts';

const opened: DuckDBConnection[] = [];

/** Runs a query and returns its rows with JSON values. */
export type Prompt = (sql: string) => Promise<Record<string, unknown>[]>;

/** A new DuckDB in UTC, closed after the tests of the file. */
export const aDuckdb = async (): Promise<Prompt> => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  opened.push(connection);
  await connection.run("SET TimeZone = 'UTC'");
  return async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
};

/** A table over lines of JSON, with the given column types for any content. */
export const linesTable = (files: string, columns: Columns): string => {
  const types = Object.entries(columns).map(([name, type]) => `'${name}': '${typeOf(type)}'`);
  return `read_json('${files}', format = 'newline_delimited', columns = {${types.join(', ')}}, hive_partitioning = true)`;
};

const SCALARS: Readonly<Record<Extract<ColumnType, string>, string>> = {
  string: 'VARCHAR',
  'timestamp-as-string': 'VARCHAR',
  int: 'INTEGER',
  long: 'BIGINT',
  boolean: 'BOOLEAN',
};

const typeOf = (type: ColumnType): string => {
  if (typeof type === 'string') return SCALARS[type];
  if ('array' in type) return `${typeOf(type.array)}[]`;
  const fields = Object.entries(type.struct).map(([name, inner]) => `"${name}" ${typeOf(inner)}`);
  return `STRUCT(${fields.join(', ')})`;
};

afterAll(() => opened.forEach((connection) => connection.closeSync()));
