import { isWhollyClosed } from './closed-change.ts';
import { isClosedValue } from './closed-value.ts';
import type { WordName } from './head-words.ts';
import { textToTruth } from './items-to-changes.ts';
import type { Change, OperationDetail } from './operation-detail.ts';
import { textToPerson } from './person.ts';
import { plainText } from './plain-text.ts';
import { textToChange } from './text-to-change.ts';

/** The forms of a trimmed text that have no head: a room's state, a phrase about one setting, or about a user's sign-in. */
export const parseSettingPhrase = (text: string): OperationDetail | undefined =>
  roomState(text) ?? settingPhrase(text) ?? factorPhrase(text);

const CURRENT = / - Current State: /;
const PREVIOUS = / - Previous State: /;
const LOCK = / - Lock(?: Status)?: /;
const AFFECTED = / - Affected: /;

/** `NAME - Current State: B - Previous State: A - Lock Status: L - Affected: X`, with a lock, rooms or both. */
const roomState = (text: string): OperationDetail | undefined => {
  const [name, states] = cut(text, CURRENT);
  const [current, rest] = cut(states, PREVIOUS);
  const [previous, locks] = cut(rest, LOCK);
  const [last, affected] = cut(locks ?? rest, AFFECTED);
  const setting = plainText(name);
  if (!setting || (locks ?? affected) === undefined) return undefined;

  const change: Change = { setting, kind: 'change' };
  const oldValue = plainText(locks === undefined ? last : previous);
  const newValue = plainText(current);
  const lockText = locks === undefined ? undefined : plainText(last);
  const locked = textToTruth(lockText);
  const rooms = plainText(affected ?? '');
  if (oldValue) change.old_value = oldValue;
  if (newValue) change.new_value = newValue;
  if (locked !== undefined) change.locked = locked;
  if (rooms) change.text = rooms;
  const isKnown =
    isClosedValue(oldValue) && isClosedValue(newValue) && (lockText === undefined || locked !== undefined);
  return { status: isKnown ? 'full' : 'likely', changes: [change] };
};

/** A text before and after the first separator; without one, all of it is before. */
const cut = (text = '', separator: RegExp): [string, string | undefined] => {
  const match = separator.exec(text);
  if (!match) return [text, undefined];
  return [text.slice(0, match.index), text.slice(match.index + match[0].length)];
};

const verbsOf = (...names: WordName[]): ReadonlyMap<string, WordName> =>
  new Map(names.map((name) => [name.toLowerCase(), name]));

const SETTING_VERBS = verbsOf('Change', 'Update', 'Edit');
const SETTING_PHRASE =
  /^(?<verb>\w+) (?:(?:account|group|user|role) )?settings? (?<name>.* )(?<values>from .*)/is;

/** `Change account setting NAME from A to B`. */
const settingPhrase = (text: string): OperationDetail | undefined => {
  const phrase = SETTING_PHRASE.exec(text)?.groups as Record<'verb' | 'name' | 'values', string> | undefined;
  if (!phrase || phrase.name.includes(': ')) return undefined;
  const verb = SETTING_VERBS.get(phrase.verb.toLowerCase());
  const { change, guessed } = textToChange(`${phrase.name}: ${phrase.values}`);
  if (verb === undefined || change.kind !== 'change') return undefined;
  return { status: isWhollyClosed(change) && !guessed ? 'full' : 'likely', verb, changes: [change] };
};

const FACTOR_VERBS = verbsOf('Reset', 'Disable', 'Remove', 'Delete', 'Enable');
const FACTOR_PHRASE =
  /^(?<verb>\w+) (?:the )?(?<setting>two[ -]factor authentication|2fa|mfa|multi-factor authentication|second factor|(?:sign-in )?password) (?:(?:for|of|from) )?(?:user )?(?<who>.*)/is;

/** `Reset Two-Factor Authentication ann@example.com`: the second factor or the password of one user. */
const factorPhrase = (text: string): OperationDetail | undefined => {
  const phrase = FACTOR_PHRASE.exec(text)?.groups as Record<'verb' | 'setting' | 'who', string> | undefined;
  if (!phrase) return undefined;
  const { setting, who } = phrase;
  const verb = FACTOR_VERBS.get(phrase.verb.toLowerCase());
  const name = plainText(who);
  const { email } = textToPerson(name);
  if (verb === undefined || email === undefined) return undefined;
  return { status: 'full', verb, target: { type: 'user', name, email }, changes: [{ setting, kind: 'set' }] };
};
