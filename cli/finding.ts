import { jsonToLine } from '../shared/normalize/index.ts';
import type { Detection, Json, Level } from '../shared/app/query.ts';
import { instantColumn } from './event-columns.ts';
import type { Column } from './output/column.ts';
import { formatCount } from './text.ts';

/** From lowest to highest. Repeated here so that `detect --help` does not load DuckDB. */
export const SEVERITIES: readonly Level[] = ['informational', 'low', 'medium', 'high', 'critical'];

/** One finding of a detection: when, who, what. */
export interface Finding {
  readonly detection: Detection;
  /** The id of the event; empty if the detection has none. */
  readonly id: string;
  readonly time: string;
  readonly source: string;
  readonly who: string;
  readonly what: string;
  /** All values of the detection, by column. */
  readonly row: Readonly<Record<string, Json>>;
}

/** Converts a row of a detection's result. Most have the columns of the operation log; the others have their own. */
export const rowToFinding = (
  detection: Detection,
  columns: readonly string[],
  values: readonly Json[],
): Finding => {
  const row = Object.fromEntries(columns.map((name, index) => [name, values[index] ?? null]));
  const text = (name: string): string => textOf(row[name]);
  return {
    detection,
    id: text('event_id'),
    time: text('event_time'),
    source: text('source'),
    who: ['actor_email', 'actor_name', 'operator', 'email'].map(text).find(Boolean) ?? 'unknown',
    what: whatIs(row, text),
    row,
  };
};

const textOf = (value: Json | undefined): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** Columns with the place, time and actor of a finding. The others describe it. */
const PLACE = new Set(['event_id', 'event_time', 'source', 'dt', 'email']);

const whatIs = (row: Readonly<Record<string, Json>>, text: (name: string) => string): string => {
  if (!('operation_detail' in row)) {
    const said = Object.entries(row).filter(([name, value]) => !PLACE.has(name) && value !== null);
    return said.map(([name, value]) => `${name.replaceAll('_', ' ')} ${textOf(value)}`).join(', ');
  }
  const detail = text('operation_detail') || [text('category_type'), text('action')].join(' ');
  const count = text('event_count');
  return count === '' ? detail : `${formatCount(Number(count))} such changes within an hour. Last: ${detail}`;
};

/** A finding as a line of JSON. */
export const findingToJson = ({ detection: { name, title, level }, time, who, what, row }: Finding): string =>
  jsonToLine({ detection: name, title, level, event_time: time, who, what, row });

const WHEN = instantColumn<Finding>('WHEN (UTC)', 'event_time', ({ time }) => time);
const WHO: Column<Finding> = { name: 'who', title: 'WHO', text: ({ who }) => who, least: 20 };
const WHAT: Column<Finding> = {
  name: 'what',
  title: 'WHAT',
  text: ({ what }) => what,
  least: 36,
  weight: 3,
  lines: 4,
};

/** Columns of a finding within its detection. */
export const GROUPED_COLUMNS: readonly Column<Finding>[] = [WHEN, WHO, WHAT];

/** Columns of a finding in a list of all detections. */
export const FINDING_COLUMNS: readonly Column<Finding>[] = [
  WHEN,
  { name: 'level', title: 'LEVEL', text: ({ detection }) => detection.level },
  { name: 'detection', title: 'DETECTION', text: ({ detection }) => detection.name },
  { name: 'source', title: 'SOURCE', text: ({ source }) => source },
  WHO,
  WHAT,
  { name: 'event_id', title: 'EVENT ID', text: ({ id }) => id },
];
