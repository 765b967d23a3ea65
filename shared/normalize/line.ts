import { toJson } from '../model/json-text.ts';
import type { FlatEvent } from './flat-event.ts';
import type { OcsfEvent } from './ocsf-event.ts';
import { withoutDetail, withoutRepeats } from './without-detail.ts';

/** Readers cut or refuse a line from here on. */
const TOO_LONG_BYTES = 256 * 1024;

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
