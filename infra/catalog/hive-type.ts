import type { Columns, ColumnType, Table } from '../../shared/normalize/tables.ts';

/** A column of a table in Glue. */
export interface GlueColumn {
  readonly name: string;
  readonly type: string;
}

const SCALARS: Readonly<Record<Extract<ColumnType, string>, string>> = {
  string: 'string',
  'timestamp-as-string': 'string',
  int: 'int',
  long: 'bigint',
  boolean: 'boolean',
};

/** A type in Hive's syntax, which Glue uses. */
export const typeToHive = (type: ColumnType): string => {
  if (typeof type === 'string') return SCALARS[type];
  if ('array' in type) return `array<${typeToHive(type.array)}>`;
  const fields = Object.entries(type.struct).map(([name, inner]) => `${name}:${typeToHive(inner)}`);
  return `struct<${fields.join(',')}>`;
};

export const columnsToGlue = (columns: Columns): GlueColumn[] =>
  Object.entries(columns).map(([name, type]) => ({ name, type: typeToHive(type) }));

/** The columns that Athena gets from a key: the types have the same names in Hive. */
export const partitionsToGlue = (partitions: Table['partitions']): GlueColumn[] =>
  Object.entries(partitions).map(([name, type]) => ({ name, type }));
