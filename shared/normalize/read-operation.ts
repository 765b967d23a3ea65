import { operationToArea } from './operation-to-area.ts';
import { operationToKind } from './operation-to-kind.ts';
import { parseOperationDetail } from './parse-operation-detail.ts';
import { textToPerson } from './person.ts';
import type { Reading, StreamReading } from './reading.ts';
import { textOf } from './text.ts';
import { actionToWord, wordToVerb } from './verb.ts';

/** Understands a row of an operation log. */
export const readOperation = (row: Reading['row']): StreamReading => {
  const operator = textOf(row['operator']);
  const category = textOf(row['category_type']);
  const action = textOf(row['action']);
  const text = textOf(row['operation_detail']);

  const word = action === undefined ? undefined : actionToWord(action);
  const verb = word === undefined ? 'other' : wordToVerb(word);
  const detail = parseOperationDetail(row['operation_detail'], category);
  const key = category?.toLowerCase() ?? '';
  const { eventType, activity } = operationToKind(key, verb, detail);

  const message = text ?? joined(category, action, ' ');
  const code = joined(category, action, '/');
  return {
    area: operationToArea({ category: key, eventType, detail, text: text ?? '' }),
    eventType,
    activity,
    outcome: 'success',
    verb,
    detail,
    ...(word !== undefined && { word }),
    ...(message !== undefined && { message }),
    ...(code !== undefined && { code }),
    ...(operator !== undefined && { actor: textToPerson(operator) }),
    ...(category !== undefined && { category }),
  };
};

const joined = (
  category: string | undefined,
  action: string | undefined,
  separator: string,
): string | undefined =>
  category !== undefined && action !== undefined ? category + separator + action : (category ?? action);
