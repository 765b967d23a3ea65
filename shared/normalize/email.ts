/** OCSF's own pattern (1.8.0), limited to the length that mail allows. */
const ADDRESS = /^[a-zA-Z0-9!#$%&'*+-/=?^_`{|}~.]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9-.]+$/;
const LONGEST = 320;

/** Whether a whole text is an e-mail address. */
export const isEmail = (text: string): boolean => text.length <= LONGEST && ADDRESS.test(text);

const LOCAL = charactersOf("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-'");
const DOMAIN = charactersOf('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-');

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
    let end = at + 1;
    while (DOMAIN[text.charCodeAt(end)] === 1) end++;
    while (CLOSING.test(text.charAt(end - 1))) end--;

    const email = text.slice(start, end);
    if (isEmail(email)) emails.push(email);
  }
  return emails;
};

/** Quotes, and the full stops and hyphens of the prose around an address. */
const OPENING = /['.-]/;
const CLOSING = /[.-]/;

function charactersOf(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}
