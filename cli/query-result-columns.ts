import type { Json, BuiltInQuery } from '../shared/app/query.ts';
import { jsonToLine } from '../shared/normalize/index.ts';
import type { Column } from './output/column.ts';

export type ResultRow = readonly Json[];

/** A text may be cut to so little, and no further: less says nothing. Whole columns are dropped instead. */
const LEAST = 16;

/** A value as a person reads it: nothing for null, JSON for what is made of parts. */
const textOf = (value: Json | undefined): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})\.\d{3}Z$/;

/** An instant as the other tables write it. */
const shownText = (value: Json | undefined): string => textOf(value).replace(INSTANT, '$1 $2');

/**
 * The columns of an answer to any question. What stands left stays longest on a narrow screen; ids, and columns in which `rows` differ
 * in nothing, go first.
 */
export const resultColumns = (
  names: readonly string[],
  rows: readonly ResultRow[],
): readonly Column<ResultRow>[] =>
  names.map((name, index) => {
    const values = rows.map((row) => row[index]);
    const isText = values.some((value) => typeof value === 'string' || typeof value === 'object');
    const isConstant = rows.length > 1 && new Set(values.map(textOf)).size === 1;
    const rank = isConstant ? 0 : name.endsWith('_id') ? 1 : 2 + names.length - index;
    return {
      name,
      title: name,
      text: (row) => shownText(row[index]),
      value: (row) => {
        const value = row[index];
        return typeof value === 'number' ? value : textOf(value);
      },
      brief: {
        text: (row) => textOf(row[index]).replace(INSTANT, (text) => text.slice(5, 16).replace('T', ' ')),
      },
      ...(isText && !values.every((value) => INSTANT.test(textOf(value))) && { least: LEAST }),
      ...(index > 0 && { keep: rank }),
    };
  });

/** A row of an answer as a line of JSON. */
export const resultToJson =
  (names: readonly string[]) =>
  (row: ResultRow): string =>
    jsonToLine(Object.fromEntries(names.map((name, index) => [name, row[index]])));

/** The ready questions by name. */
export const QUESTION_COLUMNS: readonly Column<BuiltInQuery>[] = [
  { name: 'name', title: 'NAME', text: ({ name }) => name },
  { name: 'question', title: 'QUESTION', text: ({ question }) => question, least: 20, lines: 3 },
];
