import type { Columns, ColumnType } from '../normalize/tables.ts';

/**
 * An event as a row of a table. A row of Zoom's may bring anything under a name of a column: a text column takes it as JSON,
 * as it does where the lines are queried; any other takes nothing but its own type.
 */
export const eventToRow = (
  event: Readonly<Record<string, unknown>>,
  columns: Columns,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, fitted(event[name], type)]));

const fitted = (value: unknown, type: ColumnType): unknown => {
  if (value === undefined || value === null) return undefined;
  if (typeof type === 'string') return FIT[type](value);
  if ('array' in type)
    return Array.isArray(value) ? value.map((item) => fitted(item, type.array)) : undefined;
  return typeof value === 'object' && !Array.isArray(value)
    ? eventToRow(value as Record<string, unknown>, type.struct)
    : undefined;
};

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const FIT: Readonly<Record<Extract<ColumnType, string>, (value: unknown) => unknown>> = {
  string: asText,
  'timestamp-as-string': asText,
  int: (value) => (Number.isInteger(value) && Math.abs(value as number) < 2 ** 31 ? value : undefined),
  long: (value) => (Number.isSafeInteger(value) ? BigInt(value as number) : undefined),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
};
