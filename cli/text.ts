import { stripVTControlCharacters } from 'node:util';

/** `1 row`, `2 rows`, `1,234 rows`. */
export const plural = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

/**
 * Text from outside as a terminal may show it: people write into Zoom's rows, and an escape sequence among them must not
 * move the reader's cursor. Line ends stay.
 */
export const printable = (text: string): string =>
  stripVTControlCharacters(text).replaceAll(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, '·');

/** How long ago, in the one unit that says it: `4 min`, `3 h`, `12 days`; `in 4 min`, if a clock is ahead of ours. */
export const age = (then: Date, now: Date): string => {
  const ms = now.getTime() - then.getTime();
  if (ms <= -60_000) return `in ${span(-ms)}`;
  return ms < 60_000 ? 'now' : span(ms);
};

/** A length of time in the one unit that says it. */
export const span = (ms: number): string => {
  if (!Number.isFinite(ms)) return 'over 30 days';
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 1440)} days`;
};
