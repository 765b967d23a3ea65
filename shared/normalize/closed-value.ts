const WORDS: ReadonlySet<string> = new Set([
  'on',
  'off',
  'enabled',
  'disabled',
  'locked',
  'unlocked',
  'yes',
  'no',
  'true',
  'false',
  'none',
]);
const NUMBER = /^[+-]?\d+(?:[.,]\d+)?$/;
/** Keeps the check cheap: it runs at every " to " of a text. */
const LONGEST = 32;

/** Whether a value is not free text: the position of a switch, or a number. */
export const isClosedValue = (value: string | undefined): boolean => {
  if (value === undefined || value.length > LONGEST) return false;
  const word = value.trim().toLowerCase();
  return WORDS.has(word) || NUMBER.test(word);
};
