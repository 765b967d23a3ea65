import * as z from 'zod';
import { formatCount } from '../model/format-count.ts';
import { type JsonExtent, measureJson, skipBlanks } from '../model/json-text.ts';
import { type ListedRow, MAX_CONTAINERS, MAX_NESTING, textToListedRow } from '../model/listed-row.ts';

/** One page of a report. */
export interface ReportPage {
  readonly rows: readonly ListedRow[];
  /** The lists beside the rows that were asked for, by field; one that a page leaves out is empty. */
  readonly beside?: ReadonlyMap<string, readonly ListedRow[]> | undefined;
  /** Empty at the end of the list. */
  readonly nextPageToken: string;
  /** The rows of all pages, by Zoom's count; undefined if the page has none. */
  readonly total?: number | undefined;
}

/** The fields of a page that have lists: its rows, and lists outside the paging. */
export interface PageFields {
  readonly rowsField: string;
  readonly besideFields?: readonly string[] | undefined;
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
  { rowsField, besideFields = [] }: PageFields,
  mostRows: number,
): ReportPage | OversizedPage | undefined => {
  const lists = findLists(body, rowsField, besideFields, mostRows);
  if (!lists || 'oversized' in lists) return lists;
  const rowList = lists.get(rowsField);
  if (!rowList) return undefined;
  const around = withoutLists(body, [...lists.values()]);
  if (
    around.length > MOST_AROUND ||
    (measureJson(around, skipBlanks(around, 0))?.nesting ?? Infinity) > MAX_NESTING
  )
    return undefined;
  try {
    const page = AroundSchema.safeParse(JSON.parse(around));
    if (!page.success) return undefined;
    const toRows = (list: RowList | undefined): ListedRow[] =>
      (list?.rows ?? []).map(({ start, extent }) => textToListedRow(body.slice(start, extent.end), extent));
    const { next_page_token: nextPageToken, total_records: total } = page.data;
    return {
      rows: toRows(rowList),
      ...(besideFields.length > 0 && {
        beside: new Map(besideFields.map((field) => [field, toRows(lists.get(field))])),
      }),
      nextPageToken: nextPageToken ?? '',
      total,
    };
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

/** A body with empty lists. They are given in order. */
const withoutLists = (body: string, lists: readonly RowList[]): string => {
  const ends = [0, ...lists.map(({ end }) => end)];
  const starts = [...lists.map(({ start }) => start), body.length];
  return ends.map((end, index) => body.slice(end, starts[index])).join('[]');
};

/** The arrays under some fields of the object that a body is, in order. A list beside the rows may be null. */
const findLists = (
  body: string,
  rowsField: string,
  besideFields: readonly string[],
  mostRows: number,
): ReadonlyMap<string, RowList> | OversizedPage | undefined => {
  const found = new Map<string, RowList>();
  let index = skipBlanks(body, 0);
  if (body[index] !== '{') return undefined;
  do {
    const nameAt = skipBlanks(body, index + 1);
    const name = measureJson(body, nameAt);
    if (body[nameAt] !== '"' || !name) return undefined;
    const colon = skipBlanks(body, name.end);
    if (body[colon] !== ':') return undefined;
    const valueAt = skipBlanks(body, colon + 1);
    const field = body.slice(nameAt + 1, name.end - 1);
    if (field === rowsField || (besideFields.includes(field) && !body.startsWith('null', valueAt))) {
      // Two lists in one page: reading either would lose the other.
      if (found.has(field)) return undefined;
      const list = measureRows(body, valueAt, mostRows);
      if (!list || 'oversized' in list) return list;
      found.set(field, list);
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
