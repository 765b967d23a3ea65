import type { StreamCheck } from '../shared/connect/check-streams.ts';
import { STREAMS } from '../shared/model/stream.ts';
import { printable } from './text.ts';

/** What each stream could read, a line each; what is to be done where one could not. */
export const streamChecksToText = (checks: readonly StreamCheck[]): string =>
  checks
    .map((check) => {
      const title = STREAMS[check.stream].title.padEnd(24);
      return check.readable
        ? `  ${title}readable\n`
        : `  ${title}NOT READABLE\n    ${printable(check.message)}\n`;
    })
    .join('');
