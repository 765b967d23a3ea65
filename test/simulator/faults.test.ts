import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Fault, FAULTS, type FaultName, faultsOfGroup, type Simulator } from '../../simulator/index.ts';
import {
  aSimulator,
  aToken,
  get,
  getPage,
  nextTokenOf,
  postForm,
  readPages,
  type Reply,
  rowsOf,
  someRows,
} from './zoom-client.ts';

/** The result of a request: its status, its Zoom code (or OAuth error) and its text; or how the transport broke. */
const outcome = async (requested: Promise<Reply>) => {
  try {
    const { status, body, text } = await requested;
    return { status, code: body['code'] ?? body['error'], text };
  } catch (error) {
    return { broken: String((error as Error).cause ?? error) };
  }
};

/** A simulator with five rows of today, and how to ask for the first page and for the second. */
const aSession = async (options: Parameters<typeof aSimulator>[0] = {}) => {
  const simulator = await aSimulator(options);
  simulator.addRows(someRows(5));
  const token = await aToken(simulator);
  const first = () => getPage(simulator, token, { page_size: '3' });
  const next = nextTokenOf(await first());
  return {
    simulator,
    first,
    second: () => getPage(simulator, token, { page_size: '3', next_page_token: next }),
    me: () => get(simulator, '/users/me', token),
    request: () =>
      postForm(simulator, { grant_type: 'account_credentials', account_id: 'Sim-Account-000000000001' }),
  };
};

describe('a fault', () => {
  it.each([
    ['token-expired/401', 401, 124],
    ['token-expired/400', 400, 124],
    ['token-invalid-4700/401', 401, 4700],
    ['token-invalid-4700/400', 400, 4700],
    ['rate-per-second/429', 429, 429],
    ['rate-per-second/4001', 429, 4001],
    ['rate-daily', 429, 429],
    ['too-many-concurrent', 429, 429],
    ['server-error/500', 500, 500],
    ['server-error/502', 502, 502],
    ['server-error/503', 503, 503],
    ['server-error/504', 504, 504],
    ['error-body-under-200/token-expired', 200, 124],
    ['error-body-under-200/rate-limit', 200, 429],
    ['error-body-under-200/server-error', 200, 500],
    ['scope-missing/400-4711', 400, 4711],
    ['scope-missing/401-4711', 401, 4711],
    ['scope-missing/400-104', 400, 104],
    ['scope-missing/401-200', 401, 200],
    ['role-too-weak/400', 400, 200],
    ['role-too-weak/403', 403, 200],
    ['role-too-weak/200', 200, 200],
    ['free-plan/400', 400, 200],
    ['free-plan/403', 403, 200],
    ['validation-failed/400', 400, 300],
    ['validation-failed/300', 300, 300],
    ['validation-failed/six-months', 400, 300],
    ['account-missing', 404, 2001],
    ['grant-dead/4717', 401, 4717],
    ['grant-dead/4735', 401, 4735],
    ['grant-dead/4738', 401, 4738],
    ['grant-dead/4741', 401, 4741],
  ])('%s gives a report request status %d and code %d', async (spec, status, code) => {
    const { simulator, first } = await aSession();
    simulator.faults.set(spec);

    expect(await outcome(first())).toMatchObject({ status, code });
  });

  it.each([
    ['page-token-expired', 400],
    ['status-300-error', 300],
  ])('%s affects only requests with a page token', async (spec, status) => {
    const { simulator, first, second } = await aSession();
    simulator.faults.set(spec);

    expect((await first()).status).toBe(200);
    expect(await outcome(second())).toMatchObject({ status, code: 300 });
  });

  it.each([
    ['token-endpoint-500/500', 500, 'server_error'],
    ['token-endpoint-500/503', 503, 'server_error'],
    ['token-endpoint-429', 429, 'too_many_requests'],
    ['invalid-grant/grant', 400, 'invalid_grant'],
    ['invalid-grant/request', 401, 'invalid_request'],
    ['invalid-client/400', 400, 'invalid_client'],
    ['invalid-client/401', 401, 'invalid_client'],
    ['invalid-request', 400, 'invalid_request'],
    ['unsupported-grant-type', 400, 'unsupported_grant_type'],
  ])('%s gives a token request status %d and error %s', async (spec, status, error) => {
    const { simulator, request, first } = await aSession();
    simulator.faults.set(spec);

    expect(await outcome(request())).toMatchObject({ status, code: error });
    expect((await first()).status).toBe(200);
  });

  it.each(['400-4711', '400-104', '400-200', '401-4711', '401-104', '401-200'])(
    'scope-missing/%s-broken names the scope in a body that is no JSON',
    async (variant) => {
      const { simulator, first } = await aSession();
      simulator.faults.set(`scope-missing/${variant}-broken`);

      const { status, text } = await first();

      expect(status).toBe(Number(variant.slice(0, 3)));
      expect(text).toContain('scopes:["report:read:operation_logs:admin"]');
      expect(() => void JSON.parse(text)).toThrow(SyntaxError);
    },
  );

  it('user-missing affects only /users/me', async () => {
    const { simulator, first, me } = await aSession();
    simulator.faults.set('user-missing');

    expect(await outcome(me())).toMatchObject({ status: 404, code: 1001 });
    expect((await first()).status).toBe(200);
  });

  it.each([
    ['html-body-502', 502],
    ['html-body-200', 200],
  ])('%s answers with a page of HTML', async (spec, status) => {
    const { simulator, first } = await aSession();
    simulator.faults.set(spec);

    const reply = await first();

    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toBe('text/html');
    expect(reply.text).toMatch(/^<html>/);
  });

  it.each(['cut-json', 'empty-body'])('%s returns 200 with a body that is not JSON', async (spec) => {
    const { simulator, first } = await aSession();
    simulator.faults.set(spec);

    const { status, text } = await first();

    expect(status).toBe(200);
    expect(() => void JSON.parse(text)).toThrow(SyntaxError);
  });

  it.each(['cut-body', 'reset-mid-body', 'connection-reset'])('%s breaks the connection', async (spec) => {
    const { simulator, first } = await aSession();
    simulator.faults.arm(spec);

    expect(await outcome(first())).toHaveProperty('broken');
    expect((await first()).status).toBe(200);
  });

  it.each(['cut-body', 'reset-mid-body'])('%s sends the head of the response', async (spec) => {
    const { simulator } = await aSession();
    simulator.faults.set(spec);

    const { status, body } = await fetch(`${simulator.apiUrl}/report/activities`);

    expect(status).toBe(401);
    await expect(body?.getReader().closed).rejects.toThrow();
  });

  it.each(['slow-answer', 'slow-body'])('%s is valid but slow', async (spec) => {
    const { simulator, first } = await aSession({ slowMs: 60 });
    simulator.faults.set(spec);
    const start = performance.now();

    const page = await first();

    expect(rowsOf(page)).toHaveLength(3);
    expect(performance.now() - start).toBeGreaterThan(50);
  });

  it('unknown-field adds a field and keeps the rows', async () => {
    const { simulator, first } = await aSession();
    simulator.faults.set('unknown-field');

    const page = await first();

    expect(page.body).toHaveProperty('data_region');
    expect(rowsOf(page)).toHaveLength(3);
  });

  it.each([
    ['next-token-null', null],
    ['next-token-absent', undefined],
  ])('%s changes the last page alone', async (spec, expected) => {
    const { simulator, first, second } = await aSession();
    simulator.faults.set(spec);

    expect(nextTokenOf(await first())).not.toBe('');
    expect((await second()).body['next_page_token']).toBe(expected);
  });

  it.each(['empty-middle-page', 'short-page'])('%s loses no row', async (spec) => {
    const { simulator } = await aSession();
    simulator.faults.set(spec);

    const pages = await readPages(simulator, { page_size: '3' });

    expect(pages.flat()).toEqual(simulator.rows());
    expect(pages.length).toBeGreaterThan(2);
  });

  it('rate-daily states a time in the near future', async () => {
    const { simulator, first } = await aSession({ limitHeaders: 'iso', dailyRetryAfterMs: 5000 });
    simulator.faults.set('rate-daily');

    expect((await first()).headers.get('retry-after')).toBe('2026-11-20T12:00:05Z');
  });
});

describe('faults', () => {
  const statuses = async (request: () => Promise<Reply>, count: number) => {
    const seen: number[] = [];
    for (let i = 0; i < count; i++) seen.push((await request()).status);
    return seen;
  };

  it('affect every request while they are active, and none after', async () => {
    const { simulator, first } = await aSession();
    simulator.faults.set('server-error/503');

    expect(await statuses(first, 3)).toEqual([503, 503, 503]);
    simulator.faults.clear();
    expect((await first()).status).toBe(200);
  });

  it('trigger as often as they are armed, in order, and only on matching requests', async () => {
    const { simulator, first, second } = await aSession();
    simulator.faults.arm('page-token-expired');
    simulator.faults.arm('server-error/500', 2);
    simulator.faults.arm('server-error/504*1');

    expect(await statuses(first, 4)).toEqual([500, 500, 504, 200]);
    expect(simulator.faults.active()).toEqual(['page-token-expired*1']);
    expect((await second()).status).toBe(400);
  });

  it('can be limited to one endpoint', async () => {
    const { simulator, first, me } = await aSession();
    simulator.faults.set('token-expired@me');

    expect((await first()).status).toBe(200);
    expect((await me()).body['code']).toBe(124);
  });

  it('can be limited to pages after the first', async () => {
    const { simulator, first, second } = await aSession();
    simulator.faults.set('server-error/500@next-page');

    expect([(await first()).status, (await second()).status, (await first()).status]).toEqual([
      200, 500, 200,
    ]);
  });

  it('can be active from the start', async () => {
    const simulator = await aSimulator({ faults: ['token-endpoint-429*1'] });

    expect(await aToken(simulator)).toBeUndefined();
    expect(await aToken(simulator)).toBeDefined();
  });

  it('can be combined', async () => {
    const { simulator, first } = await aSession();
    simulator.faults.set('short-page', 'empty-body=0', 'unknown-field');

    const page = await first();

    expect(page.body).toHaveProperty('data_region');
    expect(rowsOf(page).length).toBeLessThan(3);
  });

  it('trigger with their probability, on the same requests for the same seed', async () => {
    const run = async (seed: number) => {
      const { simulator, first } = await aSession({ seed });
      simulator.faults.set('server-error=0.3');
      return statuses(first, 60);
    };

    const one = await run(1);

    const share = one.filter((status) => status >= 500).length / one.length;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.5);
    expect(await run(1)).toEqual(one);
    expect(await run(2)).not.toEqual(one);
  });

  it('of a group trigger with about the same probability', async () => {
    const { simulator, first, second, request } = await aSession({ slowMs: 0 });
    simulator.faults.set('transient');
    for (let i = 0; i < 60; i++) await Promise.all([outcome(first()), outcome(second()), outcome(request())]);

    const triggered = Object.keys(simulator.requests().faults);

    expect(triggered.sort()).toEqual([...(faultsOfGroup('transient') ?? [])].sort());
  });

  it('of the group harmless never change what a client reads', async () => {
    const { simulator } = await aSession({ slowMs: 0 });
    simulator.faults.set('harmless');

    for (let i = 0; i < 20; i++)
      expect((await readPages(simulator, { page_size: '2' })).flat()).toEqual(simulator.rows());
  });

  it('of the group all include every one', () => {
    const groups = ['transient', 'permanent', 'harmless'].flatMap((group) => faultsOfGroup(group) ?? []);

    expect([...groups].sort()).toEqual([...(faultsOfGroup('all') ?? [])].sort());
    expect(groups).toHaveLength(Object.keys(FAULTS).length);
    expect(faultsOfGroup('transport')).toContain('connection-reset');
  });

  it.each(['nonsense', 'cut-body/none', 'cut-body=2', 'cut-body*x', 'cut-body@meeting', 'all/plain', ''])(
    'refuse the spec "%s"',
    async (spec) => {
      const { faults }: Simulator = await aSimulator();

      expect(() => faults.set(spec)).toThrow(RangeError);
    },
  );

  it('are the same in the README', () => {
    const lines = readFileSync(new URL('../../simulator/README.md', import.meta.url), 'utf8').split('\n');
    const documented = lines.filter((line) =>
      /^\| `[a-z0-9-]+` +\| (transient|permanent|harmless)/.test(line),
    );
    const cells = documented.map((line) => line.split('|').map((cell) => cell.trim()));

    expect(cells.map(([, name, nature, , does]) => [name, nature, does])).toEqual(
      Object.entries<Fault>(FAULTS).map(([name, { nature, transport, does }]) => [
        `\`${name}\``,
        transport ? `${nature}, transport` : nature,
        does,
      ]),
    );
  });

  it('each have a variant and a description', () => {
    for (const name of Object.keys(FAULTS) as FaultName[]) {
      expect(Object.keys(FAULTS[name].variants)).not.toEqual([]);
      expect(FAULTS[name].does).toMatch(/\w/);
    }
  });
});
