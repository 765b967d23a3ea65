/** Properties of a JSON value's text that are measured without parsing: in one pass, with almost no memory. */
export interface JsonExtent {
  /** The index after its last character. */
  readonly end: number;
  /** The deepest nesting of objects and arrays; 0 for a string, a number or a literal. */
  readonly nesting: number;
  /** Objects and arrays in it, itself included. */
  readonly containers: number;
  /** Names of fields in all of its objects, repeated ones counted again. */
  readonly names: number;
  /** Whether there is white space between its tokens. */
  readonly hasBlanks: boolean;
  /** Runs of digits: as many as its numbers, or more (`1.5` has two). */
  readonly digitRuns: number;
}

const [TAB, LF, CR, BLANK] = [0x09, 0x0a, 0x0d, 0x20];
const [QUOTE, COMMA, ZERO, NINE, COLON] = [0x22, 0x2c, 0x30, 0x39, 0x3a];
const [BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

const isBlank = (code: number): boolean => code === BLANK || code === LF || code === CR || code === TAB;

/** The first index from `start` on without white space. */
export const skipBlanks = (text: string, start: number): number => {
  let index = start;
  while (isBlank(text.charCodeAt(index))) index += 1;
  return index;
};

/**
 * Finds where the value that begins at `start` ends; undefined if it does not end in this text. The value need not be valid:
 * the result is exact for text that JSON.parse accepts, and unspecified for any other.
 */
export const measureJson = (text: string, start: number): JsonExtent | undefined => {
  let [depth, nesting, containers, names, digitRuns, lastDigit] = [0, 0, 0, 0, 0, -2];
  let hasBlanks = false;
  for (let index = start; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      index = endOfString(text, index);
      if (index === -1) return undefined;
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      depth += 1;
      containers += 1;
      nesting = Math.max(nesting, depth);
      continue;
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      depth -= 1;
    } else if (code === COLON) {
      names += 1;
    } else if (isBlank(code)) {
      hasBlanks = true;
    } else if (code >= ZERO && code <= NINE) {
      if (lastDigit !== index - 1) digitRuns += 1;
      lastDigit = index;
    }
    if (depth === 0 && isEnd(text, index, code)) {
      return { end: index + 1, nesting, containers, names, digitRuns, hasBlanks };
    }
  }
  return undefined;
};

/** Whether a value at the top level ends at `index`: with its quote or bracket, or after the last character of a number or literal. */
const isEnd = (text: string, index: number, code: number): boolean => {
  if (code === QUOTE || code === CLOSE_OBJECT || code === CLOSE_ARRAY) return true;
  const next = text.charCodeAt(index + 1);
  return (
    Number.isNaN(next) || next === COMMA || next === CLOSE_ARRAY || next === CLOSE_OBJECT || isBlank(next)
  );
};

/** The index of the quote that ends the string which begins at `start`; -1 if none does. */
const endOfString = (text: string, start: number): number => {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
};

/** Whether an odd number of backslashes precedes it. */
const isEscaped = (text: string, index: number): boolean => {
  let backslashes = 0;
  while (text.charCodeAt(index - 1 - backslashes) === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
};

/** A JSON text without white space between its tokens. Numbers and strings are unchanged. */
export const withoutBlanks = (text: string): string => {
  const parts: string[] = [];
  let from = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      const end = endOfString(text, index);
      if (end === -1) break;
      index = end;
    } else if (isBlank(code)) {
      if (index > from) parts.push(text.slice(from, index));
      from = index + 1;
    }
  }
  parts.push(text.slice(from));
  return parts.join('');
};

/** Characters that JSON does not escape but at which a reader may break lines (as Python's `splitlines` does). */
const LINE_BREAKS = ['\u0085', '\u2028', '\u2029'];
const EACH_LINE_BREAK = /[\u0085\u2028\u2029]/g;

/** Whether a reader may break a text into several lines. */
export const hasLineBreak = (text: string): boolean => LINE_BREAKS.some((one) => text.includes(one));

/** A JSON text with each of these characters in its strings escaped. */
export const withoutLineBreaks = (json: string): string =>
  hasLineBreak(json) ? json.replaceAll(EACH_LINE_BREAK, escaped) : json;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The value of a JSON text; undefined if it is not JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A value as JSON that no reader breaks into lines. */
export const toJson = (value: unknown): string => withoutLineBreaks(JSON.stringify(value));

/** A piece of a text that is longer than this is most of the text, and is not copied. */
const LONG_PIECE = 1_000_000;

/** A copy of a text: a piece of a longer text keeps the longer one in memory. */
export const detached = (text: string): string =>
  text.length > LONG_PIECE ? text : Buffer.from(text).toString();
