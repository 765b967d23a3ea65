import { describe, expect, it } from '@jest/globals';
import type { SimulatorOptions } from '../../simulator/index.ts';
import { aSimulator, aToken, getPage } from './zoom-client.ts';

const headersOf = ({ headers }: { headers: Headers }) =>
  Object.fromEntries(
    [...headers].filter(([name]) => name.startsWith('x-ratelimit') || name === 'retry-after'),
  );

/** The answer to the first request over a daily limit of one. */
const overTheDay = async (limitHeaders: NonNullable<SimulatorOptions['limitHeaders']>) => {
  const simulator = await aSimulator({ limits: { perDay: 1 }, limitHeaders });
  const token = await aToken(simulator);
  await getPage(simulator, token);
  return getPage(simulator, token);
};

describe('the per-second limit', () => {
  it('is off by default', async () => {
    const simulator = await aSimulator();
    const token = await aToken(simulator);

    const pages = await Promise.all(Array.from({ length: 60 }, () => getPage(simulator, token)));

    expect(pages.every(({ status }) => status === 200)).toBe(true);
  });

  it.each([
    ['pro', 10],
    ['business', 40],
  ] as const)('of a %s plan is %d requests, over both reports and all apps', async (plan, limit) => {
    const simulator = await aSimulator({ accounts: [{ plan }], limits: { perSecond: 'plan' } });
    const tokens = [await aToken(simulator), await aToken(simulator)] as const;
    for (let i = 0; i < limit; i++) await getPage(simulator, tokens[0], {}, i % 2 ? 'operation' : 'activity');

    const refused = await getPage(simulator, tokens[1]);
    simulator.clock.advance(1000);
    const next = await getPage(simulator, tokens[1]);

    expect([refused.status, refused.body['code']]).toEqual([429, 429]);
    expect(refused.body['message']).toContain('per-second');
    expect(headersOf(refused)).toEqual({
      'x-ratelimit-category': 'Heavy',
      'x-ratelimit-type': 'QPS',
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Date.parse('2026-11-20T12:00:01Z') / 1000),
    });
    expect(next.status).toBe(200);
  });
});

describe('the daily limit', () => {
  it('ends at midnight UTC', async () => {
    const simulator = await aSimulator({ limits: { perDay: 2 } });
    const statuses: number[] = [];
    for (const ms of [0, 0, 0, 12 * 3_600_000 - 1, 1]) {
      simulator.clock.advance(ms);
      statuses.push((await getPage(simulator, await aToken(simulator))).status);
    }

    expect(statuses).toEqual([200, 200, 429, 429, 200]);
    expect(simulator.requests().byEndpoint.operation).toEqual({ 200: 3, 429: 2 });
  });

  it('is separate for each account', async () => {
    const simulator = await aSimulator({ accounts: [{}, { accountId: 'b' }], limits: { perDay: 1 } });
    await getPage(simulator, await aToken(simulator));

    expect((await getPage(simulator, await aToken(simulator, 'b'))).status).toBe(200);
  });

  it.each([
    [
      'rich',
      {
        'x-ratelimit-category': 'Heavy',
        'x-ratelimit-type': 'Daily-limit',
        'x-ratelimit-limit': '1',
        'x-ratelimit-remaining': '0',
        'retry-after': '2026-11-21T00:00:00Z',
      },
    ],
    ['bare', {}],
    ['iso', { 'retry-after': '2026-11-21T00:00:00Z' }],
    ['seconds', { 'retry-after': '43200' }],
    ['http-date', { 'retry-after': 'Sat, 21 Nov 2026 00:00:00 GMT' }],
  ] as const)('states the time in %s headers', async (limitHeaders, expected) => {
    const refused = await overTheDay(limitHeaders);

    expect(refused.status).toBe(429);
    expect(refused.body['message']).toContain('daily');
    expect(headersOf(refused)).toEqual(expected);
  });

  it('states the time in any form, if forms are mixed', async () => {
    const simulator = await aSimulator({ limits: { perDay: 0 }, limitHeaders: 'mixed' });
    const token = await aToken(simulator);
    const forms = new Set<unknown>();
    for (let i = 0; i < 40; i++) forms.add((await getPage(simulator, token)).headers.get('retry-after'));

    expect(forms).toEqual(new Set([null, '2026-11-21T00:00:00Z', '43200', 'Sat, 21 Nov 2026 00:00:00 GMT']));
  });

  it('shows the remaining budget on successful responses', async () => {
    const simulator = await aSimulator({ accounts: [{ plan: 'pro' }] });

    const page = await getPage(simulator, await aToken(simulator));

    expect(headersOf(page)).toMatchObject({ 'x-ratelimit-limit': '30000', 'x-ratelimit-remaining': '29999' });
  });
});
