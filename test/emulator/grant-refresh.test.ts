import { describe, expect, it } from '@jest/globals';
import { SecretGrants } from '../../shared/aws/secret-grants.ts';
import type { Clock } from '../../shared/collect/ports.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import type { AccessTokens } from '../../shared/zoom/access-token.ts';
import { AuthorizedGrant, type GrantStore } from '../../shared/zoom/authorized-grant.ts';
import type { Simulator } from '../../simulator/index.ts';
import { aGrant } from '../support/builders/authorization.ts';
import { MemoryGrantStore } from '../support/doubles/memory-grant-store.ts';
import { zoomAppOf, requestsFor, aZoom, failureMessage, never, wired } from '../support/zoom.ts';
import { aSecret, secretsAt } from './aws.ts';
import { describeWithEmulator } from './describe-with-emulator.ts';
import { aFaultyAws, type AwsRequest, type Fault, firstTimes } from './faulty-aws.ts';
import type { Emulator } from './ministack.ts';

const HOUR = 3_600_000;

const REFUSED: Fault = { status: 400, body: '{"__type":"EncryptionFailure","message":"no key"}' };

/** A process with its own clients. `clock` advances Zoom's clock unless it is another one. */
const aProcess = (zoom: Simulator, grants: GrantStore, clock?: Clock): AccessTokens =>
  wired(zoom, {
    tokens: (transport, retryContext) =>
      new AuthorizedGrant(
        transport,
        clock ? { ...retryContext, clock } : retryContext,
        zoomAppOf(zoom),
        grants,
      ),
  }).tokens;

/** The time of Zoom, and real waits: the awaited events occur in another program. */
const waitingFor = (zoom: Simulator): Clock => ({
  now: () => zoom.clock.now(),
  sleep: (ms, signal) => systemClock.sleep(ms, signal),
});

/** Makes the first reads of both stores end together, so that both see the same grant. */
const concurrentReads = (stores: readonly GrantStore[]): GrantStore[] => {
  let waiting = stores.length;
  let open: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (open = resolve));
  return stores.map((store) => ({
    read: async () => {
      const stored = await store.read();
      waiting -= 1;
      if (waiting === 0) open();
      await all;
      return stored;
    },
    replace: (grant, version) => store.replace(grant, version),
  }));
};

interface Connected {
  readonly zoom: Simulator;
  /** Another view of the secret. */
  readonly grants: () => SecretGrants;
}

/** A source that an admin has authorized an hour ago. */
const connected = async (aws: Emulator): Promise<Connected> => {
  const zoom = await aZoom();
  const grant = await aGrant(zoom);
  const id = await aSecret(aws, JSON.stringify({ grant }));
  zoom.clock.advance(HOUR);
  return { zoom, grants: () => new SecretGrants(secretsAt(aws, id)) };
};

const statusFor = async (zoom: Simulator, token: string): Promise<number> => {
  const url = `${zoom.apiUrl}/report/operationlogs?from=2026-11-20&to=2026-11-20`;
  return (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status;
};

/** Whether Zoom still takes the refresh token that is stored. */
const isStoredGrantAlive = async ({ zoom, grants }: Connected): Promise<boolean> => {
  const stored = await grants().read();
  const copy = new MemoryGrantStore(stored && { ...stored.grant, expiresAt: '2020-01-01T00:00:00.000Z' });
  return aProcess(zoom, copy)
    .current(never)
    .then(
      () => true,
      () => false,
    );
};

describeWithEmulator('a grant in a secret', (emulator) => {
  describe('that two processes refresh at the same moment', () => {
    const isWrite = ({ operation }: AwsRequest): boolean => operation === 'PutSecretValue';
    const isMove = ({ operation }: AwsRequest): boolean => operation === 'UpdateSecretVersionStage';

    it.each([
      ['while all goes well', () => undefined],
      ['while the write of the secret fails once', firstTimes(1, isWrite, REFUSED)],
      ['while the new version is not made the current one, once', firstTimes(1, isMove, REFUSED)],
      ['while the answer to the write is lost', firstTimes(1, isWrite, 'answer-lost')],
      ['while the answer to the move is lost', firstTimes(1, isMove, 'answer-lost')],
    ])('survives %s, and both have a token that Zoom takes', async (_, fault) => {
      const aws = await aFaultyAws(emulator());
      const source = await connected(aws);
      const { zoom, grants } = source;
      aws.fault = fault;
      const processes = concurrentReads([grants(), grants()]).map((store) =>
        aProcess(zoom, store, waitingFor(zoom)),
      );

      const tokens = await Promise.all(processes.map((one) => one.current(never)));

      expect(await Promise.all(tokens.map(({ value }) => statusFor(zoom, value)))).toEqual([200, 200]);
      expect(requestsFor(zoom, 'token')).toBe(1 + 2); // the authorization, and one refresh each, of which one was refused
      expect(await isStoredGrantAlive(source)).toBe(true);
    });

    it('survives a day of it', async () => {
      const source = await connected(emulator());
      const { zoom, grants } = source;

      for (let hour = 0; hour < 6; hour += 1) {
        const processes = concurrentReads([grants(), grants()]).map((store) =>
          aProcess(zoom, store, waitingFor(zoom)),
        );
        const tokens = await Promise.all(processes.map((one) => one.current(never)));
        expect(await Promise.all(tokens.map(({ value }) => statusFor(zoom, value)))).toEqual([200, 200]);
        zoom.clock.advance(HOUR);
      }

      expect(await isStoredGrantAlive(source)).toBe(true);
    });
  });

  it('that cannot be stored is kept until it can, by a running process', async () => {
    const aws = await aFaultyAws(emulator());
    const source = await connected(aws);
    const { zoom, grants } = source;
    const process = aProcess(zoom, grants());
    aws.fault = ({ operation }) => (operation === 'PutSecretValue' ? REFUSED : undefined);

    const failure = await failureMessage(process.current(never));
    aws.fault = () => undefined;
    const token = await process.current(never);

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'grant-unstored' });
    expect(await statusFor(zoom, token.value)).toBe(200);
    expect(await isStoredGrantAlive(source)).toBe(true);
  });

  it('that was lost with the process that could not store it requires an authorization', async () => {
    const aws = await aFaultyAws(emulator());
    const { zoom, grants } = await connected(aws);
    aws.fault = ({ operation }) => (operation === 'PutSecretValue' ? REFUSED : undefined);
    await failureMessage(aProcess(zoom, grants()).current(never));
    aws.fault = () => undefined;

    const failure = await failureMessage(aProcess(zoom, grants()).current(never));

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'grant-dead' });
    expect(failure.message).toMatch(/authorize/i);
  });
});
