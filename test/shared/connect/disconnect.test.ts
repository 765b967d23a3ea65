import { describe, expect, it } from '@jest/globals';
import { accountOf } from '../../../shared/collect/state/pinned-account.ts';
import { completeConnection } from '../../../shared/connect/complete-connection.ts';
import { connectServerToServer } from '../../../shared/connect/connect-server-to-server.ts';
import { disconnect } from '../../../shared/connect/disconnect.ts';
import { DEFAULT_ACCOUNT } from '../../../simulator/index.ts';
import { aBench, begin, type Bench, consentedQuery, SOURCE } from '../../support/connecting.ts';
import { never } from '../../support/zoom.ts';

const { accountId } = DEFAULT_ACCOUNT;

const aConnectedBench = async (): Promise<Bench> => {
  const bench = await aBench();
  await completeConnection(bench.connecting, await consentedQuery(await begin(bench)), never);
  return bench;
};

/** Whether Zoom still renews by a refresh token. */
const isAlive = async ({ zoom }: Bench, refreshToken: string | undefined): Promise<boolean> => {
  const { clientId, clientSecret } = DEFAULT_ACCOUNT;
  const response = await fetch(`${zoom.oauthUrl}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: String(refreshToken) }),
  });
  return response.status === 200;
};

describe('disconnecting', () => {
  it('ends the grant at Zoom and wipes everything but the tie to the account', async () => {
    const bench = await aConnectedBench();
    const { grant } = bench.connecting.secrets.now;

    const revocation = await disconnect(bench.connecting, never);

    expect(revocation).toEqual({ outcome: 'revoked' });
    expect(bench.connecting.secrets.now).toEqual({ accountId });
    expect(await isAlive(bench, grant?.refreshToken)).toBe(false);
    expect(await accountOf(bench.connecting.store, SOURCE)).toBe(accountId);
  });

  it('ends a grant whose access token has run out, by a fresh one', async () => {
    const bench = await aConnectedBench();
    bench.zoom.clock.advance(2 * 3_600_000);

    expect(await disconnect(bench.connecting, never)).toEqual({ outcome: 'revoked' });
  });

  it('may be done twice, or where nothing was ever connected', async () => {
    const bench = await aConnectedBench();
    await disconnect(bench.connecting, never);

    expect(await disconnect(bench.connecting, never)).toEqual({ outcome: 'nothing-to-revoke' });
    expect(await disconnect((await aBench()).connecting, never)).toEqual({ outcome: 'nothing-to-revoke' });
  });

  it('finds a grant that ended at Zoom long ago', async () => {
    const bench = await aConnectedBench();
    bench.zoom.account().update({ connection: 'uninstalled' });
    bench.zoom.clock.advance(2 * 3_600_000);

    expect(await disconnect(bench.connecting, never)).toEqual({ outcome: 'nothing-to-revoke' });
    expect(bench.connecting.secrets.now).toEqual({ accountId });
  });

  it('wipes although Zoom is down, and says that the grant may live on', async () => {
    const bench = await aConnectedBench();
    bench.zoom.clock.advance(2 * 3_600_000);
    bench.zoom.faults.set('token-endpoint-500');

    const revocation = await disconnect(bench.connecting, never);

    expect(revocation).toMatchObject({ outcome: 'not-revoked' });
    expect(bench.connecting.secrets.now).toEqual({ accountId });
  });

  it('forgets the credentials of a Server-to-Server app, which has no grant to end', async () => {
    const { connecting: connection } = await aBench();
    await connectServerToServer(connection, DEFAULT_ACCOUNT, never);

    expect(await disconnect(connection, never)).toEqual({ outcome: 'nothing-to-revoke' });
    expect(connection.secrets.now).toEqual({ accountId });
  });

  it('lets the same account connect again afterwards', async () => {
    const bench = await aConnectedBench();
    await disconnect(bench.connecting, never);

    const result = await completeConnection(
      bench.connecting,
      await consentedQuery(await begin(bench)),
      never,
    );

    expect(result.outcome).toBe('connected');
  });
});
