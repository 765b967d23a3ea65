import { withPlainNumbers } from './json-numbers.ts';

/** The first instant after the years with four digits. */
const END_MS = Date.UTC(10_000, 0);

/** An instant from milliseconds since 1970, as a number of a row; undefined for anything else. */
export const toDate = (value: unknown): Date | undefined => {
  const ms = withPlainNumbers(value);
  return typeof ms === 'number' && Number.isSafeInteger(ms) && ms >= 0 && ms < END_MS
    ? new Date(ms)
    : undefined;
};
