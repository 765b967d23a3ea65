import { describe, expect, it } from '@jest/globals';
import {
  anOperation,
  asMultiset,
  aSimulator,
  aToken,
  detailsOf,
  getPage,
  nextTokenOf,
  readPages,
  rowsOf,
  someRows,
  TODAY,
} from './zoom-client.ts';

const SPENT = { code: 300, message: 'The next page token is invalid or expired.' };

/** Reads two pages of two rows, with a new row put in between. */
const readAroundAnInsert = async (paging: 'live' | 'snapshot') => {
  const simulator = await aSimulator({ paging });
  simulator.addRows(someRows(4));
  const token = await aToken(simulator);
  const first = await getPage(simulator, token, { page_size: '2' });
  simulator.addRows([anOperation(`${TODAY}T11:00:00Z`, 'new')]);
  const second = await getPage(simulator, token, { page_size: '2', next_page_token: nextTokenOf(first) });
  return detailsOf([...rowsOf(first), ...rowsOf(second)]);
};

describe('paging', () => {
  it('serves a row twice when a live listing shifts', async () => {
    expect(await readAroundAnInsert('live')).toEqual(['row 3', 'row 2', 'row 2', 'row 1']);
  });

  it('never does so with snapshots', async () => {
    expect(await readAroundAnInsert('snapshot')).toEqual(['row 3', 'row 2', 'row 1', 'row 0']);
  });

  it.each(['live', 'snapshot'] as const)(
    'ends a %s listing at its last row, with no page too many',
    async (paging) => {
      const simulator = await aSimulator({ paging });
      simulator.addRows(someRows(6));

      const pages = await readPages(simulator, { page_size: '3' });

      expect(pages.map(({ length }) => length)).toEqual([3, 3]);
    },
  );

  it.each(['newest-first', 'oldest-first'] as const)('orders rows %s over pages and days', async (order) => {
    const simulator = await aSimulator({ order });
    simulator.addRows([...someRows(3, '2026-11-19'), ...someRows(4)]);

    const rows = (await readPages(simulator, { from: '2026-11-19', page_size: '2' })).flat() as {
      time: string;
    }[];

    const times = rows.map(({ time }) => time);
    const sorted = times.toSorted();
    expect(times).toEqual(order === 'oldest-first' ? sorted : sorted.reverse());
    expect(times).toHaveLength(7);
  });

  it('shuffles each listing differently, with one order on all its pages', async () => {
    const simulator = await aSimulator({ order: 'shuffled' });
    simulator.addRows(someRows(40));

    const one = (await readPages(simulator, { page_size: '7' })).flat();
    const another = (await readPages(simulator, { page_size: '7' })).flat();

    expect(one).not.toEqual(another);
    expect(asMultiset(one)).toEqual(asMultiset(simulator.rows()));
    expect(asMultiset(another)).toEqual(asMultiset(one));
  });

  it('shuffles in the same way for the same seed', async () => {
    const listing = async () => {
      const simulator = await aSimulator({ order: 'shuffled', seed: 5 });
      simulator.addRows(someRows(20));
      return readPages(simulator);
    };

    expect(await listing()).toEqual(await listing());
  });

  it('lets a page be read again with the same token', async () => {
    const simulator = await aSimulator();
    simulator.addRows(someRows(5));
    const token = await aToken(simulator);
    const next = nextTokenOf(await getPage(simulator, token, { page_size: '2' }));

    const once = await getPage(simulator, token, { page_size: '2', next_page_token: next });
    const again = await getPage(simulator, token, { page_size: '2', next_page_token: next });

    expect(rowsOf(again)).toEqual(rowsOf(once));
  });

  it('expires page tokens after 15 simulated minutes', async () => {
    const simulator = await aSimulator();
    simulator.addRows(someRows(5));
    const token = await aToken(simulator);
    const query = {
      page_size: '2',
      next_page_token: nextTokenOf(await getPage(simulator, token, { page_size: '2' })),
    };

    simulator.clock.advance(15 * 60_000 - 1);
    expect((await getPage(simulator, token, query)).status).toBe(200);
    simulator.clock.advance(1);
    const { status, body } = await getPage(simulator, token, query);

    expect(status).toBe(400);
    expect(body).toEqual(SPENT);
  });

  it.each([
    ['from', { from: '2026-11-19' }],
    ['to', { to: '2026-11-21' }],
    ['page_size', { page_size: '3' }],
    ['category_type', { category_type: 'user' }],
    ['next_page_token', { next_page_token: 'b43YBRLJFg3V4vsSpxvGdKIGt' }],
  ])('binds page tokens to %s', async (_, change) => {
    const simulator = await aSimulator();
    simulator.addRows(someRows(5));
    const token = await aToken(simulator);
    const query = {
      page_size: '2',
      next_page_token: nextTokenOf(await getPage(simulator, token, { page_size: '2' })),
    };

    expect((await getPage(simulator, token, { ...query, ...change })).body).toEqual(SPENT);
  });

  it('binds page tokens to the report and the account', async () => {
    const simulator = await aSimulator({ accounts: [{}, { accountId: 'second' }] });
    simulator.addRows(someRows(5));
    const first = await getPage(simulator, await aToken(simulator), { page_size: '2' });
    const query = { page_size: '2', next_page_token: nextTokenOf(first) };

    const otherReport = await getPage(simulator, await aToken(simulator), query, 'activity');
    const otherAccount = await getPage(simulator, await aToken(simulator, 'second'), query);

    expect(otherReport.body).toEqual(SPENT);
    expect(otherAccount.body).toEqual(SPENT);
  });

  it.each(['short', 'empty-middle', 'mixed'] as const)('loses no row over %s pages', async (pages) => {
    const simulator = await aSimulator({ pages });
    simulator.addRows(someRows(50));

    const read = await readPages(simulator, { page_size: '10' });

    expect(read.flat()).toEqual(simulator.rows());
    expect(read.length).toBeGreaterThan(5);
  });

  it('has a fixed number of rows per page, whatever was requested', async () => {
    const simulator = await aSimulator({ pageRows: 4 });
    simulator.addRows(someRows(9));

    const read = await readPages(simulator, { page_size: '1' });

    expect(read.map(({ length }) => length)).toEqual([4, 4, 1]);
    expect(read.flat()).toEqual(simulator.rows());
  });

  it('puts an empty page before each page that has a successor, never two in a row', async () => {
    const simulator = await aSimulator({ pages: 'empty-middle' });
    simulator.addRows(someRows(5));

    const read = await readPages(simulator, { page_size: '2' });

    expect(read.map(({ length }) => length)).toEqual([0, 2, 0, 2, 0, 1]);
  });

  it('inserts rows into the listed day while it is read, up to the limit', async () => {
    const simulator = await aSimulator({ insertsPerRequest: 1, insertsLimit: 5, paging: 'live' });
    simulator.addRows(someRows(60));

    await readPages(simulator, { page_size: '10' });

    expect(simulator.requests().inserted).toBe(5);
    expect(simulator.rows({ stream: 'operation', day: TODAY })).toHaveLength(65);
  });

  it('inserts twins, late rows and newest rows, and none of a future day', async () => {
    const simulator = await aSimulator({ insertsPerRequest: 1 });
    simulator.addRows(someRows(3));
    for (let i = 0; i < 30; i++) await readPages(simulator, { page_size: '300', to: '2026-11-25' });

    const details = simulator.rows({ day: TODAY }).map((row) => JSON.stringify(row));
    const inserted = simulator.rows({ stream: 'operation' }) as { time: string }[];

    expect(new Set(details).size).toBeLessThan(details.length);
    expect(
      inserted.every(({ time }) => Date.parse(time.replace(' ', 'T')) <= simulator.clock.now().getTime()),
    ).toBe(true);
    expect(inserted).toHaveLength(33);
  });

  it('pages through a day of 300,000 rows', async () => {
    const simulator = await aSimulator({ paging: 'live' });
    const row = (i: number) => ({
      time: new Date(Date.parse(`${TODAY}T00:00:00Z`) + (i % 43_000) * 1000),
      i,
    });
    simulator.addRows(
      Array.from({ length: 300_000 }, (_, i) => ({ stream: 'operation', row: row(i), day: TODAY })),
    );

    const pages = await readPages(simulator, { page_size: '300' });

    expect(pages).toHaveLength(1000);
    expect(new Set(pages.flat().map((one) => (one as { i: number }).i)).size).toBe(300_000);
  });
});
