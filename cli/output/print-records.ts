import { colorizeFor } from '../colorize.ts';
import type { CliContext } from '../context.ts';
import { oneLine } from '../text.ts';
import type { Column } from './column.ts';
import type { OutputFormat } from './output-format.ts';
import { csvHead, markdownHead, recordToBlock, recordToCsv, recordToMarkdown } from './plain-formats.ts';
import { recordsToTable, type Screen, tableToText } from './table.ts';
import { wrapped } from './width.ts';

/** The maximum lines of the note on dropped columns. */
const NOTE_LINES = 3;

/** The screen for a command's tables. */
export const screenFor = ({
  columns,
  stdoutIsTty,
  environment,
}: Pick<CliContext, 'columns' | 'stdoutIsTty' | 'environment'>): Screen => ({
  columns,
  colorize: colorizeFor({ stdoutIsTty, environment }),
});

/** The format, columns and JSON form of records. */
export interface RecordOutput<T> {
  readonly format: OutputFormat;
  readonly columns: readonly Column<T>[];
  /** A record as a line of JSON. */
  readonly toJson: (record: T) => string;
}

export interface RecordPrinter<T> {
  readonly print: (record: T) => void;
  /** Prints buffered output after the last record. */
  readonly end: () => void;
}

/** Prints records as they arrive. A table is printed at the end, because its widths depend on all records. */
export const openRecordPrinter = <T>(
  { format, columns, toJson }: RecordOutput<T>,
  context: Pick<CliContext, 'stdout' | 'stderr' | 'columns' | 'stdoutIsTty' | 'environment'>,
): RecordPrinter<T> => {
  const { stdout, stderr } = context;
  const shown: T[] = [];
  let count = 0;
  const print = (record: T): void => {
    count += 1;
    switch (format) {
      case 'table':
        shown.push(record);
        return;
      case 'vertical':
        stdout(recordToBlock(columns, record, count));
        return;
      case 'json':
        stdout(toJson(record));
        return;
      case 'csv':
        stdout(recordToCsv(columns, record));
        return;
      case 'markdown':
        stdout((count === 1 ? markdownHead(columns) : '') + recordToMarkdown(columns, record));
        return;
    }
  };
  if (format === 'csv') stdout(csvHead(columns));
  return {
    print,
    end: () => {
      if (shown.length === 0) return;
      const table = recordsToTable(columns, shown, screenFor(context));
      stdout(tableToText(table));
      if (table.dropped.length === 0) return;
      const note = `Not shown: ${table.dropped.map(oneLine).join(', ')} (all columns: -o vertical)`;
      const lines = wrapped(note, context.columns ?? Infinity, NOTE_LINES);
      stderr(lines.map((line) => `${line}\n`).join(''));
    },
  };
};

/** Records as one text, in a format that needs no screen. */
export const recordsToText = <T>(
  records: readonly T[],
  {
    format,
    columns,
  }: { readonly format: 'vertical' | 'csv' | 'markdown'; readonly columns: readonly Column<T>[] },
): string => {
  switch (format) {
    case 'vertical':
      return records.map((record, index) => recordToBlock(columns, record, index + 1)).join('');
    case 'csv':
      return [csvHead(columns), ...records.map((record) => recordToCsv(columns, record))].join('');
    case 'markdown':
      return [markdownHead(columns), ...records.map((record) => recordToMarkdown(columns, record))].join('');
  }
};

/** Prints the last `limit` records. Returns how many it printed and how many it omitted. */
export const printLatest = async <T>(
  records: AsyncIterable<T>,
  limit: number,
  { print, end }: RecordPrinter<T>,
): Promise<{ readonly shown: number; readonly earlier: number }> => {
  const latest: T[] = [];
  let count = 0;
  for await (const record of records) {
    if (limit === Infinity) print(record);
    else latest[count % limit] = record;
    count += 1;
  }
  if (limit === Infinity) {
    end();
    return { shown: count, earlier: 0 };
  }
  const first = count > limit ? count % limit : 0;
  for (const record of [...latest.slice(first), ...latest.slice(0, first)]) print(record);
  end();
  return { shown: latest.length, earlier: count - latest.length };
};
