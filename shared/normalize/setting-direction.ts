import { isPermissions } from './closed-value.ts';
import { isEmail } from './email.ts';
import { SECTIONS } from './head-words.ts';
import { textToTruth } from './items-to-changes.ts';
import type { Change, Control, Direction, OperationDetail } from './operation-detail.ts';
import { privilegeOf } from './role-names.ts';
import { isRoleSetting } from './setting-names.ts';
import { SETTINGS, type SettingPattern } from './settings.ts';

/** What the control and direction of a change depend on, in addition to the change. */
export interface ChangeContext {
  /** The rows of a role change its privileges. */
  readonly isOfRole: boolean;
}

/**
 * A detail whose changes have their control and, if it has only one possible reading, their direction. Users write into
 * details, so no other reading may decide a direction.
 */
export const withDirections = (detail: OperationDetail, context: ChangeContext): OperationDetail =>
  detail.changes
    ? { ...detail, changes: detail.changes.map((change) => withDirection(change, detail, context)) }
    : detail;

const withDirection = (change: Change, detail: OperationDetail, context: ChangeContext): Change => {
  if (change.setting === undefined || change.kind === 'ambiguous') return change;
  const { control, direction } = assess(change, change.setting, detail, context);
  return detail.status === 'full' ? { ...change, control, direction } : { ...change, control };
};

interface Assessment {
  readonly control: Control;
  readonly direction: Direction;
}

/** The setting whose people the items of a batch name. */
const BATCHES: ReadonlyMap<string | undefined, Control> = new Map([
  ['Change Role', 'role'],
  ['Assign', 'role'],
  ['Unassign', 'role'],
  ['Change Type', 'license'],
  ['Change License', 'license'],
]);

/** What the items of a batch set: by the head, or a role that the head names and several people got or lost. */
const batchOf = (setting: string, { verb, people }: OperationDetail): Control | undefined =>
  BATCHES.get(verb) ?? (people?.includes(setting) ? 'role' : undefined);

const assess = (
  change: Change,
  setting: string,
  detail: OperationDetail,
  { isOfRole }: ChangeContext,
): Assessment => {
  const batch = isEmail(setting) ? batchOf(setting, detail) : undefined;
  const name = setting.slice(0, LONGEST_NAME).toLowerCase();
  const pattern = batch === undefined ? patternOf(name, detail) : undefined;
  const control = batch ?? pattern?.control ?? (isOfRole ? 'role' : 'other');
  if (control === 'role')
    return { control, direction: pattern || batch ? roleDirection(change) : privilegeDirection(change) };
  const lock = lockDirection(change, name);
  if (lock !== undefined) return { control, direction: lock };
  return {
    control,
    direction: unlockedElse(change, detail, pattern ? directionOf(change, name, pattern, detail) : 'changed'),
  };
};

/** Names of settings are short: what is longer is no setting, and a pattern must not take long over it. */
const LONGEST_NAME = 256;

const patternOf = (name: string, { target, section = '' }: OperationDetail): SettingPattern | undefined => {
  if (target?.type === 'user' && OWN_PASSWORD.name.test(name)) return OWN_PASSWORD;
  // A role has a name, not a role.
  if (target?.type === 'role' && isRoleSetting(name)) return undefined;
  const page = section.slice(0, LONGEST_NAME).toLowerCase();
  const patternFor = (text: string): SettingPattern | undefined =>
    SETTINGS.find((pattern) => pattern.name.test(text) && pattern.section?.test(page) !== false);
  const pattern = patternFor(name);
  const end = name.indexOf(NAMED);
  const before = name.slice(0, Math.max(end, 0));
  const isOne = end === -1 || SECTIONS.has(before) || patternFor(before)?.control === pattern?.control;
  return isOne ? pattern : undefined;
};

/** Words before it are a page of settings or about the same control; else they may be a field that users fill in. */
const NAMED = ': ';

/** A setting of one user: elsewhere the word stands for the passcode of a meeting. */
const OWN_PASSWORD: SettingPattern = {
  control: 'password',
  name: /^(?:sign-in )?password$/,
  whenOn: 'protects',
};

/** The lock itself: `from Locked to Unlocked`, `Unlocked`, `Waiting Room - Locked: No`, or a setting that a verb unlocked. */
const lockDirection = ({ kind, new_value, locked }: Change, name: string): Direction | undefined => {
  const value = new_value?.toLowerCase();
  if (value === 'unlocked') return 'unlocked';
  if (value === 'locked') return 'locked';
  const lock = LOCK_OF_SETTING.test(name) ? textToTruth(value) : undefined;
  if (lock !== undefined) return lock ? 'locked' : 'unlocked';
  if (kind !== 'set' || locked === undefined) return undefined;
  return locked ? 'locked' : 'unlocked';
};

/** `Waiting Room - Locked` */
const LOCK_OF_SETTING = / - lock(?:ed| setting| status)?$/;

/** Without a direction of its own, a change is the unlocking that its lock or the verb of the settings page names. */
const unlockedElse = (
  { locked }: Change,
  { verb, section }: OperationDetail,
  direction: Direction,
): Direction =>
  direction === 'changed' && (locked === false || (verb === 'Unlock' && section !== undefined))
    ? 'unlocked'
    : direction;

const directionOf = (
  change: Change,
  name: string,
  pattern: SettingPattern,
  detail: OperationDetail,
): Direction => {
  const sign = signOf(name, pattern);
  const isTimeLimit = pattern.saferNumber === 'less';
  if (isUncertainLimit(change, name, isTimeLimit, sign)) return 'changed';
  const { old_value, new_value } = isTimeLimit ? withNever(change) : change;
  if (new_value === undefined && old_value === undefined) return factorDirection(pattern, detail);
  const switched = switchOf(old_value, new_value);
  if (switched !== undefined) return turned(sign * switched);
  const counted = numberOf(new_value) - numberOf(old_value);
  if (!Number.isNaN(counted))
    return turned(pattern.saferNumber === 'more' ? counted : pattern.saferNumber === 'less' ? -counted : 0);
  return turned(sign * (audienceOf(new_value) - audienceOf(old_value)));
};

const UNLIMITED: ReadonlySet<string | undefined> = new Set(['none', 'never', 'unlimited']);

const isUnlimited = (value: string | undefined): boolean =>
  numberOf(value) === 0 || UNLIMITED.has(value?.toLowerCase());

/** A limit of time of 0 never applies. */
const withNever = ({ old_value, new_value }: Change): Pick<Change, 'old_value' | 'new_value'> => ({
  ...(old_value !== undefined && { old_value: isUnlimited(old_value) ? 'Never' : old_value }),
  ...(new_value !== undefined && { new_value: isUnlimited(new_value) ? 'Never' : new_value }),
});

/** Other expiries, and lists of addresses: without a limit they include everything, or nothing. */
const LIMIT = /expir|(?:allowed|permitted|trusted) (?:ip )?(?:address(?:es)?|ranges?|networks?|ips?)\b/;

/** Whether a value is no limit, and the name does not say what that means. */
const isUncertainLimit = (
  { old_value, new_value }: Change,
  name: string,
  isTimeLimit: boolean,
  sign: number,
): boolean => {
  if (isTimeLimit) return sign < 0 && isUnlimited(new_value);
  const isOff = sign < 0 && switchStateOf(new_value) === false;
  return LIMIT.test(name) && (isOff || isUnlimited(old_value) || isUnlimited(new_value));
};

/** A user's second factor that was reset or removed. */
const factorDirection = ({ control }: SettingPattern, { verb }: OperationDetail): Direction => {
  if (control !== 'mfa') return 'changed';
  return verb === 'Enable' ? 'strengthened' : 'weakened';
};

/** The direction of a step up or down; NaN is none. */
const turned = (step: number): Direction => (step > 0 ? 'strengthened' : step < 0 ? 'weakened' : 'changed');

/** 1 if a setting protects when it is on, -1 if it exposes. */
const signOf = (name: string, { whenOn }: SettingPattern): number => {
  if (whenOn === 'protects') return NEGATING.test(name) ? -1 : 1;
  if (whenOn === 'exposes') return FORBIDDING.test(name) || RESTRICTING.test(name) ? 1 : -1;
  if (whenOn === 'weakens') return FORBIDDING.test(name) ? 1 : -1;
  return 0;
};

const NEGATING =
  /^(?:disable|disallow|never|no|do not|don['’]t|turn off|skip|bypass|exempt|hide)\b(?!.*\b(?:reuse|consecutive)\b)|\b(?:to (?:skip|bypass|opt out))\b|\bwithout\b/;
const FORBIDDING =
  /^(?:prevent|disable|disallow|block|restrict|limit|prohibit|forbid|deny|never|no|do not|don['’]t|turn off|hide)\b/;
const RESTRICTING = /^(?:require|enforce|force|mask)\b|\bonly\b|\brequires?\b/;

const OFF: ReadonlySet<string | undefined> = new Set(['none', 'never', 'deactivated', 'inactive']);
const ON: ReadonlySet<string | undefined> = new Set(['activated', 'active']);

const switchStateOf = (value: string | undefined): boolean | undefined => {
  const state = value?.toLowerCase();
  if (OFF.has(state)) return false;
  return ON.has(state) ? true : textToTruth(state);
};

/** 1 if switched on, -1 if switched off, 0 if it stays; undefined if the values are no positions of a switch. */
const switchOf = (old: string | undefined, now: string | undefined): number | undefined => {
  const [before, after] = [switchStateOf(old), switchStateOf(now)];
  if (after !== undefined) return before === after ? 0 : after ? 1 : -1;
  // From a position to a value: it was switched on with it.
  return before === false ? 1 : undefined;
};

const NUMBER =
  /^(?<digits>[+-]?\d+(?:[.,]\d+)?) ?(?<unit>seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?|characters?)?$/i;
/** By the beginning of a unit. Others are counted as they are. */
const SECONDS: ReadonlyMap<string | undefined, number> = new Map([
  ['mi', 60],
  ['ho', 3600],
  ['da', 86_400],
  ['we', 604_800],
  ['mo', 2_592_000],
  ['ye', 31_536_000],
]);

/** A number or a length of time, in seconds; NaN for another value. */
const numberOf = (value: string | undefined): number => {
  const { digits, unit } = NUMBER.exec(value ?? '')?.groups ?? {};
  return digits === undefined
    ? NaN
    : Number(digits.replace(',', '.')) * (SECONDS.get(unit?.slice(0, 2).toLowerCase()) ?? 1);
};

/** Groups of people from the smallest to the largest, one a line. The first that matches applies. */
const AUDIENCES: readonly RegExp[] = [
  /^(?:no ?one|nobody)\b/,
  /^(?:only )?(?:the )?hosts?(?: only)?$/,
  /\bco-?hosts?\b/,
  /\b(?:specific|selected|certain|some)\b|\bnot in\b|\bexternal\b|\bguests?\b|\bexcept\b/,
  /\b(?:in|of|from) (?:your|my|the|this|same) (?:account|organization|company)\b|\bsigned[ -]in\b|\bauthenticated\b|\binternal\b|\bcontacts\b/,
  /\b(?:everyone|anyone|everybody|anybody|public|all)\b/,
];
const LONGEST_AUDIENCE = 128;

const PREFIX_LENGTH = /^[\da-f.:]+\/(\d{1,3})$/i;

/** How many people or addresses a value includes, compared with other values; NaN if it does not say. */
const audienceOf = (value: string | undefined): number => {
  const text = value?.slice(0, LONGEST_AUDIENCE).toLowerCase() ?? '';
  const bits = PREFIX_LENGTH.exec(text)?.[1];
  if (bits !== undefined) return -Number(bits);
  const index = AUDIENCES.findIndex((pattern) => pattern.test(text));
  return index === -1 ? NaN : index;
};

/** A role that a customer named, and whose name does not say more, is between the basic ones and the others. */
const CUSTOM_PRIVILEGE = 0.5;

/** More privileges are less protection. What a customer's own role may do is not known. */
const roleDirection = ({ kind, old_value, new_value }: Change): Direction => {
  if (kind === 'change' && new_value === undefined) return 'strengthened';
  const after = privilegeOf(new_value) ?? NaN;
  const before = old_value === undefined ? 0 : (privilegeOf(old_value) ?? CUSTOM_PRIVILEGE);
  return turned(before - after);
};

/** What a role may do: nothing, less than viewing, viewing, or editing. */
const privilegeDirection = ({ old_value, new_value }: Change): Direction =>
  turned(permissionsIn(old_value ?? 'none') - permissionsIn(new_value));

/** How many permissions a value lists; NaN for none. */
const permissionsIn = (value: string | undefined): number => {
  if (value === undefined) return NaN;
  const isOn = switchStateOf(value);
  if (isOn !== undefined) return isOn ? 1 : 0;
  return isPermissions(value) ? value.split(',').length : NaN;
};
