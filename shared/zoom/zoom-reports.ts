import type { BeforeRequest, Page, Reports } from '../collect/ports.ts';
import { UpstreamError } from '../errors.ts';
import { formatCount } from '../model/format-count.ts';
import { labelOf, type Slice } from '../model/slice.ts';
import { STREAMS } from '../model/stream.ts';
import { mayBeLarge, PAGE_LIMITS, type PageLimits } from './page-limits.ts';
import { type OversizedPage, readPage, type ReportPage } from './page-text.ts';
import { ResponseTooLongError, PageTokenSpentError } from './zoom-errors.ts';
import { Turnstile } from './turnstile.ts';
import type { Parse, ZoomClient } from './zoom-client.ts';

/** Page tokens are valid for 15 minutes. A listing that repeatedly takes longer will never end. */
const MAX_RESTARTS = 5;

/** A page without rows may have a next page. This many in a row mean that the list is broken. */
const MAX_EMPTY_PAGES_IN_A_ROW = 100;

/** A page is larger than the limit: the day must be listed again with smaller pages. */
class PageTooLargeError extends Error {}

/** Zoom's two audit reports, one day at a time. */
export class ZoomReports implements Reports {
  readonly #client: ZoomClient;
  /** Only one listing at a time may have large pages. */
  readonly #largePages = new Turnstile();

  constructor(client: ZoomClient) {
    this.#client = client;
  }

  /**
   * The pages of a slice in Zoom's order. A page token that Zoom no longer accepts starts the listing over, and so does a page
   * that is too large, with a smaller page size: both appear as a page with index 0.
   */
  async *pages(
    slice: Slice,
    signal: AbortSignal,
    beforeRequest?: BeforeRequest,
  ): AsyncGenerator<Page, void, undefined> {
    let tooLarge = '';
    for (const limits of PAGE_LIMITS) {
      const leave = mayBeLarge(limits) ? await this.#largePages.enter() : undefined;
      try {
        for (let restarts = 0; ; restarts += 1) {
          try {
            yield* this.#listing(slice, limits, signal, beforeRequest);
            return;
          } catch (error) {
            if (!(error instanceof PageTokenSpentError) || restarts === MAX_RESTARTS) throw error;
          }
        }
      } catch (error) {
        if (error instanceof ResponseTooLongError)
          tooLarge = `more than ${formatCount(limits.maxBytes)} bytes`;
        else if (error instanceof PageTooLargeError) tooLarge = error.message;
        else throw error;
      } finally {
        leave?.();
      }
    }
    throw new UpstreamError(
      `Zoom's ${STREAMS[slice.stream].title} of ${slice.day} (source ${slice.source}) could not be read: a page has ${tooLarge}, ` +
        `although pages of down to one row were requested. Other days are not affected, rows already read are kept, and Zoom ` +
        `keeps the day for six months. The next run tries again. If this continues, report it to Zoom's support.`,
    );
  }

  async *#listing(
    slice: Slice,
    { pageSize, maxBytes, maxPages }: PageLimits,
    signal: AbortSignal,
    beforeRequest: BeforeRequest | undefined,
  ): AsyncGenerator<Page, void, undefined> {
    const stream = STREAMS[slice.stream];
    const subject = {
      what: `the ${stream.title} of ${slice.day} (source ${slice.source})`,
      permission: stream,
      source: slice.source,
    };
    const parse: Parse<(ReportPage & Pick<Page, 'invalidUtf8'>) | OversizedPage> = (
      body,
      { invalidUtf8 },
    ) => {
      const page = readPage(body, stream, pageSize);
      return page && !('oversized' in page) ? { ...page, invalidUtf8 } : page;
    };
    const seen = new Set<string>();
    let token = '';
    let emptyPages = 0;
    for (let index = 0; index < maxPages; index += 1) {
      const query = {
        from: slice.day,
        to: slice.day,
        page_size: String(pageSize),
        ...(token !== '' && { next_page_token: token }),
      };
      const page = await this.#client.get(stream.path, query, parse, subject, signal, {
        maxBytes,
        beforeRequest,
      });
      if ('oversized' in page) throw new PageTooLargeError(page.oversized);
      const last = page.nextPageToken === '';
      yield { index, rows: page.rows, invalidUtf8: page.invalidUtf8, last };
      if (last) return;
      token = page.nextPageToken;
      emptyPages = page.rows.length === 0 ? emptyPages + 1 : 0;
      // The listing would never end.
      if (seen.has(token) || emptyPages > MAX_EMPTY_PAGES_IN_A_ROW) {
        throw new UpstreamError(
          `Zoom's list of ${labelOf(slice)} repeats its own pages and never ends. The next run tries again.`,
        );
      }
      seen.add(token);
    }
    throw new PageTooLargeError('rows that are too large for pages of more than one');
  }
}
