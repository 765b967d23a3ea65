import { describe, expect, it } from '@jest/globals';
import {
  anOperation,
  aSimulator,
  aToken,
  detailsOf,
  getPage,
  readPages,
  rowsOf,
  someRows,
  TODAY,
} from './zoom-client.ts';

const requestPage = async (query: Record<string, string>, options: Parameters<typeof aSimulator>[0] = {}) => {
  const simulator = await aSimulator(options);
  return getPage(simulator, await aToken(simulator), query);
};

describe('a report', () => {
  it('returns its range, its page size, an empty token and the rows', async () => {
    const simulator = await aSimulator();
    simulator.addRows(someRows(2));

    const { status, body } = await getPage(simulator, await aToken(simulator), { page_size: '5' });

    expect(status).toBe(200);
    expect(body).toEqual({
      from: TODAY,
      to: TODAY,
      page_size: 5,
      next_page_token: '',
      operation_logs: simulator.rows({ stream: 'operation' }),
    });
  });

  it('names the rows of sign-ins after their own report', async () => {
    const row = { email: 'b@quillmere.example', time: `${TODAY}T08:00:00Z`, type: 'Sign in' };
    const simulator = await aSimulator();
    simulator.addRows([{ stream: 'activity', row }]);

    const { body } = await getPage(simulator, await aToken(simulator), {}, 'activity');

    expect(body['activity_logs']).toEqual([row]);
  });

  it('lists both ends of its range and nothing beyond', async () => {
    const simulator = await aSimulator();
    const days = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19'];
    simulator.addRows(
      days.flatMap((day) => [anOperation(`${day}T00:00:00Z`, day), anOperation(`${day}T23:59:59Z`, day)]),
    );

    const pages = await readPages(simulator, { from: '2026-11-17', to: '2026-11-18' });

    expect(detailsOf(pages.flat())).toEqual(['2026-11-18', '2026-11-18', '2026-11-17', '2026-11-17']);
  });

  it('cuts full timestamps to their dates', async () => {
    const { body } = await requestPage({ from: `${TODAY}T10:00:00Z`, to: `${TODAY}T11:00:00Z` });

    expect(body).toMatchObject({ from: TODAY, to: TODAY });
  });

  it('has 30 rows a page by default and 300 at most', async () => {
    const simulator = await aSimulator();
    simulator.addRows(someRows(400));

    expect((await readPages(simulator)).map(({ length }) => length).slice(0, 2)).toEqual([30, 30]);
    expect((await readPages(simulator, { page_size: '300' })).map(({ length }) => length)).toEqual([
      300, 100,
    ]);
  });

  it.each([
    ['page_size', { page_size: '0' }],
    ['page_size', { page_size: '301' }],
    ['page_size', { page_size: 'many' }],
    ['from', { from: '2026-02-30' }],
    ['from', { from: '' }],
    ['to', { to: 'tomorrow' }],
    ['from', { from: '2026-11-19', to: '2026-11-18' }],
    ['category_type', { category_type: 'gossip' }],
  ])('refuses a wrong %s: %j', async (field, query) => {
    const { status, body } = await requestPage(query);

    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 300, message: 'Validation Failed.', errors: [{ field }] });
  });

  it('lists the sign-ins of today without a range, but no operation log', async () => {
    const simulator = await aSimulator();
    const token = await aToken(simulator);
    const requestPage = async (path: string) =>
      fetch(`${simulator.apiUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });

    expect(await (await requestPage('/report/activities')).json()).toMatchObject({ from: TODAY, to: TODAY });
    expect((await requestPage('/report/operationlogs')).status).toBe(400);
  });

  it('silently cuts a span of more than a month to 30 days', async () => {
    const simulator = await aSimulator();
    simulator.addRows(
      ['2026-09-01', '2026-09-30', '2026-10-01'].map((day) => anOperation(`${day}T09:00:00Z`, day)),
    );

    const pages = await readPages(simulator, { from: '2026-09-01', to: '2026-10-10' });

    expect(detailsOf(pages.flat())).toEqual(['2026-09-30', '2026-09-01']);
  });

  it('refuses a span of more than a month when configured', async () => {
    const range = { from: '2026-09-01', to: '2026-10-02' };

    expect((await requestPage(range, { overAMonth: 'refuse' })).body).toMatchObject({ code: 300 });
    expect((await requestPage({ ...range, to: '2026-10-01' }, { overAMonth: 'refuse' })).status).toBe(200);
  });

  it('refuses days older than six months, or lists none when configured', async () => {
    const old = { from: '2026-05-19', to: '2026-05-21' };
    const simulator = await aSimulator({ tooOld: 'empty' });
    simulator.addRows([
      anOperation('2026-05-19T09:00:00Z', 'gone'),
      anOperation('2026-05-20T09:00:00Z', 'kept'),
    ]);

    expect((await requestPage(old)).body).toMatchObject({
      code: 300,
      message: expect.stringContaining('6 months'),
    });
    expect(detailsOf((await readPages(simulator, old)).flat())).toEqual(['kept']);
  });

  it('filters by category, which rows spell differently', async () => {
    const simulator = await aSimulator();
    simulator.addRows([
      { stream: 'operation', row: { time: `${TODAY}T09:00:00Z`, category_type: 'Zoom Rooms' } },
      { stream: 'operation', row: { time: `${TODAY}T09:00:00Z`, category_type: 'Role' } },
      { stream: 'operation', row: null, day: TODAY },
    ]);

    const [rows] = await readPages(simulator, { category_type: 'zoom_rooms' });

    expect(rows).toEqual([{ time: `${TODAY}T09:00:00Z`, category_type: 'Zoom Rooms' }]);
    expect((await readPages(simulator, { category_type: 'all' })).flat()).toHaveLength(3);
  });

  it('shows a late row from its moment on, and hides it when the clock goes back', async () => {
    const simulator = await aSimulator();
    simulator.addRows([{ ...anOperation(`${TODAY}T09:00:00Z`), visibleFrom: `${TODAY}T12:30:00Z` }]);
    const count = async () => (await readPages(simulator)).flat().length;

    expect(await count()).toBe(0);
    simulator.clock.advance(30 * 60_000);
    expect(await count()).toBe(1);
    simulator.clock.set(`${TODAY}T12:29:59Z`);
    expect(await count()).toBe(0);
    expect(simulator.rows({ all: true })).toHaveLength(1);
  });

  it('serves any JSON value verbatim, on the day it was put into', async () => {
    const rows = [
      null,
      'text',
      7,
      [],
      { time: 'yesterday' },
      { time: '1999-01-01T00:00:00Z', note: 'a\u2028b' },
    ];
    const simulator = await aSimulator();
    simulator.addRows(rows.map((row) => ({ stream: 'operation', row, day: TODAY })));

    const served = (await readPages(simulator)).flat();

    expect(served).toEqual(expect.arrayContaining(rows));
    expect(served).toEqual(simulator.rows({ day: TODAY }));
  });

  it('serves twins twice', async () => {
    const simulator = await aSimulator();
    simulator.addRows([anOperation(`${TODAY}T09:00:00Z`), anOperation(`${TODAY}T09:00:00Z`)]);

    const [first, second, ...rest] = (await readPages(simulator)).flat();

    expect(first).toEqual(second);
    expect(rest).toEqual([]);
  });

  it('keeps the rows of accounts apart', async () => {
    const simulator = await aSimulator({
      accounts: [{}, { accountId: 'other', clientId: 'other-app', clientSecret: 's', rows: someRows(3) }],
    });

    expect(rowsOf(await getPage(simulator, await aToken(simulator)))).toEqual([]);
    expect(simulator.rows({ accountId: 'other' })).toHaveLength(3);
  });

  it('has a tracking id and the time of its clock in every response', async () => {
    const simulator = await aSimulator();

    const good = await getPage(simulator, await aToken(simulator));
    const bad = await getPage(simulator, undefined);

    for (const { headers } of [good, bad]) {
      expect(headers.get('x-zm-trackingid')).toMatch(/WEB_/);
      expect(headers.get('date')).toBe('Fri, 20 Nov 2026 12:00:00 GMT');
    }
  });
});
