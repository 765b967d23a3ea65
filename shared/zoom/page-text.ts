import * as z from 'zod';
import { formatCount } from '../model/format-count.ts';
import { type JsonExtent, measureJson, skipBlanks } from '../model/json-text.ts';
import { type ListedRow, MAX_CONTAINERS, MAX_NESTING, textToListedRow } from '../model/listed-row.ts';
import type { Stream } from '../model/stream.ts';

/** One page of a report. */
export interface ReportPage {
  readonly rows: readonly ListedRow[];
  /** Empty at the end of the list. */
  readonly nextPageToken: string;
  /** The rows of all pages, by Zoom's count; undefined if the page has none. */
  readonly total?: number | undefined;
}

/** A page that is too large to process. */
export interface OversizedPage {
  readonly oversized: string;
}

/** The fields around the rows are few and short. */
const MOST_AROUND = 64 * 1024;

/** Objects and lists of all rows together: each takes up to twenty times the memory of its text. */
const MOST_CONTAINERS = 500_000;

/** Absent, null and empty all mean that there is no next page. Unused fields are ignored: Zoom may add some. */
const AroundSchema = z.object({
  next_page_token: z.string().nullish(),
  total_records: z.int().min(0).optional().catch(undefined),
});

/**
 * Reads a page row by row, each with its own text. Where rows begin and end, how many there are and how deep they are nested is
 * found before anything is parsed. Undefined for anything else: an error body with status 200, or invalid JSON.
 */
export const readPage = (
  body: string,
  { rowsField }: Pick<Stream, 'rowsField'>,
  mostRows: number,
): ReportPage | OversizedPage | undefined => {
  const list = findRows(body, rowsField, mostRows);
  if (!list || 'oversized' in list) return list;
  const around = `${body.slice(0, list.start)}[]${body.slice(list.end)}`;
  if (
    around.length > MOST_AROUND ||
    (measureJson(around, skipBlanks(around, 0))?.nesting ?? Infinity) > MAX_NESTING
  )
    return undefined;
  try {
    const page = AroundSchema.safeParse(JSON.parse(around));
    if (!page.success) return undefined;
    const rows = list.rows.map(({ start, extent }) => textToListedRow(body.slice(start, extent.end), extent));
    return { rows, nextPageToken: page.data.next_page_token ?? '', total: page.data.total_records };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** The position of the rows in a page. */
interface RowList {
  /** Of the brackets around all of them. */
  readonly start: number;
  readonly end: number;
  readonly rows: readonly { readonly start: number; readonly extent: JsonExtent }[];
}

/** The array under `rowsField` of the object that a body is. */
const findRows = (body: string, rowsField: string, mostRows: number): RowList | OversizedPage | undefined => {
  let found: RowList | undefined;
  let index = skipBlanks(body, 0);
  if (body[index] !== '{') return undefined;
  do {
    const nameAt = skipBlanks(body, index + 1);
    const name = measureJson(body, nameAt);
    if (body[nameAt] !== '"' || !name) return undefined;
    const colon = skipBlanks(body, name.end);
    if (body[colon] !== ':') return undefined;
    const valueAt = skipBlanks(body, colon + 1);
    if (body.slice(nameAt, name.end) === `"${rowsField}"`) {
      // Two lists in one page: reading either would lose the other.
      if (found) return undefined;
      const list = measureRows(body, valueAt, mostRows);
      if (!list || 'oversized' in list) return list;
      found = list;
      index = list.end;
    } else {
      const value = measureJson(body, valueAt);
      if (!value) return undefined;
      index = value.end;
    }
    index = skipBlanks(body, index);
  } while (body[index] === ',');
  return found;
};

const measureRows = (body: string, start: number, mostRows: number): RowList | OversizedPage | undefined => {
  if (body[start] !== '[') return undefined;
  const rows: { start: number; extent: JsonExtent }[] = [];
  let containers = 0;
  let index = skipBlanks(body, start + 1);
  if (body[index] === ']') return { start, end: index + 1, rows };
  for (;;) {
    const extent = measureJson(body, index);
    if (!extent) return undefined;
    if (rows.length === mostRows)
      return { oversized: `more rows than the requested ${formatCount(mostRows)}` };
    containers += Math.min(extent.containers, MAX_CONTAINERS);
    rows.push({ start: index, extent });
    index = skipBlanks(body, extent.end);
    if (body[index] === ']') break;
    if (body[index] !== ',') return undefined;
    index = skipBlanks(body, index + 1);
  }
  if (containers > MOST_CONTAINERS)
    return { oversized: `more than ${formatCount(MOST_CONTAINERS)} objects and lists` };
  return { start, end: index + 1, rows };
};
