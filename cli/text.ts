import { plural } from '../shared/model/format-count.ts';

export { formatCount, plural } from '../shared/model/format-count.ts';

/**
 * Characters that a terminal obeys or does not show: controls (C0, DEL, C1), separators of lines and paragraphs, and all that
 * Unicode says is ignored in display, bidirectional controls, zero-width spaces and tags among them. Joiners and variation
 * selectors are left: Persian, Indic scripts and emoji are written with them.
 */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\ufff9-\ufffb[\p{DI}--[\u200c\u200d\p{VS}]]]/gv;

const SHORT: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** As JSON writes a character: `\u202e`, and a pair of these beyond U+FFFF. */
const escapeCharacter = (character: string): string =>
  SHORT[character] ??
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** Text from outside on one line, as a terminal may show it: nothing in it moves the cursor, starts a line, or is hidden. */
export const oneLine = (text: string): string => text.replace(UNPRINTABLE, escapeCharacter);

/** The same, but its lines stay lines. */
export const printable = (text: string): string => text.split('\n').map(oneLine).join('\n');

/** What this command line itself writes to a terminal, colours and the cleared screen of `--watch`; and what it never means to. */
const OWN_OR_UNPRINTABLE =
  // eslint-disable-next-line no-control-regex -- what begins with an escape character is what is meant
  /\u001b\[(?:\d{1,2}m|H\u001b\[2J)|(?!\n)[\p{Cc}\p{Zl}\p{Zp}\ufff9-\ufffb[\p{DI}--[\u200c\u200d\p{VS}]]]/gv;

/**
 * The last look at whatever is printed, JSON included: JSON has these characters in strings alone, where an escape says the same.
 * A text that was not made printable before can at most choose a colour.
 */
export const safeOutput = (text: string): string =>
  text.replace(OWN_OR_UNPRINTABLE, (found) => (found.startsWith('\u001b[') ? found : escapeCharacter(found)));

/** How long ago, in the one unit that says it: `4 min`, `3 h`, `12 days`; `in 4 min`, if a clock is ahead of ours. */
export const formatAge = (then: Date, now: Date): string => {
  const ms = now.getTime() - then.getTime();
  if (ms <= -60_000) return `in ${formatCoarseDuration(-ms)}`;
  return ms < 60_000 ? 'now' : formatCoarseDuration(ms);
};

/** A length of time in the one unit that says it. */
export const formatCoarseDuration = (ms: number): string => {
  if (!Number.isFinite(ms)) return 'over 30 days';
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 1440)} days`;
};

/** A length of time, as roughly as it is known. */
export const roughDuration = (seconds: number): string => {
  if (seconds < 60) return plural(Math.max(1, Math.ceil(seconds)), 'second');
  if (seconds < 2 * 3600) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
};
