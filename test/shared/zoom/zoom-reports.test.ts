import { describe, expect, it } from '@jest/globals';
import { UpstreamError } from '../../../shared/errors.ts';
import { parseBody, type ZoomResponse } from '../../../shared/zoom/zoom-response.ts';
import type { HttpTransport } from '../../../shared/zoom/http-transport.ts';
import type { SimulatedRow, Simulator } from '../../../simulator/index.ts';
import {
  anExchange,
  requestsFor,
  aZoom,
  failureMessage,
  never,
  operationRows,
  pagesOf,
  rowsOf,
  THE_SLICE,
  wired,
} from '../../support/zoom.ts';

const zoomWith = (rows: number): Promise<Simulator> => aZoom({ accounts: [{ rows: operationRows(rows) }] });

/** The real HTTP transport, with responses of reports changed by `rewrite`. */
const rewriting = (rewrite: (json: object, report: number) => object): HttpTransport => {
  const transport = anExchange();
  let reports = 0;
  return async (request, signal) => {
    const response = await transport(request, signal);
    if ('kind' in response || !request.url.pathname.includes('/report/')) return response;
    const body = JSON.stringify(rewrite(parseBody(response.body) as object, reports++));
    return { ...response, body } satisfies ZoomResponse;
  };
};

describe('the pages of a slice', () => {
  it.each([
    [0, [0]],
    [1, [1]],
    [300, [300]],
    [301, [300, 1]],
    [600, [300, 300]],
    [650, [300, 300, 50]],
  ])('for %d rows hold %j', async (count, sizes) => {
    const zoom = await zoomWith(count);

    const pages = await pagesOf(wired(zoom));

    expect(pages.map(({ rows }) => rows.length)).toEqual(sizes);
    expect(pages.map(({ index }) => index)).toEqual(sizes.map((_, index) => index));
    expect(pages.map(({ last }) => last)).toEqual(sizes.map((_, index) => index === sizes.length - 1));
    expect(rowsOf(pages)).toEqual(zoom.rows({ stream: 'operation' }));
    expect(requestsFor(zoom, 'operation')).toBe(sizes.length);
  });

  it('are requested with one day as both ends, and 300 rows per page', async () => {
    const subject: URL[] = [];
    const transport = anExchange();
    const zoom = await zoomWith(301);

    await pagesOf(
      wired(zoom, {
        transport: (request, signal) => {
          if (request.method === 'GET') subject.push(request.url);
          return transport(request, signal);
        },
      }),
    );

    const [first, second] = subject.map(({ searchParams }) => Object.fromEntries(searchParams));
    expect(first).toEqual({ from: '2026-11-20', to: '2026-11-20', page_size: '300' });
    expect(second).toEqual({ ...first, next_page_token: expect.stringMatching(/^[\w-]{36}$/) });
  });

  it('are those of the requested stream', async () => {
    const zoom = await zoomWith(3);

    const pages = await pagesOf(wired(zoom), { ...THE_SLICE, stream: 'activity' });

    expect(rowsOf(pages)).toEqual([]);
    expect([requestsFor(zoom, 'activity'), requestsFor(zoom, 'operation')]).toEqual([1, 0]);
  });

  it('are not requested after the one at which the consumer stops', async () => {
    const zoom = await zoomWith(650);

    for await (const page of wired(zoom).reports.pages(THE_SLICE, never)) {
      expect(page.index).toBe(0);
      break;
    }

    expect(requestsFor(zoom, 'operation')).toBe(1);
  });

  it.each([
    ['null', { next_page_token: null }],
    ['absent', { next_page_token: undefined }],
    ['empty', { next_page_token: '' }],
  ])('end with a token that is %s', async (_, ending) => {
    const zoom = await zoomWith(2);

    const pages = await pagesOf(wired(zoom, { transport: rewriting((json) => ({ ...json, ...ending })) }));

    expect(pages).toMatchObject([{ index: 0, last: true }]);
    expect(pages[0]?.rows).toHaveLength(2);
  });

  it('keep any value in the place of a row', async () => {
    const odd = [null, 7, 'text', [], {}, { time: 5 }];
    const transport = rewriting((json) => ({ ...json, operation_logs: odd }));

    const pages = await pagesOf(wired(await zoomWith(1), { transport }));

    expect(rowsOf(pages)).toEqual(odd);
  });

  it.each([
    ['no list of rows', { operation_logs: undefined }],
    ['an object for the list', { operation_logs: {} }],
    ['the rows of another report', { operation_logs: undefined, activity_logs: [] }],
    ['a number for the token', { next_page_token: 7 }],
  ])('are requested again if one has %s', async (_, broken) => {
    const zoom = await zoomWith(2);
    const transport = rewriting((json, report) => (report < 2 ? { ...json, ...broken } : json));

    const pages = await pagesOf(wired(zoom, { transport }));

    expect(rowsOf(pages)).toEqual(zoom.rows({ stream: 'operation' }));
    expect(requestsFor(zoom, 'operation')).toBe(3);
  });
});

describe('a page token', () => {
  it('that is spent in the middle starts the listing over, from page 0', async () => {
    const zoom = await zoomWith(650);
    const { reports } = wired(zoom);
    const pages = [];

    for await (const page of reports.pages(THE_SLICE, never)) {
      pages.push(page);
      if (pages.length === 2) zoom.clock.advance(15 * 60_000);
    }

    expect(pages.map(({ index }) => index)).toEqual([0, 1, 0, 1, 2]);
    expect(rowsOf(pages)).toEqual(zoom.rows({ stream: 'operation' }));
  });

  it('that is spent each time is given up after some rounds', async () => {
    const zoom = await zoomWith(650);
    zoom.faults.set('page-token-expired');

    const failure = await failureMessage(pagesOf(wired(zoom)));

    expect(failure).toBeInstanceOf(UpstreamError);
    expect(failure.message).toMatch(/no longer accepts the page token.*next run lists it again/);
    expect(requestsFor(zoom, 'operation')).toBe(12);
  });

  it.each([
    ['the one just sent', () => 'same', 2],
    ['one sent before', (report: number) => `page ${report % 3}`, 4],
  ])('that is %s ends the listing with an error', async (_, tokenOf, requests) => {
    const zoom = await zoomWith(2);
    const base = anExchange();
    let reports = 0;
    const transport: HttpTransport = (request, signal) => {
      if (request.method === 'POST') return base(request, signal);
      const body = JSON.stringify({ operation_logs: [{}], next_page_token: tokenOf(reports++) });
      return Promise.resolve({ status: 200, headers: {}, body });
    };

    const failure = await failureMessage(pagesOf(wired(zoom, { transport })));

    expect(failure).toBeInstanceOf(UpstreamError);
    expect(failure.message).toMatch(/quillmere operation 2026-11-20.*never ends/);
    expect(reports).toBe(requests);
  });

  it('that is always new, with never a row, ends the listing with an error', async () => {
    const zoom = await zoomWith(2);
    const base = anExchange();
    let reports = 0;
    const transport: HttpTransport = (request, signal) => {
      if (request.method === 'POST') return base(request, signal);
      const body = JSON.stringify({ operation_logs: [], next_page_token: `page ${reports++}` });
      return Promise.resolve({ status: 200, headers: {}, body });
    };

    const failure = await failureMessage(pagesOf(wired(zoom, { transport })));

    expect(failure).toBeInstanceOf(UpstreamError);
    expect(reports).toBeLessThan(200);
  });
});

describe('a token that dies', () => {
  it('in the middle of a listing is renewed once, and the listing continues', async () => {
    const zoom = await zoomWith(650);
    const listing = wired(zoom);
    const pages = [];

    for await (const page of listing.reports.pages(THE_SLICE, never)) {
      pages.push(page);
      if (page.index === 0) zoom.faults.arm('token-expired');
    }

    expect(pages.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(rowsOf(pages)).toEqual(zoom.rows({ stream: 'operation' }));
    expect([requestsFor(zoom, 'operation'), requestsFor(zoom, 'token')]).toEqual([4, 2]);
  });

  it('by its age is replaced before it is used', async () => {
    const zoom = await zoomWith(1);
    const listing = wired(zoom);
    await pagesOf(listing);
    zoom.clock.advance(59 * 60_000);

    await pagesOf(listing);

    expect([requestsFor(zoom, 'operation'), requestsFor(zoom, 'token')]).toEqual([2, 2]);
    expect(zoom.requests().byStatus).toEqual({ '200': 4 });
  });

  it('is replaced by age even while its request waits for its turn', async () => {
    const zoom = await aZoom({
      accounts: [{ rows: operationRows(650) }],
      lifetimes: { accessToken: 600, pageToken: 86_400 },
    });
    const listing = wired(zoom, { requestsPerSecond: 1 / 590 });

    const pages = await pagesOf(listing);

    expect(rowsOf(pages)).toEqual(zoom.rows({ stream: 'operation' }));
    expect(zoom.requests().byStatus['401']).toBeUndefined();
  });
});

describe('pages that are too large', () => {
  const FIELD = 'x'.repeat(100_000);

  /** Operation rows; those of some numbers have a field of some length. */
  const withLong = (count: number, long: ReadonlyMap<number, number>): SimulatedRow[] =>
    operationRows(count).map(({ stream, row }, index) => ({
      stream,
      row: { ...(row as object), ...(long.has(index) && { x: 'y'.repeat(long.get(index) ?? 0) }) },
    }));

  const pageSizes = (): { transport: HttpTransport; sizes: number[] } => {
    const transport = anExchange(20_000);
    const sizes: number[] = [];
    return {
      sizes,
      transport: (request, signal) => {
        const size = request.url.searchParams.get('page_size');
        if (size !== null && size !== String(sizes.at(-1))) sizes.push(Number(size));
        return transport(request, signal);
      },
    };
  };

  it('are listed again from the top, in smaller ones', async () => {
    const rows = withLong(90, new Map(Array.from({ length: 90 }, (_, index) => [index, FIELD.length])));
    const zoom = await aZoom({ accounts: [{ rows }] });
    const { transport, sizes } = pageSizes();

    const pages = await pagesOf(wired(zoom, { transport }));

    expect(sizes).toEqual([300, 100, 30]);
    expect(pages.map(({ index, rows: { length } }) => [index, length])).toEqual([
      [0, 30],
      [1, 30],
      [2, 30],
    ]);
    expect(rowsOf(pages)).toEqual(zoom.rows({ stream: 'operation' }));
  });

  it('shrink to one row, and a row of 10 MB is kept as text among unchanged rows', async () => {
    const zoom = await aZoom({ accounts: [{ rows: withLong(20, new Map([[7, 10_000_000]])) }] });
    const { transport, sizes } = pageSizes();

    const pages = await pagesOf(wired(zoom, { transport }));

    expect(sizes).toEqual([300, 100, 30, 10, 3, 1]);
    const listing = pages.slice(-20).flatMap(({ rows }) => rows);
    const texts = zoom.rowTexts({ stream: 'operation' });
    expect(
      listing.map(({ row, json }, index) => (typeof row === 'string' ? row : json) === texts[index]),
    ).toEqual(Array(20).fill(true));
    expect(listing.filter(({ row }) => typeof row === 'string')).toHaveLength(1);
  });

  it('are taken as they are, if Zoom heeds no page size', async () => {
    const zoom = await aZoom({
      pageRows: 40,
      accounts: [
        {
          rows: withLong(
            60,
            new Map([
              [7, 5_000_000],
              [8, 10_000_000],
            ]),
          ),
        },
      ],
    });
    const { transport, sizes } = pageSizes();

    const pages = await pagesOf(wired(zoom, { transport }));

    expect(sizes).toEqual([300, 100, 30, 10, 3, 1, 300]);
    expect(pages.map(({ index, rows }) => [index, rows.length]).slice(-2)).toEqual([
      [0, 40],
      [1, 20],
    ]);
  });

  it('are taken as they are, where a listing of single rows would take too many requests', async () => {
    const zoom = await aZoom({ accounts: [{ rows: withLong(1100, new Map([[7, 10_000_000]])) }] });
    const { transport, sizes } = pageSizes();

    const pages = await pagesOf(wired(zoom, { transport }));

    expect(sizes).toEqual([300, 100, 30, 10, 3, 1, 300]);
    expect(rowsOf(pages)).toHaveLength(1100);
  });

  it('end in an error with the day and a remedy, if there are more rows than Zoom ever returns', async () => {
    const zoom = await aZoom({ pageRows: 301, accounts: [{ rows: operationRows(310) }] });

    const failure = await failureMessage(pagesOf(wired(zoom)));

    expect(failure).toBeInstanceOf(UpstreamError);
    expect(failure.message).toBe(
      `Zoom's operation log of 2026-11-20 (source quillmere) could not be read: a page has more rows than the requested ` +
        `300, although pages of down to one row were requested. Other days are not affected, rows already read are kept, and ` +
        `Zoom keeps the day for six months. The next run tries again. If this continues, report it to Zoom's support.`,
    );
    expect(requestsFor(zoom, 'operation')).toBe(7);
  });

  it('of two days are not held at once', async () => {
    const rows = withLong(3, new Map([[1, 10_000_000]]));
    const zoom = await aZoom({ accounts: [{ rows }] });
    const { reports } = wired(zoom);
    const first = reports.pages(THE_SLICE, never)[Symbol.asyncIterator]();
    const large = async (): Promise<void> => {
      while ((await first.next()).value?.rows.every(({ row }) => typeof row !== 'string') === true);
    };
    await large();
    let second = 0;
    const other = (async () => {
      for await (const page of reports.pages(THE_SLICE, never)) second += page.rows.length;
    })();

    const subject = requestsFor(zoom, 'operation');
    while (requestsFor(zoom, 'operation') < subject + 5) await new Promise(setImmediate);
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    expect(second).toBe(0);

    await first.return();
    await other;
    expect(second).toBe(3);
  });
});
