import {
  DuckDBArrayValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A value of DuckDB as JSON: instants as RFC 3339 in UTC, days as `YYYY-MM-DD`, other types as text. */
export const valueToJson = (value: DuckDBValue): Json => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue)
    return value.items.map(valueToJson);
  if (value instanceof DuckDBStructValue)
    return Object.fromEntries(
      Object.entries(value.entries).map(([name, field]) => [name, valueToJson(field)]),
    );
  if (value instanceof DuckDBMapValue)
    return value.entries.map(({ key, value: of }) => ({ key: valueToJson(key), value: valueToJson(of) }));
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue)
    return instantToJson(value);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  return String(value);
};

const MICROSECONDS = 1000n;

const instantToJson = (value: DuckDBTimestampValue | DuckDBTimestampTZValue): string => {
  const instant = new Date(Number(value.micros / MICROSECONDS));
  return value.isFinite && !Number.isNaN(instant.getTime()) ? instant.toISOString() : String(value);
};
