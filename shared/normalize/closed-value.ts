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
/** Keeps the question cheap: it is asked at every " to " of a text. */
const LONGEST = 32;

/** Whether a value is one of those that no one makes up: a switch's position or a number. */
export const isClosedValue = (value: string | undefined): boolean => {
  if (value === undefined || value.length > LONGEST) return false;
  const word = value.trim().toLowerCase();
  return WORDS.has(word) || NUMBER.test(word);
};
