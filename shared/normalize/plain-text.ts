/** Blanks that look like one but are another character, as Zoom's pages can insert them. */
const BLANKS = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
const HYPHENS = /[\u2010\u2011]/g;
const ENTITY = /&(amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[\da-f]{1,6});/gi;

/** A text in which every kind of blank is a space. The length is unchanged. */
export const withPlainBlanks = (text: string): string => text.replace(BLANKS, ' ');

/**
 * A name or value as it is compared: trimmed, without HTML entities, with plain hyphens. An address keeps its hyphens: with
 * another kind of hyphen it is another person's.
 */
export const plainText = (text: string): string => {
  const decoded = text.includes('&') ? text.replace(ENTITY, decodeEntity) : text;
  return (decoded.includes('@') ? decoded : decoded.replace(HYPHENS, '-')).trim();
};

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

const decodeEntity = (entity: string, name: string): string => {
  if (!name.startsWith('#')) return NAMED.get(name.toLowerCase()) ?? entity;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isCharacter = code > 0x1f && code <= 0x10_ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : entity;
};
