import type { Account } from './account.ts';
import { type Answer, pageTokenExpired } from './response.ts';
import type { Call } from './call.ts';
import type { SeededRandom } from './seeded-random.ts';
import { daysBetween } from './calendar.ts';
import { createListing, type Days, type Listing } from './listing.ts';
import type { Settings } from './options.ts';
import { readReportQuery, type ReportQuery } from './report-query.ts';
import type { StoredRow, StreamName } from './row-store.ts';

/** How many of its rows a page has: all, only some, or none although more follow. */
export type PageShape = 'full' | 'short' | 'empty';

/** A page token: where in which listing the next page starts. */
interface Bookmark {
  readonly listing: Listing;
  readonly offset: number;
  /** The account and all parameters: a token is valid only for these. */
  readonly binding: string;
  readonly expiresAt: number;
  readonly afterEmptyPage: boolean;
}

export interface Reports {
  /** Handles a request that passed the checks of identity and permission. */
  page(account: Account, stream: StreamName, call: Call, shape?: PageShape): Answer;
}

const ROWS_FIELD: Record<StreamName, string> = { operation: 'operation_logs', activity: 'activity_logs' };

export const createReports = (settings: Settings, now: () => number, chance: SeededRandom): Reports => {
  const bookmarks = new Map<string, Bookmark>();

  const begin = (account: Account, stream: StreamName, query: ReportQuery): Listing => {
    const days = daysBetween(query.firstDay, query.lastDay).reverse();
    const look = (): Days => days.map((day) => account.rows.visible(stream, day, now()));
    const { order, paging } = settings;
    const seen = query.category === undefined ? look : () => inCategory(look(), query.category);
    return createListing(seen, { order, paging, salt: chance.integer(0, 0x7fffffff) });
  };

  /** Map keeps the order of insertion, so the expired bookmarks are at the front. */
  const bookmark = (mark: Bookmark): string => {
    for (const [token, { expiresAt }] of bookmarks) {
      if (expiresAt > now()) break;
      bookmarks.delete(token);
    }
    const token = chance.text(27);
    bookmarks.set(token, mark);
    return token;
  };

  const shapeOfPage = (): PageShape => {
    const shapes = {
      full: ['full'],
      short: ['full', 'short'],
      'empty-middle': ['empty'],
      mixed: SHAPES,
    } as const;
    return chance.pick<PageShape>(shapes[settings.pages]);
  };

  return {
    page: (account, stream, call, shape = shapeOfPage()) => {
      const read = readReportQuery(stream, call.query, now(), settings);
      if ('rejection' in read) return read.rejection;
      const { query } = read;

      const binding = JSON.stringify([
        account.accountId,
        stream,
        query.from,
        query.to,
        query.pageSize,
        query.category,
      ]);
      const mark = query.pageToken === undefined ? undefined : bookmarks.get(query.pageToken);
      if (query.pageToken !== undefined && (mark?.binding !== binding || mark.expiresAt <= now())) {
        return pageTokenExpired();
      }

      const listing = mark?.listing ?? begin(account, stream, query);
      const offset = mark?.offset ?? 0;
      const asEmpty = shape === 'empty' && mark?.afterEmptyPage !== true;
      const requested = settings.pageRows === 'as-asked' ? query.pageSize : settings.pageRows;
      const wanted = shape === 'short' ? chance.integer(1, Math.max(1, requested - 1)) : requested;
      const { rows, last } = listing.rows(offset, asEmpty ? 0 : wanted);
      if (last) return pageAnswer(stream, query, '', rows);

      const token = bookmark({
        listing,
        offset: offset + rows.length,
        binding,
        expiresAt: now() + settings.lifetimes.pageToken * 1000,
        afterEmptyPage: asEmpty,
      });
      return pageAnswer(stream, query, token, rows);
    },
  };
};

const SHAPES: readonly PageShape[] = ['full', 'short', 'empty'];

/** Rows carry display names (`Zoom Rooms`) where the filter says `zoom_rooms`. */
const inCategory = (days: Days, category: string | undefined): Days =>
  days.map((day) =>
    day.filter(({ json }) => {
      const { category_type: name } = (JSON.parse(json) ?? {}) as { category_type?: unknown };
      return typeof name === 'string' && name.toLowerCase().replaceAll(' ', '_') === category;
    }),
  );

/** Serialized by hand, because the rows are already serialized. */
const pageAnswer = (
  stream: StreamName,
  { from, to, pageSize }: ReportQuery,
  token: string,
  rows: readonly StoredRow[],
): Answer => {
  const head = JSON.stringify({ from, to, page_size: pageSize, next_page_token: token }).slice(0, -1);
  return {
    status: 200,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: `${head},"${ROWS_FIELD[stream]}":[${rows.map(({ json }) => json).join(',')}]}`,
  };
};
