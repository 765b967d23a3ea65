/**
 * Characters that control a terminal or are invisible: controls (C0, DEL, C1), line and paragraph separators, and Unicode's
 * default-ignorable characters, including bidirectional controls, zero-width spaces and tags. Joiners and variation selectors are
 * kept, because Persian, Indic scripts and emoji need them.
 */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\ufff9-\ufffb[\p{DI}--[\u200c\u200d\p{VS}]]]/gv;

const SHORT: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** The JSON escape of a character: `\u202e`, or a pair of escapes beyond U+FFFF. */
export const escapeCharacter = (character: string): string =>
  SHORT[character] ??
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** Untrusted text, safe for one line of a terminal or a page: nothing moves the cursor, starts a line, or is hidden. */
export const oneLine = (text: string): string => text.replace(UNPRINTABLE, escapeCharacter);
