/** A page of 300 rows is some 100 KB; what is far beyond that is no page. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** What is asked of one page, and what is taken of it. */
export interface PageLimits {
  readonly pageSize: number;
  readonly maxBytes: number;
  /** So many pages of a listing are read; more would cost too many requests. */
  readonly maxPages: number;
}

/** The most that Zoom gives in one page. */
const MOST_ROWS = 300;

/** A page of 300 ordinary rows has some 100 KB: this is what is read ahead of the one that is worked on. */
const MAX_PAGE_BYTES = 4_000_000;

const SMALLER_SIZES = [100, 30, 10, 3] as const;

/** A listing of one row a page is for a few rows that are too large for more; a long day in that way would take all its requests. */
const MOST_SINGLE_ROWS = 1000;

/**
 * How a day is listed, one way after the other until its pages are small enough. A token is bound to the page size, so each
 * begins at the top. The last way takes large pages as they come: Zoom does not heed the page size, or the day is too long.
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

/** Whether a page may be so large that only one is to be held at a time. */
export const mayBeLarge = ({ maxBytes }: PageLimits): boolean => maxBytes > MAX_PAGE_BYTES;
