import { toJson } from '../model/json-text.ts';
import { wellFormed } from '../model/well-formed.ts';
import type { FlatEvent } from './flat-event.ts';
import type { OcsfEvent } from './ocsf-event.ts';
import { withShortCopies } from './short-copies.ts';
import { withoutDetail } from './without-detail.ts';

/** Readers truncate or reject a line of this size or more. */
const TOO_LONG_BYTES = 256 * 1024;

/** A value as one line of an object: JSON and an LF. */
export const jsonToLine = (value: unknown): string => `${toJson(value)}\n`;

/** Limits of texts that repeat a part of the row, for a line that is too long: tried in this order; the last if none suffices. */
const COPY_LENGTHS = [16_384, 4096, 1024, 256] as const;

/**
 * An event as one line. One of 256 KiB or more loses the fields parsed from its detail. If that is not enough, the texts that
 * repeat a part of the row are truncated, as little as necessary. The row's own fields are never truncated: such a line can be
 * longer than some readers accept.
 */
export const eventToLine = (anyEvent: FlatEvent | OcsfEvent): string => {
  // Texts of a parsed row are well-formed; the account's id is not one of them.
  const event = wellFormed(anyEvent);
  const whole = jsonToLine(event);
  if (isShort(whole)) return whole;
  const lighter = withoutDetail(event);
  let line = jsonToLine(lighter);
  for (const longest of COPY_LENGTHS) {
    if (isShort(line)) return line;
    line = jsonToLine(withShortCopies(lighter, longest));
  }
  return line;
};

/** Whether every reader accepts the line. A UTF-16 unit takes at most three bytes of UTF-8, so most lines need no count. */
export const isShort = (line: string): boolean =>
  line.length * 3 < TOO_LONG_BYTES || Buffer.byteLength(line) < TOO_LONG_BYTES;
