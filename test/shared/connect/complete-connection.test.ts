import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { completeConnection } from '../../../shared/connect/complete-connection.ts';
import { accountOf, pinAccount } from '../../../shared/collect/state/pinned-account.ts';
import { DEFAULT_ACCOUNT } from '../../../simulator/index.ts';
import {
  aBench,
  anIssuedState,
  ANOTHER_ACCOUNT,
  begin,
  type Bench,
  consentedQuery,
  SOURCE,
} from '../../support/connecting.ts';
import { requestsFor, never } from '../../support/zoom.ts';

const complete = ({ connecting: connection }: Bench, query: string) =>
  completeConnection(connection, query, never);

/** A source that works. */
const aConnectedBench = async (): Promise<Bench> => {
  const bench = await aBench();
  await complete(bench, await consentedQuery(await begin(bench)));
  return bench;
};

/** Names each call of the secret, the bucket and the queue from now on. */
const countingCalls = ({ connecting: connection }: Bench): string[] => {
  const calls: string[] = [];
  const { secrets, store } = connection;
  const counting = <T extends object>(name: string, target: T, methods: readonly (keyof T)[]): void => {
    for (const method of methods) {
      const real = target[method] as (...args: unknown[]) => unknown;
      target[method] = ((...args: unknown[]) => {
        calls.push(`${name}.${String(method)}`);
        return real.apply(target, args);
      }) as T[keyof T];
    }
  };
  counting('secrets', secrets, ['read', 'change']);
  counting('store', store, ['list', 'read', 'create', 'replace']);
  return calls;
};

/** Whether Zoom serves a token. */
const isAlive = async ({ zoom }: Bench, accessToken: string | undefined): Promise<boolean> => {
  const headers = { authorization: `Bearer ${String(accessToken)}` };
  return (await fetch(`${zoom.apiUrl}/users/me`, { headers })).status === 200;
};

describe('the callback of an administrator', () => {
  it('connects the source: stores the grant, pins the account, requests the first collection', async () => {
    const bench = await aBench();
    const { secrets, store } = bench.connecting;

    const result = await complete(bench, await consentedQuery(await begin(bench)));

    expect(result).toEqual({
      outcome: 'connected',
      auth: 'oauth',
      accountId: DEFAULT_ACCOUNT.accountId,
      authorizedBy: 'ines.halloran@quillmere.example',
      streams: [
        { stream: 'operation', readable: true },
        { stream: 'activity', readable: true },
      ],
      pollRequested: true,
    });
    expect(secrets.now).toMatchObject({
      accountId: DEFAULT_ACCOUNT.accountId,
      app: { clientId: DEFAULT_ACCOUNT.clientId },
    });
    expect(secrets.now.pending).toBeUndefined();
    expect(await isAlive(bench, secrets.now.grant?.accessToken)).toBe(true);
    expect(await accountOf(store, SOURCE)).toBe(DEFAULT_ACCOUNT.accountId);
    expect(bench.requestedPolls).toEqual([SOURCE]);
  });

  it('requests only one row of each report from Zoom', async () => {
    const bench = await aConnectedBench();

    expect([requestsFor(bench.zoom, 'operation'), requestsFor(bench.zoom, 'activity')]).toEqual([1, 1]);
  });

  it('ignores parameters that Zoom may add', async () => {
    const bench = await aBench();

    const result = await complete(
      bench,
      `${await consentedQuery(await begin(bench))}&iss=https%3A%2F%2Fzoom.us`,
    );

    expect(result.outcome).toBe('connected');
  });

  it('connects even if the first collection could not be requested, and reports that', async () => {
    const bench = await aBench({}, { requestPoll: () => Promise.reject(new Error('no queue')) });

    const result = await complete(bench, await consentedQuery(await begin(bench)));

    expect(result).toMatchObject({ outcome: 'connected', pollRequested: false });
  });

  it('connects again with the same account, in place of the old grant', async () => {
    const bench = await aConnectedBench();
    const old = bench.connecting.secrets.now.grant;

    const result = await complete(bench, await consentedQuery(await begin(bench)));

    expect(result.outcome).toBe('connected');
    expect(bench.connecting.secrets.now.grant?.refreshToken).not.toBe(old?.refreshToken);
  });
});

describe('what the grant can read', () => {
  it.each([
    [{ scopes: ['report:read:operation_logs:admin', 'user:read:user:admin'] }, [true, 'scope-missing']],
    [{ scopes: ['report:read:user_activities:admin', 'user:read:user:admin'] }, ['scope-missing', true]],
    [{ scopes: ['report:read:admin', 'user:read:admin'] }, [true, true]],
    [{ role: 'weak' as const }, ['role-too-weak', 'role-too-weak']],
    [{ plan: 'free' as const }, ['plan-too-small', 'plan-too-small']],
  ])('with %j is %j, and the grant is stored', async (state, expected) => {
    const bench = await aBench();
    bench.zoom.account().update(state);

    const result = await complete(bench, await consentedQuery(await begin(bench)));

    const streams = result.outcome === 'connected' ? result.streams : [];
    expect(streams.map((check) => check.readable || check.reason)).toEqual(expected);
    expect(bench.connecting.secrets.now.grant).toBeDefined();
  });

  it('is unknown where Zoom gives no clear answer, and the grant is stored', async () => {
    const bench = await aBench();
    const query = await consentedQuery(await begin(bench));
    bench.zoom.faults.set('server-error@activity');

    const result = await complete(bench, query);

    expect(result).toMatchObject({
      outcome: 'connected',
      streams: [{ readable: true }, { reason: 'unknown' }],
    });
  });
});

describe('bad input', () => {
  const good = { code: 'a-code', state: 'a-state' };
  const query = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();

  it.each([
    ['nothing', '', { outcome: 'malformed', problem: 'missing' }],
    ['no code', query({ state: 'a-state' }), { outcome: 'malformed', problem: 'missing' }],
    ['no state', query({ code: 'a-code' }), { outcome: 'malformed', problem: 'missing' }],
    ['an empty code', query({ ...good, code: '' }), { outcome: 'malformed', problem: 'missing' }],
    ['two codes', `${query(good)}&code=b`, { outcome: 'malformed', problem: 'repeated' }],
    ['two states', `${query(good)}&state=b`, { outcome: 'malformed', problem: 'repeated' }],
    [
      'a code that is too long',
      query({ ...good, code: 'c'.repeat(1025) }),
      { outcome: 'malformed', problem: 'oversized' },
    ],
    [
      'a query that is too long',
      query({ ...good, more: 'm'.repeat(4100) }),
      { outcome: 'malformed', problem: 'oversized' },
    ],
    ['markup', query({ ...good, code: '<script>' }), { outcome: 'malformed', problem: 'odd' }],
    ['a line break', query({ ...good, state: 'a\r\nb' }), { outcome: 'malformed', problem: 'odd' }],
    [
      'an error and a code',
      query({ ...good, error: 'access_denied' }),
      { outcome: 'malformed', problem: 'odd' },
    ],
    [
      "another user's refusal",
      query({ error: 'access_denied', state: 'a-state' }),
      { outcome: 'declined', awaited: false },
    ],
    [
      'another error',
      query({ error: 'invalid_scope' }),
      { outcome: 'zoom-error', error: 'invalid_scope', awaited: false },
    ],
    ['a forged state', query(good), { outcome: 'stale', why: 'unissued' }],
    [
      'a state of the right form',
      query({ ...good, state: randomBytes(32).toString('base64url') }),
      { outcome: 'stale', why: 'unissued' },
    ],
    [
      'a state that is a letter too long',
      query({ ...good, state: `${anIssuedState()}A` }),
      { outcome: 'stale', why: 'unissued' },
    ],
    [
      "another source's state",
      query({ ...good, state: anIssuedState('globex') }),
      { outcome: 'stale', why: 'unissued' },
    ],
    [
      "another deployment's state",
      query({ ...good, state: anIssuedState(SOURCE, 'another') }),
      { outcome: 'stale', why: 'unissued' },
    ],
  ])('%s: changes nothing, and sends no request to AWS or Zoom', async (_, bad, expected) => {
    const bench = await aBench();
    await begin(bench);
    const before = { secret: bench.connecting.secrets.now, requested: bench.zoom.requests().total };
    const calls = countingCalls(bench);

    const result = await complete(bench, bad);

    expect(result).toEqual(expected);
    expect(calls).toEqual([]);
    expect(bench.connecting.secrets.now).toEqual(before.secret);
    expect(bench.zoom.requests().total).toBe(before.requested);
  });

  it('refuses any state without a pending connection', async () => {
    const bench = await aBench();
    const issued = query({ ...good, state: anIssuedState() });

    expect(await complete(bench, issued)).toEqual({ outcome: 'stale', why: 'none-pending' });
  });

  it('refuses a state of our form without a pending connection', async () => {
    const bench = await aBench();
    await begin(bench);

    const result = await complete(bench, query({ ...good, state: anIssuedState() }));

    expect(result).toEqual({ outcome: 'stale', why: 'foreign' });
    expect(bench.connecting.secrets.now.pending).toBeDefined();
  });

  it.each([
    ['access_denied', { outcome: 'declined', awaited: true }, 'declined'],
    ['server_error', { outcome: 'zoom-error', error: 'server_error', awaited: true }, 'refused'],
  ])(
    'is distinguished from the response of Zoom that the source waits for: %s',
    async (error, expected, ended) => {
      const bench = await aBench();
      const { state } = await begin(bench);
      const before = bench.connecting.secrets.now;
      const calls = countingCalls(bench);

      expect(await complete(bench, query({ error, state }))).toEqual(expected);
      expect(calls).toEqual(['secrets.read', 'secrets.change', 'secrets.read']);
      expect(bench.connecting.secrets.now).toEqual({
        ...before,
        pending: undefined,
        ended: { state, outcome: ended },
      });
    },
  );

  it.each(['replaced', 'expired', 'spent'])('is an error with a state that is %s', async (how) => {
    const bench = await aBench({ lifetimes: { code: 3600 } });
    const begun = await begin(bench);
    if (how === 'replaced') await begin(bench);
    if (how === 'expired') bench.zoom.clock.advance(10 * 60_000);
    if (how === 'spent') await complete(bench, `code=none&state=${begun.state}`);

    const result = await complete(bench, query({ error: 'access_denied', state: begun.state }));

    expect(result).toEqual({ outcome: 'declined', awaited: false });
  });

  it('contains no secret of the source, even if an error names one', async () => {
    const bench = await aBench();
    const { state } = await begin(bench);

    const error = `bad_${DEFAULT_ACCOUNT.clientSecret}_${state}`;

    expect(await complete(bench, query({ error, state }))).toEqual({
      outcome: 'zoom-error',
      error: 'bad_[redacted]_[redacted]',
      awaited: true,
    });
  });

  it('refuses a state after ten minutes', async () => {
    const bench = await aBench({ lifetimes: { code: 3600 } });
    const late = await consentedQuery(await begin(bench));
    bench.zoom.clock.advance(10 * 60_000);

    const result = await complete(bench, late);

    expect(result).toEqual({ outcome: 'stale', why: 'expired' });
    expect(bench.connecting.secrets.now.grant).toBeUndefined();
  });

  it('refuses a state that a later connect has replaced', async () => {
    const bench = await aBench();
    const first = await consentedQuery(await begin(bench));
    await begin(bench);

    expect(await complete(bench, first)).toEqual({ outcome: 'stale', why: 'foreign' });
  });
});

describe('a state', () => {
  it('is valid once: reloading the page changes nothing', async () => {
    const bench = await aBench();
    const replayed = await consentedQuery(await begin(bench));
    await complete(bench, replayed);
    const { now } = bench.connecting.secrets;

    const result = await complete(bench, replayed);

    expect(result).toEqual({ outcome: 'stale', why: 'none-pending' });
    expect(bench.connecting.secrets.now).toEqual(now);
    expect(await isAlive(bench, now.grant?.accessToken)).toBe(true);
  });

  it('is spent before its code is used', async () => {
    const bench = await aBench();
    const { state } = await begin(bench);

    const result = await complete(bench, `code=wrong&state=${state}`);

    expect(result).toMatchObject({
      outcome: 'refused',
      reason: expect.stringMatching(/code-refused|grant-dead/),
    });
    expect(bench.connecting.secrets.now.pending).toBeUndefined();
  });

  it('is accepted from one of twenty racing callbacks', async () => {
    const bench = await aBench();
    const query = await consentedQuery(await begin(bench));

    const results = await Promise.all(Array.from({ length: 20 }, () => complete(bench, query)));

    const outcomes = results.map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(['connected', ...Array.from({ length: 19 }, () => 'stale')]);
    expect(await isAlive(bench, bench.connecting.secrets.now.grant?.accessToken)).toBe(true);
  });

  it('is not spent by a refresh of the old grant that gets in between', async () => {
    const bench = await aConnectedBench();
    const query = await consentedQuery(await begin(bench));
    const { secrets } = bench.connecting;
    const { grant } = secrets.now;
    const rotated = grant && { ...grant, refreshToken: 'rotated meanwhile' };

    const [result] = await Promise.all([
      complete(bench, query),
      secrets.change((secret) => ({ ...secret, grant: rotated })),
    ]);

    expect(result.outcome).toBe('connected');
    expect(secrets.now.grant?.refreshToken).not.toBe('rotated meanwhile');
  });
});

describe("another Zoom account's grant", () => {
  it('is refused and revoked, and the connection is unchanged', async () => {
    const bench = await aConnectedBench();
    const before = bench.connecting.secrets.now;
    const query = await consentedQuery(await begin(bench), ANOTHER_ACCOUNT);

    const result = await complete(bench, query);

    expect(result).toEqual({
      outcome: 'another-account',
      pinned: DEFAULT_ACCOUNT.accountId,
      by: 'first-connection',
      offered: ANOTHER_ACCOUNT,
      authorizedBy: 'admin@other.example',
      revoked: true,
    });
    expect(bench.connecting.secrets.now).toMatchObject({ grant: before.grant, accountId: before.accountId });
    expect(await isAlive(bench, before.grant?.accessToken)).toBe(true);
    expect(bench.requestedPolls).toEqual([SOURCE]);
  });

  it('is also refused by the delivered data, if the secret names no account', async () => {
    const bench = await aBench();
    await pinAccount(bench.connecting.store, SOURCE, 'the-account-of-old');

    const result = await complete(bench, await consentedQuery(await begin(bench)));

    expect(result).toMatchObject({ outcome: 'another-account', pinned: 'the-account-of-old', revoked: true });
    expect(bench.connecting.secrets.now.grant).toBeUndefined();
  });

  it('is distinguished from one that could not be revoked', async () => {
    const bench = await aConnectedBench();
    const query = await consentedQuery(await begin(bench), ANOTHER_ACCOUNT);
    const { connecting: connection } = bench;
    const noRevoke: Bench['connecting'] = {
      ...connection,
      transport: (request, signal) =>
        request.url.pathname.endsWith('/revoke')
          ? Promise.resolve({ status: 500, headers: {}, body: '' })
          : connection.transport(request, signal),
    };

    const result = await completeConnection(noRevoke, query, never);

    expect(result).toMatchObject({ outcome: 'another-account', revoked: false });
  });
});

describe('the account that sources.json names', () => {
  const aConfiguredBench = async (accountId: string): Promise<Bench> => {
    const bench = await aBench();
    const { connecting: connection } = bench;
    return { ...bench, connecting: { ...connection, source: { ...connection.source, accountId } } };
  };

  it('is connected', async () => {
    const bench = await aConfiguredBench(DEFAULT_ACCOUNT.accountId);

    const result = await complete(bench, await consentedQuery(await begin(bench)));

    expect(result.outcome).toBe('connected');
  });

  it('is required: the grant of another account is revoked, and the source is not pinned', async () => {
    const bench = await aConfiguredBench(ANOTHER_ACCOUNT);

    const result = await complete(bench, await consentedQuery(await begin(bench)));

    expect(result).toEqual({
      outcome: 'another-account',
      pinned: ANOTHER_ACCOUNT,
      by: 'configuration',
      offered: DEFAULT_ACCOUNT.accountId,
      authorizedBy: 'ines.halloran@quillmere.example',
      revoked: true,
    });
    expect(bench.connecting.secrets.now).toEqual({
      app: expect.anything(),
      ended: { state: expect.anything(), outcome: 'refused' },
    });
    expect(await accountOf(bench.connecting.store, SOURCE)).toBeUndefined();
    expect(bench.requestedPolls).toEqual([]);
  });
});

describe('who authorized', () => {
  it.each([undefined, null, '', 'ines', '"><b>@x', 'a@b.example\u001b[2J', 7])(
    'is not reported without a valid address from Zoom: %j',
    async (email) => {
      const bench = await aBench();
      const { connecting: connection } = bench;
      const odd: Bench['connecting'] = {
        ...connection,
        transport: async (request, signal) => {
          const response = await connection.transport(request, signal);
          if (!request.url.pathname.endsWith('/users/me') || 'kind' in response) return response;
          return { ...response, body: JSON.stringify({ ...JSON.parse(response.body), email }) };
        },
      };

      const result = await completeConnection(odd, await consentedQuery(await begin(bench)), never);

      expect(result).toMatchObject({ outcome: 'connected', authorizedBy: undefined });
    },
  );
});

describe('a grant that is not stored in the end', () => {
  const tokensGiven = async (bench: Bench, query: string) => {
    const { connecting: connection } = bench;
    const given: string[] = [];
    const monitored: Bench['connecting'] = {
      ...connection,
      transport: async (request, signal) => {
        const response = await connection.transport(request, signal);
        const token = 'body' in response && /"access_token":"([^"]+)"/.exec(response.body)?.[1];
        if (token) given.push(token);
        return response;
      },
    };
    const result = await completeConnection(monitored, query, never).catch((error: unknown) => ({ error }));
    return { result, given };
  };

  it('is revoked if Zoom does not return its user', async () => {
    const bench = await aBench();
    bench.zoom.account().update({ scopes: ['report:read:operation_logs:admin'] });

    const { result, given } = await tokensGiven(bench, await consentedQuery(await begin(bench)));

    expect(result).toMatchObject({ outcome: 'unidentified', reason: 'scope-missing', revoked: true });
    expect(await Promise.all(given.map((token) => isAlive(bench, token)))).toEqual([false]);
    expect(bench.connecting.secrets.now.grant).toBeUndefined();
  });

  it('is revoked if Zoom fails', async () => {
    const bench = await aBench();
    const query = await consentedQuery(await begin(bench));
    bench.zoom.faults.set('server-error@me');

    const { result, given } = await tokensGiven(bench, query);

    bench.zoom.faults.clear();
    expect(result).toMatchObject({ outcome: 'zoom-failing' });
    expect(await Promise.all(given.map((token) => isAlive(bench, token)))).toEqual([false]);
  });

  it('is revoked if the operator has disconnected meanwhile', async () => {
    const bench = await aBench();
    const query = await consentedQuery(await begin(bench));
    const { connecting: connection } = bench;
    const disconnecting: Bench['connecting'] = {
      ...connection,
      transport: async (request, signal) => {
        if (request.url.pathname.endsWith('/users/me')) await connection.secrets.change(() => ({}));
        return connection.transport(request, signal);
      },
    };

    const result = await completeConnection(disconnecting, query, never);

    expect(result).toEqual({ outcome: 'stale', why: 'overtaken' });
    expect(connection.secrets.now).toEqual({});
    expect(await accountOf(connection.store, SOURCE)).toBeUndefined();
  });

  it('is revoked if the store fails, and the failure is thrown', async () => {
    const bench = await aBench();
    const query = await consentedQuery(await begin(bench));
    bench.connecting.store.create = () => Promise.reject(new Error('the bucket is gone'));

    const { result, given } = await tokensGiven(bench, query);

    expect(result).toMatchObject({ error: { message: 'the bucket is gone' } });
    expect(await Promise.all(given.map((token) => isAlive(bench, token)))).toEqual([false]);
    expect(bench.connecting.secrets.now).toEqual({
      app: expect.anything(),
      ended: { state: expect.anything(), outcome: 'refused' },
    });
  });

  it('does not pin an account if another callback has pinned the source meanwhile', async () => {
    const bench = await aBench();
    const query = await consentedQuery(await begin(bench));
    const { store } = bench.connecting;
    const create = store.create.bind(store);
    store.create = async (key, body) => {
      await create(key, Buffer.from(JSON.stringify({ name: SOURCE, accountId: 'the-other' })));
      return create(key, body);
    };

    const { result, given } = await tokensGiven(bench, query);

    expect(result).toMatchObject({ outcome: 'refused', reason: 'another-account' });
    expect(await Promise.all(given.map((token) => isAlive(bench, token)))).toEqual([false]);
    expect(bench.connecting.secrets.now).toEqual({
      app: expect.anything(),
      ended: { state: expect.anything(), outcome: 'refused' },
    });
  });

  it.each([
    [
      'Zoom does not return its user',
      async (bench: Bench) => {
        bench.zoom.account().update({ scopes: ['report:read:operation_logs:admin'] });
        return consentedQuery(await begin(bench));
      },
    ],
    ['Zoom refuses the code', async (bench: Bench) => `code=none&state=${(await begin(bench)).state}`],
    [
      'Zoom fails',
      async (bench: Bench) => {
        const query = await consentedQuery(await begin(bench));
        bench.zoom.faults.set('server-error@me');
        return query;
      },
    ],
    [
      'the administrator declines',
      async (bench: Bench) => `error=access_denied&state=${(await begin(bench)).state}`,
    ],
  ])('leaves no pinned account: %s', async (_, queryOf) => {
    const bench = await aBench();

    await complete(bench, await queryOf(bench));

    expect(await accountOf(bench.connecting.store, SOURCE)).toBeUndefined();
    expect(bench.connecting.secrets.now.accountId).toBeUndefined();
  });
});

describe('Zoom refusing the code', () => {
  it('is reported if the code is not Zoom’s own', async () => {
    const bench = await aBench();
    const { state } = await begin(bench);

    const result = await complete(bench, `code=none&state=${state}`);

    expect(result).toMatchObject({ outcome: 'refused', reason: 'code-refused' });
  });

  it('is reported if the client secret was changed meanwhile', async () => {
    const bench = await aBench({ accounts: [{}] });
    const query = await consentedQuery(await begin(bench));
    bench.zoom.account().update({ clientSecret: 'another one' });

    const result = await complete(bench, query);

    expect(result).toMatchObject({ outcome: 'refused', reason: 'credentials-wrong' });
  });

  it('reports that Zoom is down', async () => {
    const bench = await aBench();
    const query = await consentedQuery(await begin(bench));
    bench.zoom.faults.set('token-endpoint-500');

    expect(await complete(bench, query)).toMatchObject({ outcome: 'zoom-failing' });
  });

  it('responds in time if Zoom does not', async () => {
    const bench = await aBench({ slowMs: 3000 });
    const query = await consentedQuery(await begin(bench));
    bench.zoom.faults.set('slow-answer@token');

    const result = await completeConnection(bench.connecting, query, AbortSignal.timeout(100));

    expect(result).toMatchObject({ outcome: 'zoom-failing' });
  });
});
