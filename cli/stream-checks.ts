import type { StreamCheck } from '../shared/connect/check-streams.ts';
import { STREAMS } from '../shared/model/stream.ts';
import { printable } from './text.ts';

/** One line per stream: whether it is readable, and the remedy if not. */
export const streamChecksToText = (checks: readonly StreamCheck[]): string =>
  checks
    .map((check) => {
      const title = STREAMS[check.stream].title.padEnd(24);
      return check.readable
        ? `  ${title}readable\n`
        : `  ${title}NOT READABLE\n    ${printable(check.message)}\n`;
    })
    .join('');
