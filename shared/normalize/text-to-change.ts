import { isClosedValue } from './closed-value.ts';
import type { Change } from './operation-detail.ts';

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
  named(item, item.lastIndexOf(SET_TO), SET_TO, 'set') ??
  named(item, item.indexOf(NAMED), NAMED, 'value') ?? {
    change: { kind: 'text', text: item },
    guessed: false,
  };

/** The rightmost `: from ` that a ` to ` follows, so that a setting's name may contain a colon. */
const fromTo = (item: string): ParsedChange | undefined => {
  const from = item.lastIndexOf(FROM, item.lastIndexOf(TO) - FROM.length);
  const setting = item.slice(0, Math.max(from, 0)).trim();
  if (!setting) return undefined;

  const values = item.slice(from + FROM.length);
  const splits = splitsOf(values);
  const closed = splits.length === 1 ? splits : splits.filter((split) => hasClosedSide(values, split));
  const [split] = closed;
  if (split === undefined || closed.length > 1) {
    return { change: { setting, kind: 'ambiguous', text: item }, guessed: false };
  }

  const change: Change = { setting, kind: 'change' };
  const oldValue = values.slice(0, split);
  const newValue = values.slice(split + TO.length);
  if (oldValue.trim()) change.old_value = oldValue;
  if (newValue.trim()) change.new_value = newValue;
  return { change, guessed: splits.length > 1 };
};

const splitsOf = (values: string): number[] => {
  const splits: number[] = [];
  for (let to = values.indexOf(TO); to !== -1; to = values.indexOf(TO, to + 1)) splits.push(to);
  return splits;
};

const hasClosedSide = (values: string, split: number): boolean =>
  isClosedValue(values.slice(0, split)) || isClosedValue(values.slice(split + TO.length));

const named = (
  item: string,
  at: number,
  separator: string,
  kind: 'set' | 'value',
): ParsedChange | undefined => {
  const setting = item.slice(0, Math.max(at, 0)).trim();
  if (!setting) return undefined;

  const change: Change = { setting, kind };
  const value = item.slice(at + separator.length);
  if (value.trim()) change.new_value = value;
  return { change, guessed: false };
};
