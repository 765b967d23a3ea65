import type { ColumnType } from '../../shared/normalize/tables.ts';

/** A column of a view, with its type in the syntax of the tables. */
export interface ViewColumn {
  readonly name: string;
  readonly type: ColumnType | 'date';
}

/** The form in which Athena stores a view in Glue: its definition, as JSON in Base64. */
export const prestoView = (sql: string, database: string, columns: readonly ViewColumn[]): string => {
  const definition = {
    originalSql: sql,
    catalog: 'awsdatacatalog',
    schema: database,
    columns: columns.map(({ name, type }) => ({ name, type: typeToPresto(type) })),
  };
  return `/* Presto View: ${Buffer.from(JSON.stringify(definition)).toString('base64')} */`;
};

/** In a view a time is a timestamp, not a text. */
const SCALARS: Readonly<Record<Extract<ColumnType, string> | 'date', string>> = {
  string: 'varchar',
  'timestamp-as-string': 'timestamp(3)',
  int: 'integer',
  long: 'bigint',
  boolean: 'boolean',
  date: 'date',
};

const typeToPresto = (type: ColumnType | 'date'): string => {
  if (typeof type === 'string') return SCALARS[type];
  if ('array' in type) return `array(${typeToPresto(type.array)})`;
  const fields = Object.entries(type.struct).map(([name, inner]) => `"${name}" ${typeToPresto(inner)}`);
  return `row(${fields.join(', ')})`;
};
