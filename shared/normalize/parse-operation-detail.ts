import { isEmail } from './email.ts';
import { itemsToChanges } from './items-to-changes.ts';
import type { Change, HeadVerb, OperationDetail, Target } from './operation-detail.ts';
import { textOf } from './text.ts';

const HEAD_END = '  - ';
const ITEM_END = ' - ';
const LONGEST = 65_536;

const CHANGE_ROLE = 'Change Role';
const PHRASE = /^(Add|Create|Delete|Remove|Edit|Update|Activate|Deactivate) (User|Group|Role)(?: (.*))?$/s;
const VERB = /^(Add|Create|Delete|Remove|Edit|Update|Activate|Deactivate) /;

/** Categories whose details may name the object without its kind: "Delete Night Shift". */
const OBJECTS: ReadonlyMap<string, Target['type']> = new Map([
  ['user', 'user'],
  ['user group', 'group'],
  ['role', 'role'],
]);
const ZOOM_ROOMS = 'zoom rooms';

/**
 * Parses an `operation_detail` by grammar v1: `head  - item - item`. Accepts any value, never throws, needs linear time.
 * It skips what it can't parse, because events contain the text as well.
 */
export const parseOperationDetail = (detail: unknown, categoryType?: unknown): OperationDetail => {
  if (typeof detail !== 'string' || detail.length > LONGEST) return { status: 'none' };
  const headEnd = detail.indexOf(HEAD_END);
  return headEnd === -1
    ? readWithoutItems(detail.trim(), textOf(categoryType)?.toLowerCase() ?? '')
    : readHeadAndItems(detail.slice(0, headEnd).trim(), detail.slice(headEnd + HEAD_END.length));
};

const readHeadAndItems = (head: string, items: string): OperationDetail => {
  if (!head) return { status: 'none' };
  const { status, changes } = itemsToChanges(items);
  if (head === CHANGE_ROLE)
    return withChanges({ status, verb: CHANGE_ROLE, ...roleTarget(changes) }, changes);
  return withChanges({ status, ...(phraseOf(head) ?? { section: head }) }, changes);
};

const readWithoutItems = (text: string, category: string): OperationDetail => {
  if (text === CHANGE_ROLE) return { status: 'full', verb: CHANGE_ROLE };
  const phrase = phraseOf(text);
  if (phrase) return { status: 'full', ...phrase };

  const type = OBJECTS.get(category);
  if (type) return guessObject(text, type);
  if (category === ZOOM_ROOMS) return guessSection(text);
  return { status: 'none' };
};

const withChanges = (detail: OperationDetail, changes: Change[]): OperationDetail => {
  if (changes.length > 0) detail.changes = changes;
  return detail;
};

interface Phrase {
  verb: HeadVerb;
  target?: Target;
}

const phraseOf = (head: string): Phrase | undefined => {
  const match = PHRASE.exec(head);
  if (!match) return undefined;
  const verb = match[1] as HeadVerb;
  const name = match[3]?.trim();
  return name
    ? { verb, target: targetOf(OBJECT_TYPES[match[2] as 'User' | 'Group' | 'Role'], name) }
    : { verb };
};

const OBJECT_TYPES = { User: 'user', Group: 'group', Role: 'role' } as const;

const targetOf = (type: Target['type'], name: string): Target =>
  type === 'user' && isEmail(name) ? { type, name, email: name } : { type, name };

/** "Change Role  - NAME: from A to B": the item's name is the user. With several items each keeps its name. */
const roleTarget = (changes: readonly Change[]): { target?: Target } => {
  const [change, ...others] = changes;
  if (change?.kind !== 'change' || !change.setting || others.length > 0) return {};
  const target = targetOf('user', change.setting);
  change.setting = 'Role';
  return { target };
};

/** The text is trimmed, so a name follows the blank after a verb. */
const guessObject = (text: string, type: Target['type']): OperationDetail => {
  const verb = VERB.exec(text)?.[1] as HeadVerb | undefined;
  if (!verb) return { status: 'none' };
  return { status: 'likely', verb, target: targetOf(type, text.slice(verb.length).trim()) };
};

const guessSection = (text: string): OperationDetail => {
  const sectionEnd = text.indexOf(ITEM_END);
  const section = text.slice(0, Math.max(sectionEnd, 0)).trim();
  if (!section) return { status: 'none' };
  const { status, changes } = itemsToChanges(text.slice(sectionEnd + ITEM_END.length));
  return withChanges({ status: status === 'full' ? 'likely' : status, section }, changes);
};
