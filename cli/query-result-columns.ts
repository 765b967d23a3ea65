import type { Json, BuiltInQuery } from '../shared/app/query.ts';
import { jsonToLine } from '../shared/normalize/index.ts';
import type { Column } from './output/column.ts';

export type ResultRow = readonly Json[];

/** The minimum width of a cut text. Below it, whole columns are dropped instead. */
const LEAST = 16;

/** A value as text: empty for null, JSON for objects and lists. */
const textOf = (value: Json | undefined): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})\.\d{3}Z$/;

/** An instant in the form of the other tables. */
const shownText = (value: Json | undefined): string => textOf(value).replace(INSTANT, '$1 $2');

/**
 * The columns of a query result. A narrow screen keeps the left columns longest. It drops constant columns first, then ids.
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

/** A row of a query result as a line of JSON. */
export const resultToJson =
  (names: readonly string[]) =>
  (row: ResultRow): string =>
    jsonToLine(Object.fromEntries(names.map((name, index) => [name, row[index]])));

/** The built-in queries by name. */
export const QUESTION_COLUMNS: readonly Column<BuiltInQuery>[] = [
  { name: 'name', title: 'NAME', text: ({ name }) => name },
  { name: 'question', title: 'QUESTION', text: ({ question }) => question, least: 20, lines: 3 },
];
