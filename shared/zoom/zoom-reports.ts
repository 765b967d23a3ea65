import * as z from 'zod';
import type { BeforeRequest, Page, Reports } from '../collect/ports.ts';
import { UpstreamError } from '../errors.ts';
import { labelOf, type Slice } from '../model/slice.ts';
import { type Stream, STREAM_NAMES, STREAMS, type StreamName } from '../model/stream.ts';
import { PageTokenSpentError } from './refusals.ts';
import type { Parse, ZoomClient } from './zoom-client.ts';

/** The most that Zoom gives in one page. */
const PAGE_SIZE = 300;

/** Page tokens live for 15 minutes; a listing that takes longer than that again and again will not come to an end. */
const MAX_RESTARTS = 5;

/** A page without rows may have a successor; so many in a row are a list that has lost its way. */
const MAX_EMPTY_PAGES_IN_A_ROW = 100;

interface RawPage {
  readonly rows: readonly unknown[];
  readonly nextPageToken: string;
}

/** Fields we don't use are not looked at: Zoom may add some. Absent, null and empty all mean that there is no next page. */
const pageParserOf = ({ rowsField }: Stream): Parse<RawPage> => {
  const schema = z.object({ [rowsField]: z.array(z.unknown()), next_page_token: z.string().nullish() });
  return (json) => {
    const page = schema.safeParse(json);
    if (!page.success) return undefined;
    return {
      rows: page.data[rowsField] as readonly unknown[],
      nextPageToken: (page.data['next_page_token'] as string | null | undefined) ?? '',
    };
  };
};

const PARSERS = Object.fromEntries(STREAM_NAMES.map((name) => [name, pageParserOf(STREAMS[name])])) as Record<
  StreamName,
  Parse<RawPage>
>;

/** Zoom's two audit reports, a day at a time. */
export class ZoomReports implements Reports {
  readonly #client: ZoomClient;

  constructor(client: ZoomClient) {
    this.#client = client;
  }

  /**
   * The pages of a slice in Zoom's order. A page token that Zoom no longer takes starts the listing over, which shows as a
   * page with index 0.
   */
  async *pages(
    slice: Slice,
    signal: AbortSignal,
    beforeRequest?: BeforeRequest,
  ): AsyncGenerator<Page, void, undefined> {
    for (let restarts = 0; ; restarts += 1) {
      try {
        yield* this.#listing(slice, signal, beforeRequest);
        return;
      } catch (error) {
        if (!(error instanceof PageTokenSpentError) || restarts === MAX_RESTARTS) throw error;
      }
    }
  }

  async *#listing(
    slice: Slice,
    signal: AbortSignal,
    beforeRequest: BeforeRequest | undefined,
  ): AsyncGenerator<Page, void, undefined> {
    const { path, title } = STREAMS[slice.stream];
    const asked = { what: `the ${title} of ${slice.day} (source ${slice.source})`, stream: slice.stream };
    const seen = new Set<string>();
    let token = '';
    let emptyPages = 0;
    for (let index = 0; ; index += 1) {
      const query = {
        from: slice.day,
        to: slice.day,
        page_size: String(PAGE_SIZE),
        ...(token !== '' && { next_page_token: token }),
      };
      const page = await this.#client.get(path, query, PARSERS[slice.stream], asked, signal, beforeRequest);
      const last = page.nextPageToken === '';
      yield { index, rows: page.rows, last };
      if (last) return;
      token = page.nextPageToken;
      emptyPages = page.rows.length === 0 ? emptyPages + 1 : 0;
      // Zoom would go round for ever; and so would we.
      if (seen.has(token) || emptyPages > MAX_EMPTY_PAGES_IN_A_ROW) {
        throw new UpstreamError(
          `Zoom's list of ${labelOf(slice)} leads back to its own pages and comes to no end. The next run tries again.`,
        );
      }
      seen.add(token);
    }
  }
}
