import { emailsIn } from './email.ts';
import { SECTIONS, TARGET_NOUNS, type WordName, wordNameOf, wordOf } from './head-words.ts';
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

const SETTING_HEAD = /^change (?:user )?(role|type|license)s?$/i;
const SETTING_NAMES: ReadonlyMap<string, 'Role' | 'Type' | 'License'> = new Map([
  ['role', 'Role'],
  ['type', 'Type'],
  ['license', 'License'],
]);

const settingHead = (head: string): Head | undefined => {
  const setting = SETTING_NAMES.get(SETTING_HEAD.exec(head)?.[1]?.toLowerCase() ?? '');
  return setting && { verb: `Change ${setting}`, setting, isKnown: true };
};

const verbPhrase = (head: string): Head | undefined => {
  const end = head.indexOf(' ');
  const verb = wordNameOf(end === -1 ? head : head.slice(0, end));
  if (verb === undefined) return undefined;
  const object = end === -1 ? '' : head.slice(end).trim().replace(ARTICLE, '');
  return (
    lockedSection(verb, object) ??
    nounPhrase(verb, object) ??
    nounAfterFor(verb, object) ??
    (wordOf(verb).isAmbiguous ? undefined : { verb, object, isKnown: false })
  );
};

const ARTICLE = /^(?:an?|the) /i;
/** "admin for channel Blue": up to four words before the noun, which no field has. */
const nounAfterFor = (verb: WordName, object: string): Head | undefined => {
  const phrase = nounPhrase(verb, FOR_NOUN.exec(object)?.[1] ?? '');
  return phrase && { ...phrase, isKnown: false };
};
const FOR_NOUN = /^(?:\S+ ){1,4}?for (?:the )?(.+)$/is;

const LOCKED_SECTION = /^settings?(?: (.*))?$/is;

const lockedSection = (verb: WordName, object: string): Head | undefined => {
  const match = verb === 'Lock' || verb === 'Unlock' ? LOCKED_SECTION.exec(object) : null;
  if (!match) return undefined;
  const section = match[1]?.trim();
  return { verb, locked: verb === 'Lock', ...(section && { section }), isKnown: true };
};

const NOUNS = TARGET_NOUNS.flatMap((target) => target.nouns.map((noun) => [noun, target] as const));
const BY_NOUN = new Map(NOUNS);
/** The longest noun first, so that "user group" is not a user. */
const LONGEST_FIRST = NOUNS.map(([noun]) => noun).sort((a, b) => b.length - a.length);
const NOUN = new RegExp(`^(${LONGEST_FIRST.join('|')})(?:\\s+(.*))?$`, 'is');

const nounPhrase = (verb: WordName, object: string): Head | undefined => {
  const match = NOUN.exec(object);
  const noun = BY_NOUN.get(match?.[1]?.toLowerCase() ?? '');
  if (!noun || noun.verbs?.includes(verb) === false) return undefined;
  const name = (match?.[2] ?? '').trim();
  if (!name) return { verb, noun: noun.type, isKnown: true };
  if (noun.type === 'user') return userPhrase(verb, name);
  const own = NAMES[noun.type]?.(name, verb) ?? name;
  return { verb, target: { type: noun.type, name: plainText(own) }, isKnown: true };
};

/** A recording has no name but its meeting's number. A copy is the role after the one that was copied. */
const NAMES: Partial<Record<TargetType, (name: string, verb: WordName) => string>> = {
  recording: (name) => name.replace(OF_MEETING, ''),
  role: (name, verb) => (verb === 'Copy' ? name.replace(COPIED_ROLE, '') : name),
};
const OF_MEETING = /^(?:for|of|from) meeting\s+/i;
const COPIED_ROLE = /^.*? to (?:role )?(?=.)/is;

/** A user, several users, or a user who entered or left a group or a role. */
const userPhrase = (verb: WordName, text: string): Head => {
  const [, who = text, kind, name = ''] = MEMBERSHIP.exec(text) ?? [];
  const people = listedAddresses(who);
  const place = kind && { [kind.toLowerCase()]: plainText(name) };
  if (people && people.length > 1) return { verb, noun: 'user', people, ...place, isKnown: true };
  const { target, isKnown } = userTarget(who);
  return { verb, target, ...place, isKnown: isKnown && !MEMBERSHIP.test(name) };
};

const MEMBERSHIP = /^(.*?) (?:to|from|in) (?:user )?(group|role) (.+)$/is;

/** A user is named by an address: alone, in angle brackets, or, as a guess, as the only one among other words. */
export const userTarget = (text: string): { target: Target; isKnown: boolean } => {
  const name = plainText(text);
  const { email } = textToPerson(name);
  if (email !== undefined) return { target: { type: 'user', name, email }, isKnown: true };
  const [only, ...others] = emailsIn(name);
  if (only === undefined || others.length > 0) return { target: { type: 'user', name }, isKnown: false };
  return { target: { type: 'user', name: only, email: only.toLowerCase() }, isKnown: false };
};
