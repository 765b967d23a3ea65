import type { FlatEvent } from './flat-event.ts';
import type { OcsfEvent } from './ocsf-event.ts';
import { withoutDetail, withoutRepeats } from './without-detail.ts';

/** Readers cut or refuse a line from here on. */
const TOO_LONG_BYTES = 256 * 1024;

/**
 * A value as JSON. What JSON leaves bare but a reader may break lines at (U+0085, U+2028, U+2029: Python's `splitlines`
 * does) is escaped.
 */
export const toJson = (value: unknown): string => {
  const json = JSON.stringify(value);
  return hasLineBreak(json) ? json.replaceAll(EACH_LINE_BREAK, escaped) : json;
};

const LINE_BREAKS = /[\u0085\u2028\u2029]/;
const EACH_LINE_BREAK = /[\u0085\u2028\u2029]/g;
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Whether a reader may break the line within a text. */
export const hasLineBreak = (text: string): boolean => LINE_BREAKS.test(text);

/** A value as one line of an object: JSON and an LF. */
export const jsonToLine = (value: unknown): string => `${toJson(value)}\n`;

/**
 * An event as one line. One of 256 KiB or more loses what we read out of its detail, then what only repeats the row;
 * the row's own fields it keeps, however long they are.
 */
export const eventToLine = (event: FlatEvent | OcsfEvent): string => {
  const whole = jsonToLine(event);
  if (isShort(whole)) return whole;
  const lighter = withoutDetail(event);
  const line = jsonToLine(lighter);
  return isShort(line) ? line : jsonToLine(withoutRepeats(lighter));
};

/** Whether every reader takes the line. A UTF-16 unit takes at most three bytes of UTF-8, so most lines need no count. */
export const isShort = (line: string): boolean =>
  line.length * 3 < TOO_LONG_BYTES || Buffer.byteLength(line) < TOO_LONG_BYTES;
