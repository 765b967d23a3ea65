import type { SchemaElement } from 'hyparquet-writer';
import type { Columns, ColumnType } from '../normalize/tables.ts';

/** The schema of a Parquet file with these columns. Each may be absent, as an attribute of an event may. */
export const columnsToParquet = (columns: Columns): SchemaElement[] => {
  const fields = Object.entries(columns);
  return [
    { name: 'schema', num_children: fields.length },
    ...fields.flatMap(([name, type]) => elementsOf(name, type)),
  ];
};

type Scalar = Extract<ColumnType, string>;

const SCALARS: Readonly<Record<Scalar, Pick<SchemaElement, 'type' | 'converted_type'>>> = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  'timestamp-as-string': { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  int: { type: 'INT32' },
  long: { type: 'INT64' },
  boolean: { type: 'BOOLEAN' },
};

/** An element of the schema with those below it: the lists have the three levels that all readers know. */
const elementsOf = (name: string, type: ColumnType): SchemaElement[] => {
  const optional = { name, repetition_type: 'OPTIONAL' } as const;
  if (typeof type === 'string') return [{ ...optional, ...SCALARS[type] }];
  if ('array' in type) {
    return [
      { ...optional, converted_type: 'LIST', num_children: 1 },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      ...elementsOf('element', type.array),
    ];
  }
  const fields = Object.entries(type.struct);
  return [
    { ...optional, num_children: fields.length },
    ...fields.flatMap(([field, inner]) => elementsOf(field, inner)),
  ];
};
