import { stringify } from 'csv-stringify/sync';
import { oneLine, printable } from '../text.ts';
import type { Column } from './column.ts';
import { padded, widthOf } from './width.ts';

/** A record as a block with one line per column. Nothing is cut. */
export const recordToBlock = <T>(columns: readonly Column<T>[], record: T, number: number): string => {
  const names = columns.map(({ name }) => oneLine(name));
  const width = Math.max(0, ...names.map(widthOf));
  const lines = columns.map(({ text }, index) =>
    `${padded(names[index] ?? '', width)}  ${oneLine(text(record))}`.trimEnd(),
  );
  return [`-- ${number} --`, ...lines].map((line) => `${line}\n`).join('');
};

/** The library marks a formula at the start of a cell. Spreadsheets may skip blanks and line ends before one. */
const FORMULA_AFTER_BLANKS = /^\s+[=+@\-\uff1d\uff0b\uff0d\uff20]/;

const csvText = (text: string): string =>
  FORMULA_AFTER_BLANKS.test(text) ? `'${printable(text)}` : printable(text);

/** A line of CSV. Formulas are marked as text (OWASP), because users control the content of Zoom's rows. */
const csvLine = (values: readonly (string | number)[]): string =>
  stringify([values.map((value) => (typeof value === 'number' ? value : csvText(value)))], {
    escape_formulas: true,
  });

export const csvHead = <T>(columns: readonly Column<T>[]): string => csvLine(columns.map(({ name }) => name));

export const recordToCsv = <T>(columns: readonly Column<T>[], record: T): string =>
  csvLine(columns.map(({ text, value = text }) => value(record)));

/** A row of a Markdown table, with Markdown and HTML syntax escaped. */
const markdownRow = (cells: readonly string[]): string =>
  `| ${cells
    .map((cell) =>
      oneLine(cell)
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll(/[\\`*_[\]|~>]/g, '\\$&'),
    )
    .join(' | ')} |\n`;

export const markdownHead = <T>(columns: readonly Column<T>[]): string =>
  markdownRow(columns.map(({ title }) => title)) +
  `|${columns.map(({ align }) => (align === 'right' ? ' --: |' : ' --- |')).join('')}\n`;

export const recordToMarkdown = <T>(columns: readonly Column<T>[], record: T): string =>
  markdownRow(columns.map(({ text }) => text(record)));
