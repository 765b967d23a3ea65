import type { Columns, ColumnType } from '../../shared/normalize/tables.ts';

/** The columns that a table over these records needs: one for every field of any record. */
export const columnsOf = (records: readonly object[]): Columns => {
  const values = new Map<string, unknown[]>();
  for (const record of records)
    for (const [name, value] of Object.entries(record)) {
      const found = values.get(name);
      if (found) found.push(value);
      else values.set(name, [value]);
    }
  return Object.fromEntries([...values].map(([name, found]) => [name, typeOf(found)]));
};

const typeOf = (values: readonly unknown[]): ColumnType => {
  if (values.every(Array.isArray)) return { array: typeOf(values.flat()) };
  if (values.every((value) => typeof value === 'object' && value !== null))
    return { struct: columnsOf(values) };
  return 'string';
};

/** Names and nesting only: a record does not show whether a text is a time, or a number needs 64 bits. */
export const withoutTypes = (columns: Columns): object =>
  Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, shapeOf(type)]));

const shapeOf = (type: ColumnType): unknown => {
  if (typeof type === 'string') return 'scalar';
  return 'array' in type ? [shapeOf(type.array)] : withoutTypes(type.struct);
};

/** The values of a record that do not fit their columns, by path. Fields without a column are ignored. */
export const misfits = (record: object, columns: Columns, path = ''): string[] =>
  Object.entries(record).flatMap(([name, value]) => {
    const type = columns[name];
    return type === undefined ? [] : misfitsOf(value, type, path === '' ? name : `${path}.${name}`);
  });

const misfitsOf = (value: unknown, type: ColumnType, path: string): string[] => {
  if (typeof type === 'string')
    return SCALARS[type](value) ? [] : [`${path}: ${JSON.stringify(value)} is no ${type}`];
  if ('array' in type)
    return Array.isArray(value)
      ? value.flatMap((item, index) => misfitsOf(item, type.array, `${path}[${index}]`))
      : [`${path}: ${JSON.stringify(value)} is no list`];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${path}: ${JSON.stringify(value)} is no struct`];
  const unnamed = Object.keys(value).filter((name) => !(name in type.struct));
  return [...unnamed.map((name) => `${path}.${name}: has no column`), ...misfits(value, type.struct, path)];
};

const SCALARS: Readonly<Record<Extract<ColumnType, string>, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  'timestamp-as-string': (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  int: (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31,
  long: Number.isSafeInteger,
  boolean: (value) => typeof value === 'boolean',
};
