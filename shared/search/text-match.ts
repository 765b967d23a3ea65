/** A text as it is compared: compatibility forms and case do not matter. */
export const comparable = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Characters of a text that are shown before a match, and in all. */
const BEFORE = 40;
const SHOWN = 200;

/** The part of a text around the first match, on one line; undefined if the text does not have it. `wanted` is comparable. */
export const excerptOf = (text: string, wanted: string): string | undefined => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const at = comparable(line).indexOf(wanted);
  if (at < 0) return undefined;
  // The comparable form may be longer or shorter: the place is near enough for people.
  const from = Math.min(Math.max(0, at - BEFORE), Math.max(0, line.length - SHOWN));
  const part = line.slice(from, from + SHOWN).toWellFormed();
  return `${from > 0 ? '…' : ''}${part}${from + SHOWN < line.length ? '…' : ''}`;
};
