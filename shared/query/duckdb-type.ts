import type { ColumnType } from '../normalize/tables.ts';

/** A column's type in DuckDB. */
export const columnTypeToDuckdb = (type: ColumnType | 'date'): string => {
  if (typeof type === 'string') return SCALARS[type];
  if ('array' in type) return `${columnTypeToDuckdb(type.array)}[]`;
  const fields = Object.entries(type.struct).map(
    ([name, field]) => `${quoted(name)} ${columnTypeToDuckdb(field)}`,
  );
  return `STRUCT(${fields.join(', ')})`;
};

const SCALARS: Readonly<Record<Extract<ColumnType, string> | 'date', string>> = {
  string: 'VARCHAR',
  'timestamp-as-string': 'VARCHAR',
  int: 'INTEGER',
  long: 'BIGINT',
  boolean: 'BOOLEAN',
  date: 'DATE',
};

/** A quoted name: `time`, `user` and `group` are keywords of SQL. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A text as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
