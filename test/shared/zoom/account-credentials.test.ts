import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../../../shared/errors.ts';
import { AccountCredentials } from '../../../shared/zoom/account-credentials.ts';
import type { HttpTransport } from '../../../shared/zoom/http-transport.ts';
import {
  anExchange,
  zoomAppOf,
  requestsFor,
  aZoom,
  failureMessage,
  never,
  pagesOf,
  wired,
} from '../../support/zoom.ts';

const twenty = <T>(one: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: 20 }, one));

describe('a Server-to-Server app', () => {
  it('requests one token for any number of concurrent callers', async () => {
    const { zoom, tokens } = wired(await aZoom());

    const given = await twenty(() => tokens.current(never));

    expect(new Set(given).size).toBe(1);
    expect(requestsFor(zoom, 'token')).toBe(1);
  });

  it('keeps its token until shortly before its end', async () => {
    const { zoom, tokens } = wired(await aZoom());
    const first = await tokens.current(never);

    zoom.clock.advance(57 * 60_000);
    const kept = await tokens.current(never);
    zoom.clock.advance(2 * 60_000);
    const next = await tokens.current(never);

    expect(kept).toBe(first);
    expect(next.value).not.toBe(first.value);
  });

  it.each([10, 60, 119, 240])('keeps a token of %d seconds for most of its life', async (accessToken) => {
    const { zoom, tokens } = wired(await aZoom({ lifetimes: { accessToken } }));
    await tokens.current(never);
    zoom.clock.advance(accessToken * 1000 * 0.4);

    await tokens.current(never);

    expect(requestsFor(zoom, 'token')).toBe(1);
  });

  it('renews a refused token once, for any number of refused callers', async () => {
    const { zoom, tokens } = wired(await aZoom());
    const spent = await tokens.current(never);

    const given = await twenty(() => tokens.renew(spent, never));

    expect(new Set(given).size).toBe(1);
    expect(given[0]?.value).not.toBe(spent.value);
    expect(await tokens.current(never)).toBe(given[0]);
    expect(requestsFor(zoom, 'token')).toBe(2);
  });

  it('does not fail other callers when one is aborted', async () => {
    const { zoom, tokens } = wired(await aZoom({ faults: ['slow-answer'] }));
    const stop = new AbortController();
    const stopped = failureMessage(tokens.current(stop.signal));
    const other = tokens.current(never);

    stop.abort(new Error('stop it'));

    expect((await stopped).message).toBe('stop it');
    expect((await other).value).toMatch(/^eyJ/);
    expect(requestsFor(zoom, 'token')).toBeGreaterThan(0);
  });

  it('releases an aborted caller that waits for the token of another', async () => {
    const { tokens } = wired(await aZoom({ faults: ['slow-answer'], slowMs: 300 }));
    const stop = new AbortController();
    let answered = false;
    const other = tokens.current(never).finally(() => (answered = true));
    const stopped = failureMessage(tokens.current(stop.signal));

    stop.abort(new Error('stop it'));

    expect((await stopped).message).toBe('stop it');
    expect(answered).toBe(false);
    await other;
  });

  it('asks again after a failure that reached every caller', async () => {
    const { zoom, tokens } = wired(await aZoom());
    zoom.faults.arm('invalid-client');

    const failures = await twenty(() => failureMessage(tokens.current(never)));
    const token = await tokens.current(never);

    expect(failures.every((failure) => failure instanceof ConfigurationError)).toBe(true);
    expect(token.value).toMatch(/^eyJ/);
    expect(requestsFor(zoom, 'token')).toBe(2);
  });

  it('sends its secret in the Basic header alone', async () => {
    const zoom = await aZoom();
    const real = anExchange();
    const subject: Parameters<HttpTransport>[0][] = [];
    const transport: HttpTransport = (request, signal) => {
      subject.push(request);
      return real(request, signal);
    };

    await wired(zoom, { transport }).tokens.current(never);

    expect(subject).toMatchObject([
      {
        method: 'POST',
        url: new URL(`${zoom.oauthUrl}/token`),
        headers: { authorization: `Basic ${btoa('sim-client-id:sim-client-secret')}` },
        body: 'grant_type=account_credentials&account_id=Sim-Account-000000000001',
      },
    ]);
  });

  it.each([
    ['its app is not activated', 'app-inactive', { connection: 'disabled' }],
    ['its secret was rotated', 'credentials-wrong', { clientSecret: 'another' }],
  ] as const)('is refused when %s', async (_, reason, change) => {
    const zoom = await aZoom();
    zoom.account().update(change);

    expect(await failureMessage(pagesOf(wired(zoom)))).toMatchObject({ name: 'ConfigurationError', reason });
  });

  it.each([
    [true, 'check ZOOM_ACCOUNT_ID against'],
    [false, 'check the account id against'],
  ])(
    'reports that the account is not its own, and names a variable only if one was set (%s)',
    async (fromEnvironment, advice) => {
      const zoom = await aZoom();
      const { tokens } = wired(zoom, {
        tokens: (transport, retryContext) =>
          new AccountCredentials(
            transport,
            retryContext,
            { ...zoomAppOf(zoom), fromEnvironment },
            'another-account',
          ),
      });

      const failure = await failureMessage(tokens.current(never));

      expect(failure).toMatchObject({ reason: 'app-inactive' });
      expect(failure.message).toContain(advice);
    },
  );

  it.each([
    ['absent', {}],
    ['a text', { expires_in: '3599' }],
    ['null', { expires_in: null }],
    ['garbage', { expires_in: 'soon' }],
    ['negative', { expires_in: -1 }],
    ['endless', { expires_in: 1e300 }],
  ])('takes a token whose life is %s for about an hour', async (_, fields) => {
    const zoom = await aZoom();
    const body = JSON.stringify({ access_token: 'opaque', scope: 7, api_url: 7, ...fields });
    const { tokens } = wired(zoom, {
      transport: () => Promise.resolve({ status: 200, headers: {}, body }),
    });

    const { value, expiresAt, apiBase } = await tokens.current(never);

    const lifeSeconds = (expiresAt.getTime() - zoom.clock.now().getTime()) / 1000;
    expect([value, apiBase]).toEqual(['opaque', undefined]);
    expect(Math.abs(3600 - lifeSeconds)).toBeLessThanOrEqual(1);
  });
});
