import { stringify } from 'csv-stringify/sync';
import { oneLine, printable } from '../text.ts';
import type { Column } from './column.ts';
import { padded, widthOf } from './width.ts';

/** Each record as a block of lines, a line for each column: nothing is cut, however many columns there are. */
export const recordToBlock = <T>(columns: readonly Column<T>[], record: T, number: number): string => {
  const names = columns.map(({ name }) => oneLine(name));
  const width = Math.max(0, ...names.map(widthOf));
  const lines = columns.map(({ text }, index) =>
    `${padded(names[index] ?? '', width)}  ${oneLine(text(record))}`.trimEnd(),
  );
  return [`-- ${number} --`, ...lines].map((line) => `${line}\n`).join('');
};

/** The library marks a formula that begins a cell; a spreadsheet may skip blanks and line ends before one. */
const FORMULA_AFTER_BLANKS = /^\s+[=+@\-\uff1d\uff0b\uff0d\uff20]/;

const csvText = (text: string): string =>
  FORMULA_AFTER_BLANKS.test(text) ? `'${printable(text)}` : printable(text);

/** A line of CSV. What a spreadsheet takes for a formula is marked as a text (OWASP): people write into Zoom's rows. */
const csvLine = (values: readonly (string | number)[]): string =>
  stringify([values.map((value) => (typeof value === 'number' ? value : csvText(value)))], {
    escape_formulas: true,
  });

export const csvHead = <T>(columns: readonly Column<T>[]): string => csvLine(columns.map(({ name }) => name));

export const recordToCsv = <T>(columns: readonly Column<T>[], record: T): string =>
  csvLine(columns.map(({ text, value = text }) => value(record)));

/** A row of a Markdown table. Whatever Markdown or HTML gives a meaning is written so that it shows as it is. */
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
