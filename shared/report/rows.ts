import type { QueryResult } from '../query/database.ts';
import type { Json } from '../query/value-to-json.ts';

/** Runs one query over the delivered events. */
export type RunQuery = (sql: string) => Promise<QueryResult>;

/** A row of a result, by the names of its columns. */
export type Row = Readonly<Record<string, Json>>;

/** All rows of a query. */
export const readRows = async (runQuery: RunQuery, sql: string): Promise<Row[]> => {
  const { columns, rows } = await runQuery(sql);
  const read: Row[] = [];
  for await (const values of rows)
    read.push(Object.fromEntries(columns.map((name, index) => [name, values[index] ?? null])));
  return read;
};

/** A value as text; empty if it is null. */
export const textIn = (row: Row | undefined, name: string): string => {
  const value = row?.[name] ?? '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** A value as a number; 0 if it is null. */
export const countIn = (row: Row | undefined, name: string): number => Number(row?.[name] ?? 0);

/** The first rows of a longer list. */
export interface FirstRows<T> {
  readonly rows: readonly T[];
  /** Of the whole list. */
  readonly total: number;
}

/** The rows that a table of the page shows. */
export const TABLE_ROWS = 25;

/** The rows of a query with a limit, whose column `total` counts the rows without it. */
export const firstRows = <T>(rows: readonly Row[], toItem: (row: Row) => T): FirstRows<T> => ({
  rows: rows.map(toItem),
  total: countIn(rows[0], 'total'),
});
