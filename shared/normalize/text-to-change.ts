import { isClosedValue, isPermissions } from './closed-value.ts';
import { isClosedChange } from './closed-change.ts';
import type { Change } from './operation-detail.ts';
import { plainText } from './plain-text.ts';

const FROM = ': from ';
const TO = ' to ';
const SET_TO = ': set to ';
const NAMED = ': ';

/** A parsed item, and whether the result is a guess. */
export interface ParsedChange {
  readonly change: Change;
  readonly guessed: boolean;
}

/** Parses one item: `name: from old to new`, else `name: set to new`, else `name: value`, else it remains a text. */
export const textToChange = (item: string): ParsedChange =>
  fromTo(item) ??
  setTo(item) ??
  nameAndValue(item) ?? { change: { kind: 'text', text: item }, guessed: false };

/** The rightmost `: from ` that a ` to ` follows, so that a setting's name may contain a colon. */
const fromTo = (item: string): ParsedChange | undefined => {
  const from = item.lastIndexOf(FROM, item.lastIndexOf(TO) - FROM.length);
  const setting = settingBefore(item, from);
  if (!setting) return undefined;

  const values = item.slice(from + FROM.length);
  const splits = splitsOf(values);
  const closed = splits.length === 1 ? splits : splits.filter((split) => hasClosedSide(values, split));
  const [split] = closed;
  if (split === undefined || closed.length > 1) return unread(setting, item);

  const change: Change = { setting, kind: 'change' };
  const oldValue = plainText(values.slice(0, split));
  const newValue = plainText(values.slice(split + TO.length));
  if (oldValue) change.old_value = oldValue;
  if (newValue) change.new_value = newValue;
  return { change, guessed: splits.length > 1 || holdsItem(setting) || values.includes(SET_TO) };
};

const settingBefore = (item: string, end: number): string => plainText(item.slice(0, Math.max(end, 0)));

const unread = (setting: string, item: string): ParsedChange => ({
  change: { setting, kind: 'ambiguous', text: item },
  guessed: false,
});

const splitsOf = (values: string): number[] => {
  const splits: number[] = [];
  for (let to = values.indexOf(TO); to !== -1; to = values.indexOf(TO, to + 1)) splits.push(to);
  return splits;
};

const hasClosedSide = (values: string, split: number): boolean =>
  isClosedValue(values.slice(0, split)) || isClosedValue(values.slice(split + TO.length));

/** Whether a name could be an item itself: then the text has two readings. */
export const holdsItem = (name: string): boolean => name.includes(FROM) || name.includes(SET_TO);

const setTo = (item: string): ParsedChange | undefined => {
  const at = item.lastIndexOf(SET_TO);
  const setting = settingBefore(item, at);
  if (!setting) return undefined;
  const change: Change = { setting, kind: 'set' };
  const value = plainText(item.slice(at + SET_TO.length));
  if (value) change.new_value = value;
  return { change, guessed: holdsItem(setting) };
};

/** A value without a keyword may be any form that is not known yet, unless it is a closed one. */
const nameAndValue = (item: string): ParsedChange | undefined => {
  // The name of a privilege has a colon: `User Management: Users: View, Edit`.
  const last = item.lastIndexOf(NAMED);
  const at = isPermissions(item.slice(last + NAMED.length)) ? last : item.indexOf(NAMED);
  const setting = settingBefore(item, at);
  if (!setting) return undefined;
  const value = plainText(item.slice(at + NAMED.length));
  if (!value) return { change: { setting, kind: 'value' }, guessed: false };
  if (isUnknownForm(value) || NOT_ENGLISH.test(setting)) return unread(setting, item);
  const change: Change = { setting, kind: 'value', new_value: value };
  return { change, guessed: !isClosedChange(change) };
};

const NOT_ENGLISH = /[^\P{L}a-z]/iu;

/** `von Aus auf Ein`, `to Admin from Member`: two words in lower case, each before a value. */
const isUnknownForm = (value: string): boolean => UNKNOWN_FORM.test(value.slice(0, LONGEST_FORM));
const UNKNOWN_FORM = /^\p{Ll}+ \S.* \p{Ll}+ \S/u;
const LONGEST_FORM = 256;
