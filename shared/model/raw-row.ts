import { hash } from 'node:crypto';
import { spellEventTime } from './event-time.ts';
import { STREAMS, type StreamName } from './stream.ts';

/** One row of a report exactly as Zoom sent it: by every account an object with string fields, but any JSON value is kept. */
export type RawRow = unknown;

/** SHA-256 of a row's canonical form, in lower-case hex: rows with one digest are copies of each other. */
export type RowDigest = string;

/** A row with what makes it that row. */
export interface IdentifiedRow {
  readonly row: RawRow;
  readonly digest: RowDigest;
  readonly canonical: string;
  /** The row's time as RFC 3339 in UTC with milliseconds; empty if it has no readable one. */
  readonly time: string;
}

/** The fields of a row, if it is an object. */
export const fieldsOf = (row: RawRow): Readonly<Record<string, unknown>> | undefined =>
  typeof row === 'object' && row !== null && !Array.isArray(row)
    ? (row as Record<string, unknown>)
    : undefined;

/** The row's time, read once, as RFC 3339; empty if it has none. */
const timeOf = (row: RawRow): string => spellEventTime(fieldsOf(row)?.['time']) ?? '';

/**
 * What makes a row that row: its documented fields alone (a field that Zoom adds later must not change every id), in
 * alphabetical order, absent and null left out, the time spelled one way. A row that is no object stands for itself.
 */
export const canonicalRow = (stream: StreamName, row: RawRow, time = timeOf(row)): string => {
  const fields = fieldsOf(row);
  if (!fields) return JSON.stringify(row);

  const canonical: Record<string, unknown> = {};
  for (const name of STREAMS[stream].identityFields) {
    const value = fields[name];
    if (value === undefined || value === null) continue;
    canonical[name] = name === 'time' && time !== '' ? time : value;
  }
  return JSON.stringify(canonical);
};

/** The digest of a canonical row. */
export const digestOf = (canonical: string): RowDigest => hash('sha256', canonical, 'hex');

export const identify = (stream: StreamName, row: RawRow): IdentifiedRow => {
  const time = timeOf(row);
  const canonical = canonicalRow(stream, row, time);
  return { row, canonical, digest: digestOf(canonical), time };
};

/** Whether a row can be placed in time, and so be an event: it is an object with a readable time. */
export const isPlaced = ({ time }: IdentifiedRow): boolean => time !== '';

/** The order of rows within an object: by time, then by canonical form. Rows without a readable time come first. */
export const byTimeThenCanonical = (a: IdentifiedRow, b: IdentifiedRow): number =>
  compareText(a.time, b.time) || compareText(a.canonical, b.canonical);

/** Orders texts by code unit: the same on every machine, whatever its language. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
