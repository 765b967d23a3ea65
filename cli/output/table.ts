import type { Colour, Colorize } from '../colorize.ts';
import { oneLine } from '../text.ts';
import type { Column } from './column.ts';
import { fitColumns, GAP } from './fit-columns.ts';
import { widthOf, wrapped } from './width.ts';

/** The screen of a table. */
export interface Screen {
  /** The width; undefined: unlimited. */
  readonly columns?: number | undefined;
  readonly colorize: Colorize;
}

export interface Table {
  readonly head: string;
  /** One entry per record; an entry may have several lines. */
  readonly lines: readonly string[];
  /** Titles of the columns that did not fit. */
  readonly dropped: readonly string[];
}

interface Laid {
  readonly title: string;
  readonly cells: readonly string[];
  readonly natural: number;
}

const lay = <T>(title: string, records: readonly T[], text: (record: T) => string): Laid => {
  const shown = oneLine(title);
  const cells = records.map((record) => oneLine(text(record)));
  return {
    title: shown,
    cells,
    natural: cells.reduce((most, cell) => Math.max(most, widthOf(cell)), widthOf(shown)),
  };
};

/** Formats records as a table that fits the screen. */
export const recordsToTable = <T>(
  columns: readonly Column<T>[],
  records: readonly T[],
  { columns: available = Infinity, colorize }: Screen,
): Table => {
  const whole = columns.map(({ title, text }) => lay(title, records, text));
  const room = whole.reduce((sum, { natural }) => sum + natural + GAP, -GAP);
  const laid =
    room <= available
      ? whole
      : columns.map(({ title, text, brief }) => lay(brief?.title ?? title, records, brief?.text ?? text));
  const wanted = laid.map(({ natural }, index) => {
    const { least = natural, weight = 1, keep } = columns[index] ?? {};
    return { natural, least: Math.min(least, natural), weight, keep };
  });
  const widths = fitColumns(wanted, Math.max(available, 1));
  const last = widths.findLastIndex((width) => width !== undefined);
  const lineOf = (cellOf: (column: Laid) => string, colourOf: (column: Column<T>) => Colour | undefined) => {
    let line = '';
    let offset = 0;
    for (const [index, column] of columns.entries()) {
      const [width, of] = [widths[index], laid[index]];
      if (width === undefined || of === undefined) continue;
      const [first = '', ...others] = wrapped(cellOf(of), width, index === last ? (column.lines ?? 1) : 1);
      const blanks = ' '.repeat(width - widthOf(first));
      const colour = colourOf(column);
      const painted = colour === undefined ? first : colorize(colour, first);
      line += column.align === 'right' ? blanks + painted : painted + (index === last ? '' : blanks);
      if (index === last)
        return [line.trimEnd(), ...others.map((other) => ' '.repeat(offset) + other)].join('\n');
      line += ' '.repeat(GAP);
      offset += width + GAP;
    }
    return line.trimEnd();
  };
  return {
    head: lineOf(
      ({ title }) => title,
      () => undefined,
    ),
    lines: records.map((record, index) =>
      lineOf(
        ({ cells }) => cells[index] ?? '',
        ({ colour }) => colour?.(record),
      ),
    ),
    dropped: laid.flatMap(({ title }, index) => (widths[index] === undefined ? [title] : [])),
  };
};

/** The lines of a table as text. */
export const tableToText = ({ head, lines }: Table): string =>
  [head, ...lines].map((line) => `${line}\n`).join('');
