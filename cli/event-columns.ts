import type { StoredEvent } from '../shared/app/archive.ts';
import type { Column } from './output/column.ts';
import { parsedRowToSentence } from './parsed-row-to-sentence.ts';

/** An instant in UTC: `2026-11-20 09:05:30`; brief form: `11-20 09:05`. */
export const instantColumn = <T>(
  title: string,
  name: string,
  instantOf: (record: T) => string,
): Column<T> => ({
  name,
  title,
  text: (record) => instantOf(record).slice(0, 19).replace('T', ' '),
  value: instantOf,
  brief: { text: (record) => instantOf(record).slice(5, 16).replace('T', ' ') },
});

/** Columns of an event: when, who, the change, and the address. */
export const EVENT_COLUMNS: readonly Column<StoredEvent>[] = [
  instantColumn('WHEN (UTC)', 'time', ({ parsedRow }) => parsedRow.time.text),
  { name: 'area', title: 'AREA', text: ({ parsedRow }) => parsedRow.area, keep: 2 },
  {
    name: 'who',
    title: 'WHO',
    text: ({ parsedRow }) => parsedRow.actor?.name ?? 'unknown',
    least: 20,
  },
  {
    name: 'what',
    title: 'WHAT',
    text: ({ parsedRow }) => parsedRowToSentence(parsedRow),
    least: 36,
    weight: 3,
    lines: 2,
  },
  { name: 'from', title: 'FROM', text: ({ parsedRow }) => parsedRow.addresses?.[0] ?? '', keep: 1 },
];
