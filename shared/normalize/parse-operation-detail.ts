import { isWhollyClosed } from './closed-change.ts';
import { isEmail } from './email.ts';
import { itemsToChanges } from './items-to-changes.ts';
import type { DetailStatus, HeadVerb, OperationDetail, Target } from './operation-detail.ts';
import { type Head, parseHead, userTarget } from './parse-head.ts';
import { parseSettingPhrase } from './parse-setting-phrase.ts';
import { listedAddresses } from './person.ts';
import { plainText, withPlainBlanks } from './plain-text.ts';
import { soleChange } from './single-change.ts';
import { textOf } from './text.ts';
import { holdsItem } from './text-to-change.ts';
import { textToCategory } from './text-to-category.ts';
import { wordNameOf } from './head-words.ts';
import { wordToVerb } from './verb.ts';

const HEAD_END = '  - ';
const ITEM_END = ' - ';
const NAMED = ': ';
const LONGEST = 65_536;

/** Categories whose details may name the object without its kind: "Delete Night Shift". */
const OBJECTS: ReadonlyMap<string | undefined, Target['type']> = new Map([
  ['user', 'user'],
  ['group', 'group'],
  ['role', 'role'],
]);
const ZOOM_ROOMS = 'zoom_rooms';

/**
 * Parses an `operation_detail`: `head  - item - item`, with one blank or two before the first hyphen, and Zoom's other forms.
 * Accepts any value, never throws, needs linear time. It skips what it can't parse, because events contain the text as well.
 */
export const parseOperationDetail = (detail: unknown, categoryType?: unknown): OperationDetail => {
  if (typeof detail !== 'string' || detail.length > LONGEST) return { status: 'none' };
  const text = withPlainBlanks(detail);
  const noun = textToCategory(textOf(categoryType))?.noun;
  return parseSettingPhrase(text.trim()) ?? readSpaced(text) ?? readWithoutItems(text.trim(), noun);
};

/** The form with two blanks before the hyphen, else the one with one. */
const readSpaced = (text: string): OperationDetail | undefined => {
  const headEnd = text.indexOf(HEAD_END);
  const head = text.slice(0, Math.max(headEnd, 0)).trim();
  if (headEnd !== -1 && !head) return { status: 'none' };
  if (headEnd !== -1 && !holdsItem(head))
    return readHeadAndItems(parseHead(head), text.slice(headEnd + HEAD_END.length));
  return readOneBlank(text);
};

/**
 * `head - item - item`. A name may contain such a separator as well, so an item has to follow, or a name after a verb and
 * its object.
 */
const readOneBlank = (text: string): OperationDetail | undefined => {
  const end = text.indexOf(ITEM_END);
  const head = text.slice(0, Math.max(end, 0)).trim();
  const items = text.slice(end + ITEM_END.length);
  if (!head || holdsItem(head)) return undefined;
  const parsed = parseHead(head);
  if (!startsItems(parsed, items)) return undefined;
  const detail = readHeadAndItems(parsed, items);
  return detail.status === 'full' && !isCertain(parsed, detail) ? { ...detail, status: 'likely' } : detail;
};

const startsItems = ({ verb, noun, target, isKnown }: Head, items: string): boolean => {
  if (items.includes(NAMED))
    return holdsItem(items) || (verb === undefined ? isKnown : Boolean(noun ?? target));
  if (noun !== undefined) return true;
  return target !== undefined && target.type !== 'user' && listedAddresses(items) !== undefined;
};

const isCertain = ({ isKnown }: Head, { changes }: OperationDetail): boolean =>
  isKnown &&
  changes?.every((change) => isWhollyClosed(change) && !change.setting?.includes(ITEM_END)) === true;

const readHeadAndItems = (head: Head, items: string): OperationDetail => {
  if (!items.includes(NAMED)) {
    const detail = readUnnamed(head, items.trim());
    if (detail) return detail;
  }
  const { status, changes } = itemsToChanges(items);
  const named = personOf(head, { status, changes }) ?? baseOf(head);
  const isCertain = !changesNoSetting(head) && !changes.some(({ setting }) => setting?.includes(HEAD_END));
  const likely = status === 'full' && !isCertain ? 'likely' : status;
  const detail = { ...named, status: atMost(likely, head), changes };
  const people = membersOf(detail);
  return people ? { ...detail, people } : detail;
};

/** Only an update changes settings: after another verb, the chosen name of an object can look like items. */
const changesNoSetting = ({ verb, target, noun = target?.type }: Head): boolean =>
  noun !== undefined && noun !== 'user' && wordToVerb(verb ?? '') !== 'update';

const atMost = (status: DetailStatus, { isKnown, verb }: Head): DetailStatus =>
  status === 'full' && !isKnown && verb !== undefined ? 'likely' : status;

type Base = Pick<OperationDetail, 'verb' | 'target' | 'section' | 'group' | 'people'>;

const verbOf = ({ verb }: Head): Pick<Base, 'verb'> | undefined => verb && { verb };

const baseOf = (head: Head): Base => {
  const { target, section, group, people } = head;
  return {
    ...verbOf(head),
    ...(target && { target }),
    ...(group !== undefined && { group }),
    ...(section !== undefined && { section }),
    ...(people && { people: [...people] }),
  };
};

/**
 * `head  - person: from A to B` is about that person, whatever the head: it names the setting. With several people each item
 * keeps the name of its own.
 */
const personOf = (head: Head, detail: OperationDetail): Base | undefined => {
  const change = soleChange(detail);
  if (!change?.setting || head.target || change.kind === 'ambiguous') return undefined;
  const setting = head.setting ?? head.section ?? head.object;
  const isPerson = isEmail(change.setting) || (head.setting !== undefined && change.kind === 'change');
  if (!isPerson) return undefined;
  const { target } = userTarget(change.setting);
  if (setting) change.setting = setting;
  return { ...verbOf(head), target };
};

const MEMBER_ITEM =
  /^(?:add|remove|delete)(?:ed|d)? (?:member|user)s?$|^(?:member|user)s? (?:added|removed|deleted)$/i;

/** The users whom an item of a group lists: `Add Members: a@example.com, b@example.com`. */
const membersOf = (detail: OperationDetail): string[] | undefined => {
  const change = soleChange(detail);
  if (change === undefined || detail.target?.type !== 'group') return undefined;
  return MEMBER_ITEM.test(change.setting ?? '') ? listedAddresses(change.new_value) : undefined;
};

/** Text after a head that has no name and value: people, a setting that was locked, or the name of the target. */
const readUnnamed = (head: Head, text: string): OperationDetail | undefined => {
  if (!text) return { ...baseOf(head), status: atMost('full', head) };
  const people = listedAddresses(text);
  if (people) return readPeople(head, people);
  if (head.locked !== undefined) {
    const changes = [{ setting: plainText(text), kind: 'set', locked: head.locked } as const];
    return { ...baseOf(head), status: 'full', changes };
  }
  if (head.noun === undefined || head.people) return undefined;
  const target = head.noun === 'user' ? userTarget(text).target : { type: head.noun, name: plainText(text) };
  return { ...baseOf(head), status: 'likely', target };
};

const readPeople = (head: Head, people: [string, ...string[]]): OperationDetail => {
  const [first, ...others] = people;
  const { verb, target, isKnown } = head;
  if (target?.type === 'role') {
    return withRole({ ...verbOf(head), status: 'full' }, target.name, people);
  }
  const status = isKnown && verb !== undefined ? 'full' : 'likely';
  if (others.length === 0 && (head.noun === 'user' || head.setting !== undefined)) {
    return { ...baseOf(head), status, target: { type: 'user', name: first, email: first } };
  }
  return { ...baseOf(head), status, people };
};

const TAKING: ReadonlySet<HeadVerb | undefined> = new Set(['Unassign', 'Remove', 'Delete', 'Revoke']);

/** A role that was given to people or taken from them, in the form of a change of their roles. */
const withRole = (
  detail: OperationDetail,
  role: string,
  people: readonly [string, ...string[]],
): OperationDetail => {
  const [first, ...others] = people;
  const values = TAKING.has(detail.verb)
    ? ({ kind: 'change', old_value: role } as const)
    : ({ kind: 'set', new_value: role } as const);
  return others.length === 0
    ? {
        ...detail,
        target: { type: 'user', name: first, email: first },
        changes: [{ setting: 'Role', ...values }],
      }
    : { ...detail, people: [...people], changes: people.map((setting) => ({ setting, ...values })) };
};

const readWithoutItems = (text: string, category: string | undefined): OperationDetail => {
  const head = parseHead(text);
  const email = head.target?.email;
  const people = head.people ?? (email === undefined ? undefined : ([email] as const));
  if (head.role !== undefined && people) {
    const detail = { ...verbOf(head), status: atMost('full', head) };
    return withRole(detail, head.role, people);
  }
  if (head.target ?? head.noun ?? head.setting) return { ...baseOf(head), status: atMost('full', head) };
  const type = OBJECTS.get(category);
  if (type && head.verb !== undefined) return guessObject(text, type);
  return readItem(text) ?? (category === ZOOM_ROOMS ? guessSection(text) : { status: 'none' });
};

/** Items without a head. */
const readItem = (text: string): OperationDetail | undefined => {
  if (!holdsItem(text)) return undefined;
  const { status, changes } = itemsToChanges(text);
  return status === 'full' && changes.every(isWhollyClosed) ? { status, changes } : undefined;
};

/** The text is trimmed, so a name follows the blank after a verb. */
const guessObject = (text: string, type: Target['type']): OperationDetail => {
  const end = text.indexOf(' ');
  const verb = wordNameOf(text.slice(0, Math.max(end, 0)));
  if (verb === undefined) return { status: 'none' };
  const name = text.slice(end).trim();
  if (type !== 'user') return { status: 'likely', verb, target: { type, name: plainText(name) } };
  const { target } = userTarget(name);
  if (target.name === plainText(name)) return { status: 'likely', verb, target };
  return { status: 'partial', verb, target, changes: [{ kind: 'text', text: name }] };
};

const guessSection = (text: string): OperationDetail => {
  const sectionEnd = text.indexOf(ITEM_END);
  const section = text.slice(0, Math.max(sectionEnd, 0)).trim();
  if (!section) return { status: 'none' };
  const { status, changes } = itemsToChanges(text.slice(sectionEnd + ITEM_END.length));
  return { status: status === 'full' ? 'likely' : status, section, changes };
};
