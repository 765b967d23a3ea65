/** A page of 300 rows is about 100 KB; anything far larger is not a page. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** The limits of one page. */
export interface PageLimits {
  readonly pageSize: number;
  readonly maxBytes: number;
  /** The most pages of a listing; more would cost too many requests. */
  readonly maxPages: number;
}

/** Zoom's largest page size. */
const MOST_ROWS = 300;

/** A page of 300 ordinary rows is about 100 KB: this much is prefetched. */
const MAX_PAGE_BYTES = 4_000_000;

const SMALLER_SIZES = [100, 30, 10, 3] as const;

/** A listing with one row per page is for a few very large rows; a long day would use up all requests. */
const MOST_SINGLE_ROWS = 1000;

/**
 * The limits of successive listings of a day, until its pages are small enough. A token is bound to the page size, so each
 * listing starts again. The last one accepts large pages: Zoom ignores the page size, or the day is too long.
 */
export const PAGE_LIMITS: readonly PageLimits[] = [
  ...[MOST_ROWS, ...SMALLER_SIZES].map((pageSize) => ({
    pageSize,
    maxBytes: MAX_PAGE_BYTES,
    maxPages: Infinity,
  })),
  { pageSize: 1, maxBytes: MAX_BODY_BYTES, maxPages: MOST_SINGLE_ROWS },
  { pageSize: MOST_ROWS, maxBytes: MAX_BODY_BYTES, maxPages: Infinity },
];

/** Whether a page may be so large that only one may be in memory at a time. */
export const mayBeLarge = ({ maxBytes }: PageLimits): boolean => maxBytes > MAX_PAGE_BYTES;
