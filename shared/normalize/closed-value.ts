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
const NUMBER =
  /^[+-]?\d+(?:[.,]\d+)?(?: (?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?|characters?))?$/;
/** What a role may do. */
const PERMISSIONS = /^(?:none|view|edit)(?:, ?(?:view|edit))*$/;
/** Keeps the check cheap: it runs at every " to " of a text. */
const LONGEST = 32;

/** Whether a value is not free text: the position of a switch, a number with its unit, or what a role may do. */
export const isClosedValue = (value: string | undefined): boolean => {
  if (value === undefined || value.length > LONGEST) return false;
  const word = value.trim().toLowerCase();
  return WORDS.has(word) || NUMBER.test(word) || PERMISSIONS.test(word);
};

/** Whether a value lists what a role may do. */
export const isPermissions = (value: string): boolean =>
  value.length <= LONGEST && PERMISSIONS.test(value.trim().toLowerCase());
