import { readEventTime } from '../model/event-time.ts';
import { fieldsOf, type RawRow } from '../model/raw-row.ts';
import type { StreamName } from '../model/stream.ts';
import { wellFormed } from '../model/well-formed.ts';
import { parseActivity } from './parse-activity.ts';
import { parseOperation } from './parse-operation.ts';
import type { ParsedRow, ParsedStreamRow } from './parsed-row.ts';

const READERS: Readonly<Record<StreamName, (row: ParsedRow['row']) => ParsedStreamRow>> = {
  operation: parseOperation,
  activity: parseActivity,
};

/**
 * Parses a row. Undefined if it can't become an event: it is not an object, or has no readable time. Every text and name of
 * a parsed row is well-formed UTF-16, and so are those of events; raw objects keep the original.
 */
export const parseRow = (stream: StreamName, row: RawRow): ParsedRow | undefined => {
  const fields = wellFormed(fieldsOf(row));
  if (!fields) return undefined;
  const time = readEventTime(fields['time']);
  return time && { stream, row: fields, time, ...READERS[stream](fields) };
};
