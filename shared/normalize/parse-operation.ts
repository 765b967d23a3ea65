import { type WordName, wordNameOf, wordOf } from './head-words.ts';
import type { OperationDetail } from './operation-detail.ts';
import { operationToArea } from './operation-to-area.ts';
import { operationToKind } from './operation-to-kind.ts';
import { parseOperationDetail } from './parse-operation-detail.ts';
import { textToPerson } from './person.ts';
import type { ParsedRow, ParsedStreamRow } from './parsed-row.ts';
import { withDirections } from './setting-direction.ts';
import { textOf } from './text.ts';
import { textToCategory } from './text-to-category.ts';
import { actionToWord, type Verb } from './verb.ts';

/** Parses a row of an operation log. */
export const parseOperation = (row: ParsedRow['row']): ParsedStreamRow => {
  const operator = textOf(row['operator']);
  const categoryText = textOf(row['category_type']);
  const actionText = textOf(row['action']);
  const text = textOf(row['operation_detail']);

  const category = textToCategory(categoryText);
  const parsed = parseOperationDetail(row['operation_detail'], categoryText);
  const detail = withDirections(parsed, { isOfRole: category?.rules === 'role' });
  const action = actionText === undefined ? undefined : actionToWord(actionText);
  const verbName = wordIn(action, text, detail);
  const verb: Verb = verbName === undefined ? 'other' : wordOf(verbName).verb;
  const facts = { category, categoryText: categoryText ?? '', detail };
  const { eventType, activity } = operationToKind({
    ...facts,
    verb,
    verbName,
    hasVerb: action !== undefined || verbName !== undefined,
  });

  const message = text ?? joined(categoryText, actionText, ' ');
  const code = joined(categoryText, actionText, '/');
  return {
    area: operationToArea({ ...facts, eventType, text: text ?? '' }),
    eventType,
    activity,
    outcome: 'success',
    verb,
    detail,
    ...(action !== undefined && { action }),
    ...(message !== undefined && { message }),
    ...(code !== undefined && { code }),
    ...(operator !== undefined && { actor: textToPerson(operator) }),
    ...(categoryText !== undefined && { category: categoryText }),
  };
};

/**
 * The verb of an operation: the action's. The text's verb stands for a missing action, and is more exact than an action of
 * the same kind: "Enable" for "Update".
 */
const wordIn = (
  action: string | undefined,
  text: string | undefined,
  detail: OperationDetail,
): WordName | undefined => {
  const ofAction = wordNameOf(action);
  const ofText = wordNameOf((detail.verb ?? text)?.split(' ', 1)[0]);
  if (action === undefined) return ofText;
  if (ofAction === undefined || ofText === undefined) return ofAction;
  const isMoreExact = wordOf(ofAction).exact === undefined && wordOf(ofText).verb === wordOf(ofAction).verb;
  return isMoreExact && detail.verb !== undefined ? ofText : ofAction;
};

const joined = (
  category: string | undefined,
  actionText: string | undefined,
  separator: string,
): string | undefined =>
  category !== undefined && actionText !== undefined
    ? category + separator + actionText
    : (category ?? actionText);
