/** OCSF's own pattern (1.8.0). */
export const OCSF_ADDRESS = /^[a-zA-Z0-9!#$%&'*+-/=?^_`{|}~.]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9-.]+$/;
/** The same, with an international domain. */
const ADDRESS = /^[a-zA-Z0-9!#$%&'*+-/=?^_`{|}~.]+@[\p{L}\p{M}\p{N}-]+\.[\p{L}\p{M}\p{N}.-]+$/u;
/** The length that mail allows. */
const LONGEST = 320;

/** Whether a whole text is an e-mail address. */
export const isEmail = (text: string): boolean => text.length <= LONGEST && ADDRESS.test(text);

const LOCAL = charactersOf("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-'");
const DOMAIN = charactersOf('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-');
const FIRST_BEYOND_ASCII = 0x80;
const LETTER = /[\p{L}\p{M}\p{N}]/u;

/**
 * The e-mail addresses within a text, verbatim. Works outwards from each `@`, because a pattern that begins with a run of
 * letters takes quadratic time on a long text without any. Each step ends at the `@` and at the ends of the text, which are
 * not characters of an address's parts.
 */
export const emailsIn = (text: string): string[] => {
  const emails: string[] = [];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (LOCAL[text.charCodeAt(start - 1)] === 1) start--;
    while (OPENING.test(text.charAt(start))) start++;
    const email = text.slice(start, at) + domainAt(text, at);
    if (isEmail(email)) emails.push(email);
  }
  return emails;
};

/** Quotes, and the full stops and hyphens of the prose around an address. */
const OPENING = /['.-]/;
const CLOSING = /[.-]/;

/** A domain whose last label is a whole one: what follows in another script is prose. */
const WHOLE_DOMAIN = /^@.*\.[a-zA-Z]{2,}$/s;

/** The domain after an `@`, with it. */
const domainAt = (text: string, at: number): string => {
  const ascii = endOf(text, at + 1, (code) => DOMAIN[code] === 1);
  const domain = withoutClosing(text, at, ascii);
  if (!(text.charCodeAt(ascii) >= FIRST_BEYOND_ASCII) || WHOLE_DOMAIN.test(domain)) return domain;
  const end = endOf(text, ascii, isDomainCharacter);
  return withoutClosing(text, at, end);
};

const endOf = (text: string, from: number, isPart: (code: number) => boolean): number => {
  let end = from;
  while (end < text.length && isPart(text.charCodeAt(end))) end++;
  return end;
};

const isDomainCharacter = (code: number): boolean =>
  code < FIRST_BEYOND_ASCII ? DOMAIN[code] === 1 : LETTER.test(String.fromCharCode(code));

const withoutClosing = (text: string, start: number, end: number): string => {
  let last = end;
  while (CLOSING.test(text.charAt(last - 1))) last--;
  return text.slice(start, last);
};

function charactersOf(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}
