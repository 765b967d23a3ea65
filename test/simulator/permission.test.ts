import { describe, expect, it } from '@jest/globals';
import type { AccountState } from '../../simulator/index.ts';
import { aSimulator, aToken, get, getPage, postForm } from './zoom-client.ts';

const OPERATION_SCOPE = 'report:read:operation_logs:admin';

/** Changes an account in the middle of a session and asks once more. */
const pageAfter = async (change: Partial<AccountState>) => {
  const simulator = await aSimulator();
  const token = await aToken(simulator);
  simulator.account().update(change);
  const { status, body } = await getPage(simulator, token);
  return [status, body['code'], body['message']];
};

describe('a report request', () => {
  it('needs a token', async () => {
    const { status, body } = await getPage(await aSimulator(), undefined);

    expect([status, body]).toEqual([401, { code: 4700, message: 'Token cannot be empty' }]);
  });

  it('accepts the token in the header only', async () => {
    const simulator = await aSimulator();

    const { status } = await getPage(simulator, undefined, { access_token: await aToken(simulator) });

    expect(status).toBe(401);
  });

  it('refuses a token that was never issued', async () => {
    const { status, body } = await getPage(await aSimulator(), 'invented');

    expect([status, body]).toEqual([401, { code: 124, message: 'Invalid access token.' }]);
  });

  it('is refused an hour after the token was issued', async () => {
    const simulator = await aSimulator();
    const token = await aToken(simulator);

    simulator.clock.advance(3_599_999);
    expect((await getPage(simulator, token)).status).toBe(200);
    simulator.clock.advance(1);
    const { status, body } = await getPage(simulator, token);

    expect([status, body]).toEqual([401, { code: 124, message: 'Access token is expired.' }]);
  });

  it('is refused when the role is too weak', async () => {
    expect(await pageAfter({ role: 'weak' })).toEqual([400, 200, 'No permission.']);
  });

  it('is refused on a free plan', async () => {
    expect(await pageAfter({ plan: 'free' })).toEqual([
      400,
      200,
      'Only available for paid account: Sim-Account-000000000001.',
    ]);
  });

  it('is refused when the account does not exist', async () => {
    expect(await pageAfter({ closed: true })).toEqual([
      404,
      2001,
      'Account does not exist: Sim-Account-000000000001',
    ]);
  });

  it.each([
    ['the role was lowered, which drops the admin scopes', { role: 'lowered' }],
    ['the app lost the scope', { scopes: ['report:read:user_activities:admin'] }],
  ] as const)('is refused when %s', async (_, change) => {
    expect(await pageAfter(change)).toEqual([
      400,
      4711,
      `Invalid access token, does not contain scopes:[${OPERATION_SCOPE}]`,
    ]);
  });

  it('gets an added scope only with a new token', async () => {
    const simulator = await aSimulator({ accounts: [{ scopes: [] }] });
    const early = await aToken(simulator);
    simulator.account().update({ scopes: [OPERATION_SCOPE] });

    expect((await getPage(simulator, early)).status).toBe(400);
    expect((await getPage(simulator, await aToken(simulator))).status).toBe(200);
  });

  it('needs the scope of its own report', async () => {
    const simulator = await aSimulator({ accounts: [{ scopes: [OPERATION_SCOPE] }] });
    const token = await aToken(simulator);

    expect((await getPage(simulator, token)).status).toBe(200);
    expect((await getPage(simulator, token, {}, 'activity')).status).toBe(400);
    expect((await get(simulator, '/users/me', token)).body['message']).toContain('user:read:user:admin');
  });

  it('accepts the classic scope for both reports', async () => {
    const simulator = await aSimulator({ accounts: [{ scopes: ['report:read:admin'] }] });
    const token = await aToken(simulator);

    expect((await getPage(simulator, token)).status).toBe(200);
    expect((await getPage(simulator, token, {}, 'activity')).status).toBe(200);
  });
});

describe('an account', () => {
  it('refuses its old secret after the secret was rotated', async () => {
    const simulator = await aSimulator();
    simulator.account().update({ clientSecret: 'rotated' });

    expect((await postForm(simulator, { grant_type: 'account_credentials' })).status).toBe(401);
  });

  it('keeps what an update does not name', async () => {
    const simulator = await aSimulator({ accounts: [{ plan: 'pro' }] });

    simulator.account().update({ role: 'weak' });

    expect(simulator.account().state).toMatchObject({ plan: 'pro', role: 'weak' });
  });

  it('refuses an invalid state', async () => {
    const simulator = await aSimulator();

    expect(() => simulator.account().update({ plan: 'gold' as 'pro' })).toThrow('plan');
    expect(() => simulator.account('nobody')).toThrow('nobody');
  });
});

it('has no other endpoints', async () => {
  const { status, body } = await get(await aSimulator(), '/meetings', 'x');

  expect([status, body['code']]).toEqual([404, 2300]);
});
