import { STREAM_NAMES, type StreamName } from '../row-store.ts';

/** The fields that Zoom documents for a row. They identify it, because rows have no id. */
export const IDENTITY_FIELDS: Readonly<Record<StreamName, readonly string[]>> = {
  operation: ['time', 'operator', 'category_type', 'action', 'operation_detail'],
  activity: ['email', 'time', 'type', 'ip_address', 'client_type', 'version'],
};

/** Equal for equal rows of a stream. A field that is null and one that is absent are the same. */
export type RowKey = string & { readonly __brand: 'RowKey' };

export const keyOf = (stream: StreamName, row: object): RowKey =>
  JSON.stringify([
    stream,
    ...IDENTITY_FIELDS[stream].map((field) => (row as Record<string, unknown>)[field] ?? null),
  ]) as RowKey;

/** The content of a delivered line: a row of Zoom, a row that Zoom did not have, or neither. */
export type IdentifyResult =
  { readonly kind: 'row'; readonly key: RowKey } | { readonly kind: 'invented' } | { readonly kind: 'other' };

const MAX_DEPTH = 5;
/** Limits the cost of a line to its length, however deeply it nests. */
const MAX_OBJECTS = 500;

/**
 * Finds the row that a line delivers: the line itself, or the first object within it, outer ones first, that has the identity
 * of a row in `known`. A string that is a JSON object counts as that object. Other fields may surround it.
 */
export const findRow = (line: string, known: ReadonlySet<RowKey>): IdentifyResult => {
  let looksLikeRow = false;
  for (const candidate of objectsIn(parsed(line))) {
    for (const stream of STREAM_NAMES) {
      const key = keyOf(stream, candidate);
      if (known.has(key)) return { kind: 'row', key };
    }
    looksLikeRow ||= STREAM_NAMES.some((stream) => resembles(stream, candidate));
  }
  return { kind: looksLikeRow ? 'invented' : 'other' };
};

/** A row whose time or text was changed still has most of its fields. */
const resembles = (stream: StreamName, candidate: object): boolean =>
  'time' in candidate && IDENTITY_FIELDS[stream].filter((field) => field in candidate).length >= 3;

/** The objects in a value, outer ones first. */
function* objectsIn(value: unknown): Generator<object> {
  let level = [value];
  let objects = 0;
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth += 1) {
    const next: unknown[] = [];
    for (const one of level) {
      const candidate = typeof one === 'string' && one.startsWith('{') ? parsed(one) : one;
      if (typeof candidate !== 'object' || candidate === null) continue;
      objects += 1;
      if (objects > MAX_OBJECTS) return;
      if (!Array.isArray(candidate)) yield candidate;
      for (const inner of Object.values(candidate)) next.push(inner);
    }
    level = next;
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
