import { describe, expect, it } from '@jest/globals';
import type { Simulator } from '../../simulator/index.ts';
import { anOperation, aSimulator, aToken, getPage, rowsOf, someRows, TODAY } from './zoom-client.ts';

const control = async ({ url }: Simulator, path: string, body?: unknown) => {
  const response = await fetch(
    `${url}/_simulator/${path}`,
    body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
  );
  return { status: response.status, text: await response.text() };
};

const controlJson = async (simulator: Simulator, path: string, body?: unknown): Promise<unknown> =>
  JSON.parse((await control(simulator, path, body)).text);

describe('over HTTP the simulator', () => {
  it('returns its status and its time', async () => {
    expect(await controlJson(await aSimulator(), 'health')).toEqual({
      status: 'ok',
      now: '2026-11-20T12:00:00.000Z',
    });
  });

  it('accepts rows and returns the truth as JSON lines', async () => {
    const simulator = await aSimulator();
    const late = { ...anOperation(`${TODAY}T10:00:00Z`, 'late\u2028'), visibleFrom: '2026-11-21T00:00:00Z' };

    expect(
      await controlJson(simulator, 'rows', [
        ...someRows(2),
        late,
        { stream: 'activity', row: null, day: TODAY },
      ]),
    ).toEqual({ added: 4 });

    const lines = async (query: string) =>
      (await control(simulator, `rows?${query}`)).text.split('\n').slice(0, -1);
    expect(await lines('')).toHaveLength(3);
    expect(await lines('all=1')).toHaveLength(4);
    expect(await lines('stream=activity')).toEqual(['null']);
    expect(await lines('stream=operation&day=2026-11-19')).toEqual([]);
    expect(
      (await lines(`stream=operation&day=${TODAY}&all=1`)).map((line): unknown => JSON.parse(line)),
    ).toContainEqual(late.row);
  });

  it('accepts the text of a row and serves it verbatim', async () => {
    const simulator = await aSimulator();
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    const texts = ['{"time":"2026-11-20T10:00:00Z","seats":1.0,"seats":12345678901234567890}', deep];

    await controlJson(simulator, 'rows', [
      { stream: 'operation', json: texts[0] },
      { stream: 'operation', json: texts[1], day: TODAY },
      { stream: 'operation', json: '{"time":\n"2026-11-20T11:00:00Z"}' },
    ]);

    const page = await getPage(simulator, await aToken(simulator));
    expect(page.text).toContain(`{"time":\n"2026-11-20T11:00:00Z"},${texts.join(',')}]`);
    expect((await control(simulator, 'rows')).text).toBe(
      ['{"time": "2026-11-20T11:00:00Z"}', ...texts, ''].join('\n'),
    );
  });

  it('returns exactly the served values', async () => {
    const simulator = await aSimulator();
    simulator.addRows(someRows(20));

    const lines = (await control(simulator, 'rows')).text.trim().split('\n');

    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(
      rowsOf(await getPage(simulator, await aToken(simulator))),
    );
  });

  it('sets its clock, advances it and lets it run', async () => {
    const simulator = await aSimulator();

    await control(simulator, 'clock', { now: '2026-12-01T00:00:00Z', advanceMs: 1000 });
    expect(simulator.clock.now().toISOString()).toBe('2026-12-01T00:00:01.000Z');

    await control(simulator, 'clock', { speed: 1_000_000 });
    await control(simulator, 'health');
    await control(simulator, 'health');
    expect(simulator.clock.now().getTime()).toBeGreaterThan(Date.parse('2026-12-01T00:00:01Z'));
  });

  it('sets, arms and clears faults', async () => {
    const simulator = await aSimulator();

    expect(
      await controlJson(simulator, 'faults', { set: ['all=0.1'], arm: ['cut-body*3', 'empty-body'] }),
    ).toEqual({
      active: ['cut-body*3', 'empty-body*1', 'all=0.1'],
    });
    expect(await controlJson(simulator, 'faults', { clear: true })).toEqual({ active: [] });
    expect(await controlJson(simulator, 'faults')).toEqual({ active: [] });
  });

  it('changes an account and shows its state without the secret', async () => {
    const simulator = await aSimulator();

    const state = await controlJson(simulator, 'accounts/Sim-Account-000000000001', { role: 'weak' });

    expect(state).toMatchObject({ role: 'weak', plan: 'business' });
    expect(state).not.toHaveProperty('clientSecret');
    expect(simulator.account().state.role).toBe('weak');
  });

  it('counts requests by endpoint and status, except those to its control API', async () => {
    const simulator = await aSimulator();
    const token = await aToken(simulator);
    simulator.faults.arm('rate-per-second');
    simulator.faults.arm('connection-reset');
    await getPage(simulator, token);
    await getPage(simulator, token).catch(() => undefined);
    await getPage(simulator, token);

    expect(await controlJson(simulator, 'requests')).toEqual({
      total: 4,
      byEndpoint: { token: { 200: 1 }, operation: { 429: 1, reset: 1, 200: 1 } },
      byStatus: { 200: 2, 429: 1, reset: 1 },
      faults: { 'rate-per-second': 1, 'connection-reset': 1 },
      inserted: 0,
    });
  });

  it.each([
    ['faults', { set: ['nonsense'] }, /nonsense/],
    ['faults', { switch: 'on' }, /switch/],
    ['clock', { now: 'soon' }, /now/],
    ['rows', [{ stream: 'operation', row: {} }], /needs a day/],
    ['accounts/nobody', { plan: 'pro' }, /nobody/],
    ['accounts/Sim-Account-000000000001', { plan: 'gold' }, /plan/],
    ['rows?stream=chat', undefined, /stream/],
  ])('refuses what it cannot do: %s %j', async (path, body, message) => {
    const { status, text } = await control(await aSimulator(), path, body);

    expect(status).toBe(400);
    expect((JSON.parse(text) as { error: string }).error).toMatch(message);
  });

  it('lists its routes for an unknown route', async () => {
    const { status, text } = await control(await aSimulator(), 'nothing');

    expect(status).toBe(404);
    expect(text).toContain('POST clock');
  });
});

describe('a simulator', () => {
  it('refuses options that it does not have', async () => {
    await expect(aSimulator({ page: 'full' } as object)).rejects.toThrow('page');
    await expect(aSimulator({ faults: ['nonsense'] })).rejects.toThrow('nonsense');
  });

  it('reports that its port is taken', async () => {
    const { url } = await aSimulator();

    await expect(aSimulator({ port: Number(new URL(url).port) })).rejects.toThrow('EADDRINUSE');
  });
});
