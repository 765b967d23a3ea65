import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Simulator, SimulatorOptions } from '../../simulator/index.ts';
import { aSimulator, aToken, basic, get, getPage, postForm, type Reply } from './zoom-client.ts';

const REDIRECT = 'https://connect.quillmere.example/callback';
const SPENT = { reason: 'Invalid Token!', error: 'invalid_grant' };

/** Where the consent page sends the browser. */
const consent = async ({ oauthUrl }: Simulator, query: Record<string, string> = {}) => {
  const requested = { response_type: 'code', client_id: 'sim-client-id', redirect_uri: REDIRECT, ...query };
  const response = await fetch(`${oauthUrl}/authorize?${new URLSearchParams(requested).toString()}`, {
    redirect: 'manual',
  });
  const location = response.headers.get('location');
  return { status: response.status, target: location === null ? undefined : new URL(location) };
};

const aCode = async (simulator: Simulator, query: Record<string, string> = {}): Promise<string> =>
  (await consent(simulator, query)).target?.searchParams.get('code') ?? '';

const transport = (simulator: Simulator, code: string, more: Record<string, string> = {}) =>
  postForm(simulator, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...more });

const connect = async (simulator: Simulator) => transport(simulator, await aCode(simulator));

const refresh = (simulator: Simulator, { body }: Reply) =>
  postForm(simulator, { grant_type: 'refresh_token', refresh_token: body['refresh_token'] as string });

const accessTokenOf = ({ body }: Reply) => body['access_token'] as string;

describe('the consent page', () => {
  it('consents at once and returns the state', async () => {
    const { status, target } = await consent(await aSimulator(), { state: 'a b&c' });

    expect(status).toBe(302);
    expect(target?.origin).toBe('https://connect.quillmere.example');
    expect(target?.searchParams.get('state')).toBe('a b&c');
    expect(target?.searchParams.get('code')).toBeTruthy();
  });

  it('returns an error when the admin declines', async () => {
    const simulator = await aSimulator();
    simulator.account().update({ consent: 'deny' });

    const { target } = await consent(simulator, { state: 's' });

    expect(target?.search).toBe('?error=access_denied&state=s');
  });

  it.each([
    ['an unknown app', { client_id: 'nobody' }],
    ['an unregistered address', { redirect_uri: `${REDIRECT}/` }],
    ['another response type', { response_type: 'token' }],
  ])('redirects nowhere for %s', async (_, query) => {
    const simulator = await aSimulator({ accounts: [{ redirectUris: [REDIRECT] }] });

    expect(await consent(simulator, query)).toEqual({ status: 400, target: undefined });
  });
});

describe('an authorization code', () => {
  it('is exchanged for a pair of long tokens, the scopes and the API address', async () => {
    const simulator = await aSimulator();

    const { status, body } = await connect(simulator);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      token_type: 'bearer',
      expires_in: 3600,
      scope: 'report:read:operation_logs:admin report:read:user_activities:admin user:read:user:admin',
      api_url: simulator.url,
    });
    for (const token of [body['access_token'], body['refresh_token']]) {
      expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
      expect((token as string).length).toBeGreaterThan(500);
    }
  });

  it('can be used once', async () => {
    const simulator = await aSimulator();
    const code = await aCode(simulator);

    expect((await transport(simulator, code)).status).toBe(200);
    expect((await transport(simulator, code)).body).toMatchObject({ error: 'invalid_grant' });
  });

  it('is valid for five minutes', async () => {
    const simulator = await aSimulator();
    const code = await aCode(simulator);
    simulator.clock.advance(300_000);

    expect((await transport(simulator, code)).body).toMatchObject({ error: 'invalid_grant' });
  });

  it('is refused with another redirect address', async () => {
    const simulator = await aSimulator();

    const { status, body } = await transport(simulator, await aCode(simulator), {
      redirect_uri: `${REDIRECT}?x`,
    });

    expect([status, body['error']]).toEqual([400, 'invalid_request']);
  });

  const verifier = 'a-verifier-of-some-forty-letters-and-dashes';
  const hashed = createHash('sha256').update(verifier).digest('base64url');
  it.each([
    ['S256', hashed, verifier, 200],
    ['S256', hashed, 'another', 400],
    ['S256', hashed, undefined, 400],
    ['plain', verifier, verifier, 200],
    ['plain', verifier, 'another', 400],
    [undefined, verifier, verifier, 200],
  ])('with a %s challenge needs its verifier', async (method, challenge, given, expected) => {
    const simulator = await aSimulator();
    const code = await aCode(simulator, {
      code_challenge: challenge,
      ...(method && { code_challenge_method: method }),
    });

    const { status } = await transport(simulator, code, given === undefined ? {} : { code_verifier: given });

    expect(status).toBe(expected);
  });

  it('can be requested by the admin of any account of the app', async () => {
    const simulator = await aSimulator({
      accounts: [{}, { accountId: 'second', adminEmail: 'b@second.example' }],
    });

    const granted = await transport(simulator, await aCode(simulator, { account_id: 'second' }));
    const { body } = await get(simulator, '/users/me', accessTokenOf(granted));

    expect(body).toMatchObject({ account_id: 'second', email: 'b@second.example', role_name: 'Owner' });
    expect(body['id']).toBeTruthy();
  });
});

describe('a refresh', () => {
  it('returns a new pair, and the earlier access token stays valid', async () => {
    const simulator = await aSimulator();
    const first = await connect(simulator);

    const second = await refresh(simulator, first);

    expect(second.status).toBe(200);
    expect(second.body['refresh_token']).not.toBe(first.body['refresh_token']);
    expect((await getPage(simulator, accessTokenOf(first))).status).toBe(200);
    expect((await getPage(simulator, accessTokenOf(second))).status).toBe(200);
  });

  it('invalidates the refresh token at once', async () => {
    const simulator = await aSimulator();
    const first = await connect(simulator);
    await refresh(simulator, first);

    const { status, body } = await refresh(simulator, first);

    expect(status).toBe(400);
    expect(body).toEqual(SPENT);
  });

  it('keeps the earlier refresh token valid for a grace period, if there is one', async () => {
    const simulator = await aSimulator({ refreshGraceSeconds: 10 });
    const first = await connect(simulator);
    await refresh(simulator, first);

    simulator.clock.advance(9_999);
    expect((await refresh(simulator, first)).status).toBe(200);
    simulator.clock.advance(1);
    expect((await refresh(simulator, first)).body).toEqual(SPENT);
  });

  it('fails after 90 days', async () => {
    const simulator = await aSimulator();
    const first = await connect(simulator);
    simulator.clock.advance(90 * 86_400_000);

    expect((await refresh(simulator, first)).body).toEqual(SPENT);
  });

  it('fails after the account has authorised the app again', async () => {
    const simulator = await aSimulator();
    const first = await connect(simulator);
    const second = await connect(simulator);

    expect((await refresh(simulator, first)).body).toEqual(SPENT);
    expect((await refresh(simulator, second)).status).toBe(200);
  });

  it('is not affected by authorisations of other accounts', async () => {
    const simulator = await aSimulator({ accounts: [{}, { accountId: 'second' }] });
    const first = await connect(simulator);
    await transport(simulator, await aCode(simulator, { account_id: 'second' }));

    expect((await refresh(simulator, first)).status).toBe(200);
  });

  it('can succeed although its response is lost', async () => {
    const simulator = await aSimulator();
    const first = await connect(simulator);
    simulator.faults.arm('token-response-lost');

    await expect(refresh(simulator, first)).rejects.toThrow('fetch failed');

    expect((await refresh(simulator, first)).body).toEqual(SPENT);
  });
});

describe('Server-to-Server', () => {
  it('keeps many tokens valid at the same time', async () => {
    const simulator = await aSimulator();
    const tokens = [await aToken(simulator), await aToken(simulator)];

    for (const token of tokens) expect((await getPage(simulator, token)).status).toBe(200);
    expect(new Set(tokens).size).toBe(2);
  });

  it('accepts its parameters in the query as well, and returns no refresh token', async () => {
    const simulator = await aSimulator();
    const path = 'token?grant_type=account_credentials&account_id=Sim-Account-000000000001';

    const { status, body } = await postForm(simulator, {}, { path });

    expect(status).toBe(200);
    expect(body).not.toHaveProperty('refresh_token');
  });

  it('does not exist for /users/me', async () => {
    const simulator = await aSimulator();

    const { status, body } = await get(simulator, '/users/me', await aToken(simulator));

    expect([status, body['code']]).toEqual([404, 1001]);
  });

  it('refuses an account that does not have the app', async () => {
    const { status, body } = await postForm(await aSimulator(), {
      grant_type: 'account_credentials',
      account_id: 'x',
    });

    expect([status, body['error']]).toEqual([400, 'invalid_request']);
  });
});

describe('the token endpoint', () => {
  it.each([
    ['', ''],
    ['Bearer x', ''],
    [basic('sim-client-id', 'wrong'), ''],
    [basic('nobody'), ''],
  ])('refuses the client of the header "%s"', async (authorization) => {
    const { status, body } = await postForm(
      await aSimulator(),
      { grant_type: 'account_credentials' },
      { authorization },
    );

    expect(status).toBe(401);
    expect(body).toEqual({ reason: 'Invalid client_id or client_secret', error: 'invalid_client' });
  });

  it('supports three grant types', async () => {
    const { status, body } = await postForm(await aSimulator(), { grant_type: 'password' });

    expect(status).toBe(400);
    expect(body).toEqual({ reason: 'unsupported grant type', error: 'unsupported_grant_type' });
  });

  it('keeps apps from using the tokens of others', async () => {
    const simulator = await aSimulator({ accounts: [{}, { accountId: 'b', clientId: 'b-app' }] });
    const mine = await connect(simulator);
    const form = { grant_type: 'refresh_token', refresh_token: mine.body['refresh_token'] as string };

    expect((await postForm(simulator, form, { authorization: basic('b-app') })).body).toEqual(SPENT);
    expect((await postForm(simulator, form)).status).toBe(200);
  });

  it.each<[string, NonNullable<SimulatorOptions['accounts']>[number], string | undefined]>([
    ['names another host', { apiUrl: 'https://api-eu.zoom.example' }, 'https://api-eu.zoom.example'],
    ['may leave the host out', { apiUrl: 'absent' }, undefined],
  ])('%s if the account is configured so', async (_, account, expected) => {
    const { body } = await connect(await aSimulator({ accounts: [account] }));

    expect(body['api_url']).toBe(expected);
  });

  it('ends a grant that is revoked', async () => {
    const simulator = await aSimulator();
    const granted = await connect(simulator);

    const revoked = await postForm(simulator, { token: accessTokenOf(granted) }, { path: 'revoke' });

    expect(revoked.body).toEqual({ status: 'success' });
    expect((await getPage(simulator, accessTokenOf(granted))).status).toBe(401);
    expect((await refresh(simulator, granted)).body).toEqual(SPENT);
  });

  it('gives the same tokens for the same seed', async () => {
    const token = async (seed: number) => aToken(await aSimulator({ seed }));

    expect(await token(3)).toBe(await token(3));
    expect(await token(3)).not.toBe(await token(4));
  });
});

describe('a connection that ends', () => {
  it.each([
    ['uninstalled', 4741],
    ['owner-left', 4735],
    ['disabled', 4738],
  ] as const)('because it is %s has code %d and cannot be refreshed', async (connection, code) => {
    const simulator = await aSimulator();
    const granted = await connect(simulator);
    const token = await aToken(simulator);
    simulator.account().update({ connection });

    const page = await getPage(simulator, accessTokenOf(granted));

    expect([page.status, page.body['code']]).toEqual([401, code]);
    expect((await getPage(simulator, token)).status).toBe(401);
    expect((await refresh(simulator, granted)).body).toEqual(SPENT);
    expect(await aToken(simulator)).toBeUndefined();
  });

  it('is restored only by a new authorisation', async () => {
    const simulator = await aSimulator();
    const granted = await connect(simulator);
    simulator.account().update({ connection: 'uninstalled' });
    simulator.account().update({ connection: 'alive' });

    expect((await refresh(simulator, granted)).body).toEqual(SPENT);
    expect((await connect(simulator)).status).toBe(200);
  });
});
