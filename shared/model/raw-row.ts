import { hash } from 'node:crypto';
import { formatEventTime } from './event-time.ts';
import { isNumberText, withPlainNumbers } from './json-numbers.ts';
import { type ListedRow, type RawRow, toListedRow } from './listed-row.ts';
import { STREAMS, type StreamName } from './stream.ts';

export type { ListedRow, RawRow } from './listed-row.ts';

/** SHA-256 of a row's canonical form, in lower-case hex: rows with one digest are copies of each other. */
export type RowDigest = string;

/** A row with its identity. */
export interface IdentifiedRow extends ListedRow {
  readonly digest: RowDigest;
  readonly canonical: string;
  /** The row's time as RFC 3339 in UTC with milliseconds; empty if it has no readable one. */
  readonly time: string;
}

/** The fields of a row, if it is an object. */
export const fieldsOf = (row: RawRow): Readonly<Record<string, unknown>> | undefined =>
  typeof row === 'object' && row !== null && !Array.isArray(row) && !isNumberText(row)
    ? (row as Record<string, unknown>)
    : undefined;

/** The row's time, read once, as RFC 3339; empty if it has none. */
const timeOf = (row: RawRow): string => formatEventTime(fieldsOf(row)?.['time']) ?? '';

/**
 * The canonical form of a row: only its documented fields (a field that Zoom adds later must not change every id), in
 * alphabetical order, without absent and null ones, with the time normalized. A row that is not an object is its own canonical
 * form. Numbers are compared by value (`withPlainNumbers`).
 */
export const canonicalRow = (stream: StreamName, row: RawRow, time = timeOf(row)): string => {
  const fields = fieldsOf(row);
  if (!fields) return JSON.stringify(withPlainNumbers(row));

  const canonical: Record<string, unknown> = {};
  for (const name of STREAMS[stream].identityFields) {
    const value = fields[name];
    if (value === undefined || value === null) continue;
    if (typeof value === 'string') canonical[name] = name === 'time' && time !== '' ? time : value;
    else canonical[name] = withPlainNumbers(value);
  }
  return JSON.stringify(canonical);
};

/** The digest of a canonical row. */
export const digestOf = (canonical: string): RowDigest => hash('sha256', canonical, 'hex');

/** Identifies a row that was listed. */
export const identifyListed = (stream: StreamName, { row, json, repeatsName }: ListedRow): IdentifiedRow => {
  const time = timeOf(row);
  const own = canonicalRow(stream, row, time);
  const canonical = own === json ? json : own; // avoids a second copy of a long one
  return { row, json, repeatsName, canonical, digest: digestOf(canonical), time };
};

/** Identifies a row that is available as a value. */
export const identify = (stream: StreamName, row: RawRow): IdentifiedRow =>
  identifyListed(stream, toListedRow(row));

/** Whether a row can become an event: it is an object with a readable time. */
export const isPlaced = ({ time }: IdentifiedRow): boolean => time !== '';

/** The order of rows within an object: by time, then by canonical form. Rows without a readable time come first. */
export const byTimeThenCanonical = (a: IdentifiedRow, b: IdentifiedRow): number =>
  compareText(a.time, b.time) || compareText(a.canonical, b.canonical);

/** Orders texts by code unit: the same on every machine, in any locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The value under a path such as `meeting.uuid`; undefined if there is none. */
export const valueAt = (row: RawRow, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => fieldsOf(value)?.[name], row);

/** The text under a path; empty for anything else. */
export const textAt = (row: RawRow, path: string): string => {
  const value = valueAt(row, path);
  return typeof value === 'string' ? value : '';
};
