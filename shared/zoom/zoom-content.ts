import type { BeforeRequest } from '../collect/ports.ts';
import type { ContentListings, ContentRequest, ListPage, ListRequest } from '../content/listings.ts';
import { UpstreamError } from '../errors.ts';
import { measureJson, skipBlanks } from '../model/json-text.ts';
import { type ListedRow, textToListedRow } from '../model/listed-row.ts';
import { MAX_BODY_BYTES } from './page-limits.ts';
import { type OversizedPage, readPage, type ReportPage } from './page-text.ts';
import { PageTokenSpentError } from './zoom-errors.ts';
import type { Parse, ZoomClient } from './zoom-client.ts';

/** Page tokens are valid for 15 minutes. A listing that repeatedly takes longer will never end. */
const MAX_RESTARTS = 5;

/** A page without rows may have a next page. This many in a row mean that the list is broken. */
const MAX_EMPTY_PAGES_IN_A_ROW = 100;

const ABSENT: ListPage = { index: 0, rows: [], total: 0, last: true, absent: true };

/** Zoom's content API: lists in pages, and single objects. */
export class ZoomContent implements ContentListings {
  readonly #client: ZoomClient;

  constructor(client: ZoomClient) {
    this.#client = client;
  }

  /** A page token that Zoom no longer accepts starts the list over: that appears as a page with index 0. */
  async *pages(
    request: ListRequest,
    signal: AbortSignal,
    beforeRequest?: BeforeRequest,
  ): AsyncGenerator<ListPage, void, undefined> {
    for (let restarts = 0; ; restarts += 1) {
      try {
        yield* this.#list(request, signal, beforeRequest);
        return;
      } catch (error) {
        if (!(error instanceof PageTokenSpentError) || restarts === MAX_RESTARTS) throw error;
      }
    }
  }

  async one(
    request: ContentRequest,
    signal: AbortSignal,
    beforeRequest?: BeforeRequest,
  ): Promise<ListedRow | undefined> {
    const parse: Parse<ListedRow | 'absent'> = (body) => readObject(body);
    const found = await this.#get(request, request.query, parse, 'absent', signal, beforeRequest);
    return found === 'absent' ? undefined : found;
  }

  async *#list(
    request: ListRequest,
    signal: AbortSignal,
    beforeRequest: BeforeRequest | undefined,
  ): AsyncGenerator<ListPage, void, undefined> {
    // Zoom may ignore the page size: more rows than requested are read as well.
    const parse: Parse<ReportPage | OversizedPage | 'absent'> = (body) => readPage(body, request, Infinity);
    const seen = new Set<string>();
    let token = '';
    let emptyPages = 0;
    for (let index = 0; ; index += 1) {
      const query = {
        ...request.query,
        page_size: String(request.pageSize),
        ...(token !== '' && { next_page_token: token }),
      };
      const page = await this.#get(request, query, parse, 'absent', signal, beforeRequest);
      if (page === 'absent') {
        yield { ...ABSENT, index };
        return;
      }
      if ('oversized' in page) {
        throw new UpstreamError(
          `A page of ${request.what} is too large to be read: it has ${page.oversized}.`,
        );
      }
      const last = page.nextPageToken === '';
      const { rows, beside, total } = page;
      yield { index, rows, beside, total, last, absent: false };
      if (last) return;
      token = page.nextPageToken;
      emptyPages = page.rows.length === 0 ? emptyPages + 1 : 0;
      if (seen.has(token) || emptyPages > MAX_EMPTY_PAGES_IN_A_ROW) {
        throw new UpstreamError(
          `Zoom's list of ${request.what} repeats its own pages and never ends. The next run tries again.`,
        );
      }
      seen.add(token);
    }
  }

  #get<T>(
    { path, permission, what, source, absentCodes: codes = [] }: ContentRequest,
    query: Readonly<Record<string, string>>,
    parse: Parse<T>,
    absent: T,
    signal: AbortSignal,
    beforeRequest: BeforeRequest | undefined,
  ): Promise<T> {
    const subject = { what, source, permission };
    return this.#client.get(path, query, parse, subject, signal, {
      maxBytes: MAX_BODY_BYTES,
      beforeRequest,
      absent: { codes, value: absent },
    });
  }
}

/** A body that is one JSON object, and no error; undefined for anything else. */
const readObject = (body: string): ListedRow | undefined => {
  const start = skipBlanks(body, 0);
  const extent = body[start] === '{' ? measureJson(body, start) : undefined;
  if (!extent) return undefined;
  try {
    const listed = textToListedRow(body.slice(start, extent.end), extent);
    const isError =
      typeof listed.row === 'object' &&
      listed.row !== null &&
      'code' in listed.row &&
      'message' in listed.row;
    return isError ? undefined : listed;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
