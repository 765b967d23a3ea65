import { isWhollyClosed } from './closed-change.ts';
import { isClosedValue } from './closed-value.ts';
import { wordNameOf } from './head-words.ts';
import { textToTruth } from './items-to-changes.ts';
import type { Change, OperationDetail } from './operation-detail.ts';
import { textToPerson } from './person.ts';
import { plainText } from './plain-text.ts';
import { textToChange } from './text-to-change.ts';

/** The forms of a trimmed text that have no head: a room's state, a phrase about one setting, or about a user's sign-in. */
export const parseSettingPhrase = (text: string): OperationDetail | undefined =>
  roomState(text) ?? settingPhrase(text) ?? factorPhrase(text);

const CURRENT = ' - Current State: ';
const PREVIOUS = ' - Previous State: ';
const LOCKS = [' - Lock Status: ', ' - Lock: '] as const;
const AFFECTED = ' - Affected: ';

/** `NAME - Current State: B - Previous State: A - Lock Status: L - Affected: X`. */
const roomState = (text: string): OperationDetail | undefined => {
  const current = text.indexOf(CURRENT);
  const previous = text.indexOf(PREVIOUS, current);
  if (current === -1 || previous === -1) return undefined;
  const [lockAt = -1, lock = ''] =
    LOCKS.map((name) => [text.indexOf(name, previous), name] as const).find(([at]) => at !== -1) ?? [];
  const affected = text.indexOf(AFFECTED, Math.max(lockAt, previous));
  const end = affected === -1 ? text.length : affected;
  const setting = plainText(text.slice(0, current));
  if (!setting || (lockAt === -1 && affected === -1)) return undefined;

  const change: Change = { setting, kind: 'change' };
  const oldValue = plainText(text.slice(previous + PREVIOUS.length, lockAt === -1 ? end : lockAt));
  const newValue = plainText(text.slice(current + CURRENT.length, previous));
  const lockText = lockAt === -1 ? undefined : plainText(text.slice(lockAt + lock.length, end));
  const locked = textToTruth(lockText);
  const rooms = affected === -1 ? '' : plainText(text.slice(affected + AFFECTED.length));
  if (oldValue) change.old_value = oldValue;
  if (newValue) change.new_value = newValue;
  if (locked !== undefined) change.locked = locked;
  if (rooms) change.text = rooms;
  const isKnown =
    isClosedValue(oldValue) && isClosedValue(newValue) && (lockText === undefined || locked !== undefined);
  return { status: isKnown ? 'full' : 'likely', changes: [change] };
};

const SETTING_PHRASE = /^(change|update|edit) (?:(?:account|group|user|role) )?settings? (.* )(from .*)$/is;

/** `Change account setting NAME from A to B`. */
const settingPhrase = (text: string): OperationDetail | undefined => {
  const [, verbText = '', name = '', values = ''] = SETTING_PHRASE.exec(text) ?? [];
  const verb = wordNameOf(verbText);
  if (verb === undefined || name.includes(': ')) return undefined;
  const { change, guessed } = textToChange(`${name.trim()}: ${values}`);
  if (change.kind !== 'change') return undefined;
  return { status: isWhollyClosed(change) && !guessed ? 'full' : 'likely', verb, changes: [change] };
};

const FACTOR_PHRASE =
  /^(reset|disable|remove|delete|enable) (?:the )?(two-factor authentication|two factor authentication|2fa|mfa|multi-factor authentication|second factor|password|sign-in password) (?:(?:for|of|from) )?(?:user )?(\S.*)$/is;

/** `Reset Two-Factor Authentication ann@example.com`: the second factor or the password of one user. */
const factorPhrase = (text: string): OperationDetail | undefined => {
  const [, verbText = '', setting = '', who = ''] = FACTOR_PHRASE.exec(text) ?? [];
  const verb = wordNameOf(verbText);
  const name = plainText(who);
  const { email } = textToPerson(name);
  if (verb === undefined || email === undefined) return undefined;
  return { status: 'full', verb, target: { type: 'user', name, email }, changes: [{ setting, kind: 'set' }] };
};
