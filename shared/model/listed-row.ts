import { isNumberText, parseKeepingNumbers } from './json-numbers.ts';
import { type JsonExtent, measureJson, toJson, withoutBlanks, withoutLineBreaks } from './json-text.ts';

/** One row of a report exactly as Zoom sent it: usually an object with string fields, but any JSON value is kept. */
export type RawRow = unknown;

/** A row as it was listed: its value and its original text. */
export interface ListedRow {
  /** For a repeated name in an object the last value, as in every JSON parser; numbers as in `parseKeepingNumbers`. */
  readonly row: RawRow;
  /** Its text on one line, as in the raw log. Numbers, strings and repeated names are as Zoom wrote them. */
  readonly json: string;
  /** Whether one of its objects repeats a name, so that `json` contains more than `row`. */
  readonly repeatsName: boolean;
}

/** A row nested deeper than this is kept as text. */
export const MAX_NESTING = 100;

/** A row longer than this is kept as text. */
export const MAX_ROW_BYTES = 8_000_000;

/**
 * In a row of more numbers than this, numbers are doubles, and only its text has them as they were written: a number with its
 * text takes some fifty times the memory.
 */
const MOST_NUMBERS = 1000;

/** A row of more objects and lists than this is kept as text: each takes up to twenty times the memory of its text. */
export const MAX_CONTAINERS = 100_000;

/** A UTF-16 unit takes at most three bytes of UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

/** Whether a text takes more bytes of UTF-8 than that. */
const isLonger = (text: string, bytes: number): boolean =>
  text.length > bytes || (text.length * MAX_BYTES_PER_UNIT > bytes && Buffer.byteLength(text) > bytes);

/** A value as a row that was listed. */
export const toListedRow = (row: RawRow): ListedRow => ({ row, json: toJson(row), repeatsName: false });

/**
 * A row from its text. A row that is too long or nested too deep to process becomes a JSON string that contains the text: such
 * a row is not an object, and is handled like all others that are not. Throws a SyntaxError for invalid JSON.
 */
export const textToListedRow = (text: string, extent: JsonExtent): ListedRow =>
  isKeptAsText(text, extent) ? toListedRow(text) : parsed(text, extent);

/** Whether a row is kept only as text, and never parsed. */
const isKeptAsText = (text: string, { nesting, containers }: JsonExtent): boolean =>
  nesting > MAX_NESTING || containers > MAX_CONTAINERS || isLonger(text, MAX_ROW_BYTES);

/** The problem of a line of the raw log; the collector never writes such a line. */
export type LineProblem = 'is not JSON' | 'is nested over 100 deep';

/** Reads a line of the raw log back. */
export const lineToListedRow = (line: string): ListedRow | LineProblem => {
  const extent = measureJson(line, 0);
  if (extent?.end !== line.length) return 'is not JSON';
  if (extent.nesting > MAX_NESTING) return 'is nested over 100 deep';
  try {
    return parsed(line, extent);
  } catch {
    return 'is not JSON';
  }
};

const parsed = (text: string, { hasBlanks, digitRuns, containers, names }: JsonExtent): ListedRow => {
  const json = withoutLineBreaks(hasBlanks ? withoutBlanks(text) : text);
  const keepsNumbers = digitRuns > 0 && digitRuns <= MOST_NUMBERS;
  const row: unknown = keepsNumbers ? parseKeepingNumbers(json) : JSON.parse(json);
  return { row, json, repeatsName: names > 0 && countNames(row, containers === 1) < names };
};

/** The names of fields in all objects of a value; `isFlat` if it is one object without others in it. */
const countNames = (value: unknown, isFlat: boolean): number => {
  if (typeof value !== 'object' || value === null || isNumberText(value)) return 0;
  if (isFlat) return Object.keys(value).length;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + countNames(item, false), 0);
  const inner = Object.values(value) as unknown[];
  return inner.reduce((sum: number, item) => sum + countNames(item, false), inner.length);
};
