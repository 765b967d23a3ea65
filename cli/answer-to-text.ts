import Table from 'cli-table3';
import { stringify } from 'csv-stringify/sync';
import { jsonToLine } from '../shared/normalize/index.ts';
import type { Json, ReadyQuestion } from '../shared/query-archive.ts';
import { PLAIN } from './table-style.ts';
import { printable } from './text.ts';

type Row = readonly Json[];

/** A value as a person reads it: nothing for null, JSON for what is made of parts. */
const textOf = (value: Json): string => {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** Rows as a table. */
export const answerToTable = (columns: readonly string[], rows: readonly Row[]): string => {
  const table = new Table({ ...PLAIN, head: columns.map(printable) });
  for (const row of rows) table.push(row.map((value) => printable(textOf(value))));
  return table.toString();
};

/** Rows as CSV. What a spreadsheet would take for a formula is marked as a text: people write into these rows. */
export const answerToCsv = (rows: readonly Row[]): string =>
  stringify(
    rows.map((row) => row.map((value) => printable(textOf(value)))),
    { escape_formulas: true },
  );

/** Rows as JSON lines. */
export const answerToJsonLines = (columns: readonly string[], rows: readonly Row[]): string =>
  rows
    .map((row) => jsonToLine(Object.fromEntries(columns.map((name, index) => [name, row[index]]))))
    .join('');

/** The ready questions by name. */
export const questionsToTable = (questions: readonly ReadyQuestion[]): string => {
  const table = new Table({ ...PLAIN, head: ['NAME', 'QUESTION'] });
  for (const { name, question } of questions) table.push([name, question]);
  return table.toString();
};
