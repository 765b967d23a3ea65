import type { ObjectStore } from '../collect/ports.ts';
import { type LogForm, SliceLog } from '../collect/log/slice-log.ts';
import { formatEventTime } from '../model/event-time.ts';
import { withPlainNumbers } from '../model/json-numbers.ts';
import { toDate } from '../model/epoch-time.ts';
import type { ListedRow, RawRow } from '../model/listed-row.ts';
import { digestOf, fieldsOf, type IdentifiedRow, valueAt } from '../model/raw-row.ts';
import type { ContentSlice } from '../model/slice.ts';
import { CONTENT_STREAMS } from './content-streams.ts';
import type { RowIdentity } from './streams/definition.ts';

/** Identifies a row of a slice of content. A row without a time of its own has the start of its day. */
export const identifyContent = ({ stream, day }: ContentSlice, row: ListedRow): IdentifiedRow =>
  identifyBy(CONTENT_STREAMS[stream].identity, row, `${day}T00:00:00.000Z`);

/** Identifies a row by some fields. A row without a readable time has `otherwise`, as RFC 3339. */
export const identifyBy = (
  { fields, volatile, time: times }: RowIdentity,
  { row, json, repeatsName }: ListedRow,
  otherwise: string,
): IdentifiedRow => {
  const omitted = new Set(volatile);
  const canonical = JSON.stringify(
    fields.flatMap((path) => {
      const value = valueAt(row, path);
      return value === undefined || value === null
        ? []
        : [[path, inNameOrder(withPlainNumbers(value), path, omitted)]];
    }),
  );
  const time = times.map((path) => toTime(valueAt(row, path))).find((found) => found !== undefined);
  return { row, json, repeatsName, canonical, digest: digestOf(canonical), time: time ?? otherwise };
};

/** A time as RFC 3339: from a text, or from milliseconds since 1970. */
const toTime = (value: unknown): string | undefined =>
  typeof value === 'object' || typeof value === 'number'
    ? toDate(value)?.toISOString()
    : formatEventTime(value);

/** A value whose objects have their fields in alphabetical order, without those whose paths are omitted. */
const inNameOrder = (value: unknown, path: string, omitted: ReadonlySet<string>): unknown => {
  if (Array.isArray(value)) return value.map((element) => inNameOrder(element, `${path}[]`, omitted));
  const fields = fieldsOf(value);
  if (!fields) return value;
  return Object.fromEntries(
    Object.keys(fields)
      .sort()
      .filter((name) => !omitted.has(`${path}.${name}`))
      .map((name) => [name, inNameOrder(fields[name], `${path}.${name}`, omitted)]),
  );
};

/** The log of what Zoom sent about a stream of content. */
export const CONTENT_RAW: LogForm<ContentSlice> = { root: 'raw', identify: identifyContent };

/** The rows of a slice, oldest object first. */
export const readRows = async (store: ObjectStore, slice: ContentSlice): Promise<RawRow[]> => {
  const log = await openRows(store, slice);
  const rows: RawRow[] = [];
  for (const { sequence } of log.objects) {
    for (const { row } of (await log.read(sequence)).rows) rows.push(row);
  }
  return rows;
};

/** Opens the log of the rows of a slice. Throws as `SliceLog.open` does. */
export const openRows = <S extends ContentSlice>(store: ObjectStore, slice: S): Promise<SliceLog<S>> =>
  SliceLog.openAs(CONTENT_RAW, store, slice);
