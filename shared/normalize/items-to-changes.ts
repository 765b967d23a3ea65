import { isClosedChange } from './closed-change.ts';
import type { Change } from './operation-detail.ts';
import { isFreeField } from './setting-names.ts';
import { textToChange } from './text-to-change.ts';

/** The items after a head, and how reliable they are. */
export interface ParsedChanges {
  readonly changes: Change[];
  readonly status: 'full' | 'likely' | 'partial';
}

/** Parses `item - item - …`. */
export const itemsToChanges = (text: string): ParsedChanges => {
  const readings = splitItems(text).map(textToChange);
  const changes = readings.map(({ change }) => change);
  const guessed = readings.some((parsedRow) => parsedRow.guessed) || changes.slice(0, -1).some(isOpenEnded);
  markLocked(changes);
  return { changes, status: changes.some(isUnread) ? 'partial' : guessed ? 'likely' : 'full' };
};

const SEPARATOR = ' - ';
const NAMED = ': ';

/**
 * A separator starts a new item only if both sides have a name: values, names and date ranges contain it too. An item is
 * sliced from the text once, by its start and end: joining it piece by piece would take quadratic time.
 */
const splitItems = (text: string): string[] => {
  if (!text.trim()) return [];

  const items: string[] = [];
  let isNamed = false;
  let start = 0;
  let end = -SEPARATOR.length;
  for (const piece of text.split(SEPARATOR)) {
    const begin = end + SEPARATOR.length;
    const opens = piece.includes(NAMED);
    if (isNamed && opens) {
      items.push(text.slice(start, end));
      start = begin;
    } else {
      // A colon at the end of the previous part and the separator's blank make a name, too.
      isNamed = isNamed || opens || text[end - 1] === ':';
    }
    end = begin + piece.length;
  }
  items.push(text.slice(start));
  return items;
};

const isUnread = ({ kind }: Change): boolean => kind === 'text' || kind === 'ambiguous';

/** Free text in the middle could imitate the item after it; a closed value can't, unless people fill it in. */
const isOpenEnded = (change: Change): boolean => !isClosedChange(change) || isFreeField(change.setting);

const LOCKS: ReadonlySet<string> = new Set(['lock', 'locked', 'lock setting', 'lock status']);

const markLocked = (changes: readonly Change[]): void => {
  for (const [index, { setting, new_value }] of changes.entries()) {
    const before = changes[index - 1];
    if (before?.kind !== 'change' || !setting || !LOCKS.has(setting.toLowerCase())) continue;
    const locked = textToTruth(new_value);
    if (locked !== undefined) before.locked = locked;
  }
};

const TRUTHS: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['yes', true],
  ['true', true],
  ['enabled', true],
  ['locked', true],
  ['off', false],
  ['no', false],
  ['false', false],
  ['disabled', false],
  ['unlocked', false],
]);

/** Whether a switch is on; undefined if the text is no position of a switch. */
export const textToTruth = (text: string | undefined): boolean | undefined =>
  TRUTHS.get(text?.trim().toLowerCase() ?? '');
