import type { BeforeRequest } from '../collect/ports.ts';
import type { ListedRow } from '../model/listed-row.ts';
import type { Permission } from '../model/permission.ts';

/**
 * Zoom's rate limit labels. Only Heavy requests count against the account's quota of the day; the others are limited per second
 * (zoom-content-api: budgets).
 */
export type RateLabel = 'light' | 'medium' | 'heavy';

/** A request of the content API. */
export interface ContentRequest {
  /** The path under the API base, with everything in it encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly label: RateLabel;
  readonly permission: Permission;
  /** Its subject in messages: `the recordings of ann@example.com from 2026-11-01 to 2026-11-28 (source acme)`. */
  readonly what: string;
  readonly source: string;
  /** Zoom's codes that mean "there is no such thing": not a failure, but an empty answer. */
  readonly absentCodes?: readonly number[];
}

/** A request whose response is a list in pages. */
export interface ListRequest extends ContentRequest {
  /** The field of a page that has the rows. */
  readonly rowsField: string;
  /** Fields of a page with further lists, outside the paging: each page may have all of their rows, or the first one alone. */
  readonly besideFields?: readonly string[] | undefined;
  readonly pageSize: number;
}

/** A page of a list. */
export interface ListPage {
  /** 0 for the first page, also if the listing began again. */
  readonly index: number;
  readonly rows: readonly ListedRow[];
  /** The further lists that were asked for, by field. */
  readonly beside?: ReadonlyMap<string, readonly ListedRow[]> | undefined;
  /** How many rows the whole list has, by Zoom's count on this page; undefined if the page has none. */
  readonly total: number | undefined;
  readonly last: boolean;
  /** Zoom answered that there is no such thing: a deleted person, or one of another account. */
  readonly absent: boolean;
}

/** Zoom's lists of content. */
export interface ContentListings {
  /** The pages of a list to its end. Throws ConfigurationError, RateLimitedError or UpstreamError. */
  pages(request: ListRequest, signal: AbortSignal, beforeRequest?: BeforeRequest): AsyncIterable<ListPage>;
  /** A single object; undefined if Zoom answers that there is none. Throws as `pages` does. */
  one(
    request: ContentRequest,
    signal: AbortSignal,
    beforeRequest?: BeforeRequest,
  ): Promise<ListedRow | undefined>;
}

/**
 * A uuid of a meeting in a path. It is base64: encoded once, and twice if it begins with `/` or contains `//`, for a server in
 * front of Zoom's API decodes one layer (Zoom's documentation).
 */
export const uuidInPath = (uuid: string): string => {
  const once = encodeURIComponent(uuid);
  return uuid.startsWith('/') || uuid.includes('//') ? encodeURIComponent(once) : once;
};
