import { readFileSync } from 'node:fs';
import { parseTime } from './calendar.ts';
import type { SimulatedRow, StreamName } from './row-store.ts';

/** Only `\n` ends a line: a row may contain U+2028. */
const LINE_END = '\n';

/**
 * Reads a JSON-lines file of rows. One with `operation_detail`, `operator` or `category_type` is an operation row, one
 * with `email` or `type` an activity row. Each is served verbatim, unless `day` (`YYYY-MM-DD`) moves it to that day; the time of day
 * stays.
 * Throws an Error that names the line for anything else.
 */
export const loadRows = (file: string, { day }: { readonly day?: string } = {}): SimulatedRow[] =>
  readFileSync(file, 'utf8')
    .split(LINE_END)
    .flatMap((line, index) =>
      line.trim() === '' ? [] : [readLine(line, `${file}, line ${index + 1}`, day)],
    );

const readLine = (line: string, where: string, day: string | undefined): SimulatedRow => {
  const row = parsed(line, where);
  const stream = streamOf(row);
  if (stream === undefined) throw new Error(`${where}: neither an operation row nor an activity row.`);
  if (day === undefined && parseTime(row['time']) === undefined)
    throw new Error(`${where}: the row has no time.`);
  if (day !== undefined) return { stream, row: moved(row, day), day };
  return { stream, row, json: line };
};

const parsed = (line: string, where: string): Record<string, unknown> => {
  try {
    return Object(JSON.parse(line)) as Record<string, unknown>;
  } catch (cause) {
    throw new Error(`${where}: not JSON.`, { cause });
  }
};

const streamOf = (row: object): StreamName | undefined => {
  if ('operation_detail' in row || 'operator' in row || 'category_type' in row) return 'operation';
  return 'email' in row || 'type' in row ? 'activity' : undefined;
};

const moved = (row: Record<string, unknown>, day: string): Record<string, unknown> =>
  typeof row['time'] === 'string' ? { ...row, time: `${day}${row['time'].slice(day.length)}` } : row;
