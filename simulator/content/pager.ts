import { type Answer, pageTokenExpired, validationFailed } from '../response.ts';
import type { Call } from '../call.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Settings } from '../options.ts';

/** How a fault changes the handling of a request: the pages of a list, that a range of a file is ignored, or what a chat report shows. */
export type ContentTwist =
  | 'page-shift'
  | 'live-insert'
  | 'short'
  | 'empty'
  | 'ignore-range'
  | 'edits-with-first-page'
  | 'edits-by-day-of-edit'
  | 'reaction-change'
  | 'thread-reply'
  | 'without-one-sided'
  | 'without-bots';

/** A list to be read page by page. */
export interface PagedList<T> {
  /** The account and all parameters: a token is valid only for these. */
  readonly binding: readonly unknown[];
  /** The current items. */
  readonly look: () => readonly T[];
  /** Default: 30. */
  readonly defaultSize?: number;
  /** Default: 300. */
  readonly maxSize?: number;
  /** `page_number` selects a page as well. */
  readonly numbered?: boolean;
  /** Adds an item, as it happens while a list is read. */
  readonly insert?: () => void;
}

export interface PageOfItems<T> {
  readonly items: readonly T[];
  /** Empty on the last page. */
  readonly token: string;
  readonly total: number;
  readonly size: number;
  readonly number: number;
}

interface Bookmark {
  readonly items: readonly unknown[];
  readonly offset: number;
  readonly binding: string;
  readonly expiresAt: number;
  readonly afterEmptyPage: boolean;
}

/** Reads lists with `page_size` (1 to 300, or fewer) and `next_page_token` (15 minutes). Unknown parameters are ignored, as Zoom does. */
export interface Pager {
  page<T>(
    call: Call,
    twists: ReadonlySet<ContentTwist>,
    list: PagedList<T>,
  ): PageOfItems<T> | { readonly rejection: Answer };
}

const MAX_SIZE = 300;

export const createPager = (
  { paging, lifetimes }: Pick<Settings, 'paging' | 'lifetimes'>,
  now: () => number,
  chance: SeededRandom,
): Pager => {
  const bookmarks = new Map<string, Bookmark>();

  /** Map keeps the order of insertion, so the expired bookmarks are at the front. */
  const bookmark = (mark: Omit<Bookmark, 'expiresAt'>): string => {
    for (const [token, { expiresAt }] of bookmarks) {
      if (expiresAt > now()) break;
      bookmarks.delete(token);
    }
    const token = chance.text(27);
    bookmarks.set(token, { ...mark, expiresAt: now() + lifetimes.pageToken * 1000 });
    return token;
  };

  return {
    page: <T>(
      { query }: Call,
      twists: ReadonlySet<ContentTwist>,
      { binding, look, defaultSize = 30, maxSize = MAX_SIZE, numbered = false, insert }: PagedList<T>,
    ) => {
      const size = wholeNumber(query.get('page_size') ?? String(defaultSize));
      if (size < 1 || size > maxSize) {
        return refused('page_size', `The value must be between 1 and ${maxSize}.`);
      }
      const number = numbered ? wholeNumber(query.get('page_number') ?? '1') : 1;
      if (number < 1) return refused('page_number', 'Invalid field.');

      const bound = JSON.stringify([...binding, size]);
      const given = query.get('next_page_token') ?? '';
      const mark = given === '' ? undefined : bookmarks.get(given);
      if (given !== '' && (mark?.binding !== bound || mark.expiresAt <= now())) {
        return { rejection: pageTokenExpired() };
      }

      const inserted = mark !== undefined && twists.has('live-insert') && insert !== undefined;
      if (inserted) insert();
      const items = mark && paging === 'snapshot' && !inserted ? (mark.items as readonly T[]) : look();

      const start = mark?.offset ?? (number - 1) * size;
      const from = twists.has('page-shift') && mark ? Math.max(0, start - 1) : start;
      const isEmpty = twists.has('empty') && mark?.afterEmptyPage !== true;
      const wanted = twists.has('short') ? Math.max(1, Math.floor(size / 2)) : size;
      const end = isEmpty ? from : Math.min(from + wanted, items.length);
      const token =
        end < items.length ? bookmark({ items, offset: end, binding: bound, afterEmptyPage: isEmpty }) : '';
      return { items: items.slice(from, end), token, total: items.length, size, number };
    },
  };
};

const wholeNumber = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);

const refused = (field: string, message: string) => ({ rejection: validationFailed(field, message) });
