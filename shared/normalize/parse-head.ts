import { emailsIn } from './email.ts';
import { SECTIONS, TARGET_NOUNS, type TargetNoun, type WordName, wordNameOf, wordOf } from './head-words.ts';
import type { HeadVerb, Target, TargetType } from './operation-detail.ts';
import { listedAddresses, textToPerson } from './person.ts';
import { plainText } from './plain-text.ts';

/** The part of a detail before its items. */
export interface Head {
  readonly verb?: HeadVerb;
  readonly target?: Target;
  /** The type of a target whose name does not stand in the head. */
  readonly noun?: TargetType;
  /** The group, or the role, that users entered or left. */
  readonly group?: string;
  readonly role?: string;
  readonly people?: readonly [string, ...string[]];
  readonly section?: string;
  /** The setting of the people that the items name. */
  readonly setting?: string;
  /** What follows the verb, if it is not known. */
  readonly object?: string;
  /** Whether the settings that follow were locked or unlocked. */
  readonly locked?: boolean;
  /** Whether nothing in it was guessed, or is unknown. */
  readonly isKnown: boolean;
}

/** Parses a trimmed head that is not empty: a verb phrase in any case, else the name of a settings page. */
export const parseHead = (head: string): Head =>
  settingHead(head) ??
  verbPhrase(head) ?? { section: plainText(head), isKnown: SECTIONS.has(head.toLowerCase()) };

const SETTING_HEADS = [
  [/^change (?:user )?roles?$/i, 'Role'],
  [/^change (?:user )?types?$/i, 'Type'],
  [/^change (?:user )?licenses?$/i, 'License'],
] as const;

const settingHead = (head: string): Head | undefined => {
  const setting = SETTING_HEADS.find(([pattern]) => pattern.test(head))?.[1];
  return setting && { verb: `Change ${setting}`, setting, isKnown: true };
};

const verbPhrase = (head: string): Head | undefined => {
  const beginning = head.replace(AFTER_WORD, '');
  const verb = wordNameOf(beginning);
  if (verb === undefined) return undefined;
  const object = head.slice(beginning.length).trim().replace(ARTICLE, '');
  return (
    lockedSection(verb, object) ??
    nounPhrase(verb, object) ??
    nounAfterFor(verb, object) ??
    (wordOf(verb).isAmbiguous ? undefined : { verb, object, isKnown: false })
  );
};

const AFTER_WORD = / .*/s;
const ARTICLE = /^(?:an?|the) /i;

/** "admin for channel Blue": up to four words before the noun, which no field has. */
const nounAfterFor = (verb: WordName, object: string): Head | undefined => {
  const phrase = nounPhrase(verb, object.replace(UP_TO_NOUN, ''));
  return phrase && { ...phrase, isKnown: false };
};
const UP_TO_NOUN = /^(?:\S+ ){1,4}?for (?:the )?/i;

const LOCKED_SECTION = /^settings?(?: (.*))?$/is;

const lockedSection = (verb: WordName, object: string): Head | undefined => {
  const match = verb === 'Lock' || verb === 'Unlock' ? LOCKED_SECTION.exec(object) : null;
  if (!match) return undefined;
  const section = match[1]?.trim();
  return { verb, locked: verb === 'Lock', ...(section && { section }), isKnown: true };
};

const NOUNS = TARGET_NOUNS.flatMap((target) => target.nouns.map((noun) => [noun, target] as const));
const BY_NOUN: ReadonlyMap<string | undefined, TargetNoun> = new Map(NOUNS);
/** The longest noun first, so that "user group" is not a user. */
const LONGEST_FIRST = NOUNS.map(([noun]) => noun).sort((a, b) => b.length - a.length);
const NOUN = new RegExp(`^(?<noun>${LONGEST_FIRST.join('|')})(?:\\s+(?<name>.*))?$`, 'is');

const nounPhrase = (verb: WordName, object: string): Head | undefined => {
  const groups = NOUN.exec(object)?.groups ?? {};
  const noun = BY_NOUN.get(groups['noun']?.toLowerCase());
  if (!noun || noun.verbs?.includes(verb) === false) return undefined;
  const name = groups['name'];
  if (name === undefined) return { verb, noun: noun.type, isKnown: true };
  if (noun.type === 'user') return userPhrase(verb, name);
  const given = noun.type === 'role' && ROLE_GIVERS.has(verb) ? rolePhrase(verb, name) : undefined;
  if (given) return given;
  const own = NAMES[noun.type]?.(name, verb) ?? name;
  return { verb, target: { type: noun.type, name: plainText(own) }, isKnown: true };
};

/** A recording has no name but its meeting's number. A copy is the role after the one that was copied. */
const NAMES: Partial<Record<TargetType, (name: string, verb: WordName) => string>> = {
  recording: (name) => name.replace(OF_MEETING, ''),
  role: (name, verb) => (verb === 'Copy' ? name.replace(COPIED_ROLE, '') : name),
};
const OF_MEETING = /^(?:for|of|from) meeting\s/i;
const COPIED_ROLE = /^.*? to (?:role )?(?=.)/is;

const ROLE_GIVERS: ReadonlySet<WordName> = new Set(['Assign', 'Unassign', 'Remove', 'Revoke']);
const GIVEN_ROLE = /^(?<role>.*?) (?:to|from|for|of) (?:(?:users?|members?) )?(?=\S*@)(?<who>.+)$/is;

/** A role and the users who got or lost it: `Assign Role Admin to User ann@example.com`. */
const rolePhrase = (verb: WordName, text: string): Head | undefined => {
  const { role = '', who } = GIVEN_ROLE.exec(text)?.groups ?? {};
  return role && listedAddresses(who) ? { verb, ...usersIn(who ?? ''), role: plainText(role) } : undefined;
};

/** A user, several users, or a user who entered or left a group or a role. */
const userPhrase = (verb: WordName, text: string): Head => {
  const membership = MEMBERSHIP.exec(text)?.groups as Membership | undefined;
  if (!membership) return { verb, ...usersIn(text) };
  const { who, kind, name } = membership;
  const users = usersIn(who);
  const isKnown = users.isKnown && !MEMBERSHIP.test(name);
  return { verb, ...users, [kind.toLowerCase()]: plainText(name), isKnown };
};

interface Membership {
  readonly who: string;
  /** `group` or `role`, in any case. */
  readonly kind: string;
  readonly name: string;
}
const MEMBERSHIP = /^(?<who>.*?) (?:to|from|in) (?:user )?(?<kind>group|role) (?<name>.+)/is;

const usersIn = (text: string): Pick<Head, 'noun' | 'people' | 'target' | 'isKnown'> => {
  const people = listedAddresses(text);
  return people && people.length > 1 ? { noun: 'user', people, isKnown: true } : userTarget(text);
};

/** A user is named by an address: alone, in angle brackets, or, as a guess, as the only one among other words. */
export const userTarget = (text: string): { target: Target; isKnown: boolean } => {
  const name = plainText(text);
  const { email } = textToPerson(name);
  if (email !== undefined) return { target: { type: 'user', name, email }, isKnown: true };
  const [only, ...others] = emailsIn(name);
  if (only === undefined || others.length > 0) return { target: { type: 'user', name }, isKnown: false };
  return { target: { type: 'user', name: only, email: only.toLowerCase() }, isKnown: false };
};
