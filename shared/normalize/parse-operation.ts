import { operationToArea } from './operation-to-area.ts';
import { operationToKind } from './operation-to-kind.ts';
import { parseOperationDetail } from './parse-operation-detail.ts';
import { textToPerson } from './person.ts';
import type { ParsedRow, ParsedStreamRow } from './parsed-row.ts';
import { textOf } from './text.ts';
import { actionToWord, wordToVerb } from './verb.ts';

/** Parses a row of an operation log. */
export const parseOperation = (row: ParsedRow['row']): ParsedStreamRow => {
  const operator = textOf(row['operator']);
  const category = textOf(row['category_type']);
  const actionText = textOf(row['action']);
  const text = textOf(row['operation_detail']);

  const action = actionText === undefined ? undefined : actionToWord(actionText);
  const verb = action === undefined ? 'other' : wordToVerb(action);
  const detail = parseOperationDetail(row['operation_detail'], category);
  const key = category?.toLowerCase() ?? '';
  const { eventType, activity } = operationToKind(key, verb, detail);

  const message = text ?? joined(category, actionText, ' ');
  const code = joined(category, actionText, '/');
  return {
    area: operationToArea({ category: key, eventType, detail, text: text ?? '' }),
    eventType,
    activity,
    outcome: 'success',
    verb,
    detail,
    ...(action !== undefined && { action }),
    ...(message !== undefined && { message }),
    ...(code !== undefined && { code }),
    ...(operator !== undefined && { actor: textToPerson(operator) }),
    ...(category !== undefined && { category }),
  };
};

const joined = (
  category: string | undefined,
  actionText: string | undefined,
  separator: string,
): string | undefined =>
  category !== undefined && actionText !== undefined
    ? category + separator + actionText
    : (category ?? actionText);
