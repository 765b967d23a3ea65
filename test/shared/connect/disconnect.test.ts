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
  it('revokes the grant at Zoom and deletes everything but the pinned account', async () => {
    const bench = await aConnectedBench();
    const { grant } = bench.connecting.secrets.now;

    const revocation = await disconnect(bench.connecting, never);

    expect(revocation).toEqual({ outcome: 'revoked' });
    expect(bench.connecting.secrets.now).toEqual({ accountId });
    expect(await isAlive(bench, grant?.refreshToken)).toBe(false);
    expect(await accountOf(bench.connecting.store, SOURCE)).toBe(accountId);
  });

  it('revokes a grant whose access token has expired, with a new one', async () => {
    const bench = await aConnectedBench();
    bench.zoom.clock.advance(2 * 3_600_000);

    expect(await disconnect(bench.connecting, never)).toEqual({ outcome: 'revoked' });
  });

  it('can be repeated, also for a source that was never connected', async () => {
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

  it('deletes the grant even if Zoom is down, and reports that it may still be valid', async () => {
    const bench = await aConnectedBench();
    bench.zoom.clock.advance(2 * 3_600_000);
    bench.zoom.faults.set('token-endpoint-500');

    const revocation = await disconnect(bench.connecting, never);

    expect(revocation).toMatchObject({ outcome: 'not-revoked' });
    expect(bench.connecting.secrets.now).toEqual({ accountId });
  });

  it('deletes the credentials of a Server-to-Server app, which has no grant to revoke', async () => {
    const { connecting: connection } = await aBench();
    await connectServerToServer(connection, DEFAULT_ACCOUNT, never);

    expect(await disconnect(connection, never)).toEqual({ outcome: 'nothing-to-revoke' });
    expect(connection.secrets.now).toEqual({ accountId });
  });

  it('allows the same account to connect again afterwards', async () => {
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
