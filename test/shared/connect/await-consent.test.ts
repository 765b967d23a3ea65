import { describe, expect, it } from '@jest/globals';
import { awaitConsent } from '../../../shared/connect/await-consent.ts';
import { checkConnection } from '../../../shared/connect/check-connection.ts';
import { completeConnection } from '../../../shared/connect/complete-connection.ts';
import { DEFAULT_ACCOUNT } from '../../../simulator/index.ts';
import { aBench, ANOTHER_ACCOUNT, begin, type Bench, consentedQuery } from '../../support/connecting.ts';
import { failureMessage, never } from '../../support/zoom.ts';

/** An admin comes back while the operator waits. */
const whileWaiting = async (bench: Bench, accountId: string) => {
  const begun = await begin(bench);
  const query = await consentedQuery(begun, accountId);
  const [consent] = await Promise.all([
    awaitConsent(bench.connecting, begun, never),
    completeConnection(bench.connecting, query, never),
  ]);
  return consent;
};

const aConnectedBench = async (): Promise<Bench> => {
  const bench = await aBench();
  await whileWaiting(bench, DEFAULT_ACCOUNT.accountId);
  return bench;
};

describe('a command that waits for a consent', () => {
  it('reports the connection, the first and any later one', async () => {
    const bench = await aBench();

    expect(await whileWaiting(bench, DEFAULT_ACCOUNT.accountId)).toBe('connected');
    expect(await whileWaiting(bench, DEFAULT_ACCOUNT.accountId)).toBe('connected');
  });

  it('reports that another account was refused, although the old grant exists', async () => {
    const bench = await aConnectedBench();

    expect(await whileWaiting(bench, ANOTHER_ACCOUNT)).toBe('refused');
  });

  it.each([
    ['error=access_denied', 'declined'],
    ['error=server_error', 'refused'],
  ])('reports without delay that the response was %s: %s', async (response, expected) => {
    const bench = await aBench();
    const begun = await begin(bench);
    await completeConnection(bench.connecting, `${response}&state=${begun.state}`, never);
    const before = bench.zoom.clock.now();

    expect(await awaitConsent(bench.connecting, begun, never)).toBe(expected);
    expect(bench.zoom.clock.now()).toEqual(before);
  });

  it('reports without delay that a consent was refused', async () => {
    const bench = await aConnectedBench();
    const begun = await begin(bench);
    const query = await consentedQuery(begun, ANOTHER_ACCOUNT);
    await completeConnection(bench.connecting, query, never);
    const before = bench.zoom.clock.now();

    expect(await awaitConsent(bench.connecting, begun, never)).toBe('refused');
    expect(bench.zoom.clock.now()).toEqual(before);
  });

  it.each(['error=access_denied', `error=access_denied&state=${'x'.repeat(43)}`])(
    'continues to wait after any callback of a stranger: %s',
    async (query) => {
      const bench = await aBench();
      const begun = await begin(bench);
      const { writes } = bench.connecting.secrets;

      await completeConnection(bench.connecting, query, never);

      expect(bench.connecting.secrets.writes).toBe(writes);
      expect((await bench.connecting.secrets.read()).secret.pending?.state).toBe(begun.state);
    },
  );

  it('can begin again after a consent that was declined', async () => {
    const bench = await aBench();
    const declined = await begin(bench);
    await completeConnection(bench.connecting, `error=access_denied&state=${declined.state}`, never);

    expect(await whileWaiting(bench, DEFAULT_ACCOUNT.accountId)).toBe('connected');
  });

  it('does not take a renewal of the old grant for a new one', async () => {
    const bench = await aConnectedBench();
    const begun = await begin(bench);
    const { secrets } = bench.connecting;

    const [consent] = await Promise.all([
      awaitConsent(bench.connecting, begun, never),
      secrets.change(({ grant, ...rest }) => ({
        ...rest,
        grant: grant && { ...grant, refreshToken: 'renewed' },
      })),
    ]);

    expect(consent).toBe('expired');
  });

  it('reports that no consent came', async () => {
    const bench = await aBench();

    expect(await awaitConsent(bench.connecting, await begin(bench), never)).toBe('expired');
  });

  it('reports that another connect replaced it', async () => {
    const bench = await aBench();
    const first = await begin(bench);
    await begin(bench);

    expect(await awaitConsent(bench.connecting, first, never)).toBe('replaced');
  });

  it('can be stopped at any time', async () => {
    const bench = await aBench();
    const left = new AbortController();
    const waiting = awaitConsent(bench.connecting, await begin(bench), left.signal);
    left.abort(new Error('left'));

    expect(await failureMessage(waiting)).toMatchObject({ message: 'left' });
  });
});

describe('what a connected source can read', () => {
  it('is queried again, with the stored grant', async () => {
    const bench = await aConnectedBench();
    bench.zoom.account().update({ role: 'weak' });

    const checks = await checkConnection(bench.connecting, never);

    expect(checks).toMatchObject({
      accountId: DEFAULT_ACCOUNT.accountId,
      authorizedBy: 'ines.halloran@quillmere.example',
      streams: [{ reason: 'role-too-weak' }, { reason: 'role-too-weak' }],
    });
    expect(await checkConnection((await aBench()).connecting, never)).toBeUndefined();
  });
});
