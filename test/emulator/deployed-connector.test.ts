import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { createSqs } from '../../shared/aws/clients.ts';
import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import { openBucketArchive } from '../../shared/app/aws-resources.ts';
import { openConnectionContext } from '../../shared/app/connection.ts';
import { createDeployedConnector, type DeployedOptions } from '../../shared/app/deployed.ts';
import { SourceConfigSchema } from '../../shared/model/source-config.ts';
import { DEFAULT_ACCOUNT, type Simulator } from '../../simulator/index.ts';
import { aGrant } from '../support/builders/authorization.ts';
import { linesUnder, multiset } from '../support/delivered.ts';
import {
  aZoom,
  closeLater,
  failureMessage,
  never,
  operationRows,
  SharedClock,
  THE_SLICE,
} from '../support/zoom.ts';
import { accessTo, aBucket, aBucketStore, aQueue, aSecret, secretsAt } from './aws.ts';
import { describeWithEmulator } from './describe-with-emulator.ts';
import type { Emulator } from './ministack.ts';

const HOUR = 3_600_000;

const APP = { clientId: DEFAULT_ACCOUNT.clientId, clientSecret: DEFAULT_ACCOUNT.clientSecret };
const { accountId } = DEFAULT_ACCOUNT;

type Auth = 'oauth' | 'server-to-server';

interface Deployed {
  readonly options: DeployedOptions;
  readonly bucket: string;
  readonly secretId: string;
}

/** What a stack of one source gives its poller. */
const deployed = async (aws: Emulator, zoom: Simulator, auth: Auth, secret: unknown): Promise<Deployed> => {
  const bucket = await aBucket(aws);
  const secretId = await aSecret(aws, JSON.stringify(secret));
  const environment = {
    [ENVIRONMENT.source]: JSON.stringify({ name: 'quillmere', auth, host: zoom.url, requestsPerSecond: 40 }),
    [ENVIRONMENT.bucket]: bucket,
    [ENVIRONMENT.secrets]: JSON.stringify({ quillmere: secretId, another: 'arn:another' }),
  };
  const options = { environment, clock: new SharedClock(zoom), random: () => 0.5, aws: accessTo(aws) };
  return { options, bucket, secretId };
};

const connected = async (options: DeployedOptions) => {
  const connector = await createDeployedConnector(options);
  closeLater(() => connector.close());
  return connector;
};

describeWithEmulator('a deployed source', (emulator) => {
  it('is collected by a Server-to-Server app into its bucket', async () => {
    const zoom = await aZoom({ accounts: [{ rows: operationRows(40) }] });
    const app = { ...APP, accountId };
    const { options, bucket } = await deployed(emulator(), zoom, 'server-to-server', { app });
    const connector = await connected(options);

    const report = await connector.collectSlices([THE_SLICE], never);

    expect(report.missing).toEqual([]);
    const store = await aBucketStore(emulator(), { bucket });
    expect(multiset(await linesUnder(store, 'raw/'))).toEqual(multiset(zoom.rows({ stream: 'operation' })));
    expect(await linesUnder(store, 'flat/')).toHaveLength(40);
    expect(await linesUnder(store, 'ocsf/')).toHaveLength(40);
  });

  it.each([
    ['server-to-server', { app: { ...APP, accountId }, accountId }],
    ['oauth', { app: APP, accountId }],
  ] as const)('is not collected from another account than sources.json names: %s', async (auth, secret) => {
    const zoom = await aZoom({ accounts: [{ rows: operationRows(4) }] });
    const grant = await aGrant(zoom);
    const { options } = await deployed(emulator(), zoom, auth, {
      ...secret,
      ...(auth === 'oauth' && { grant }),
    });
    const source: unknown = JSON.parse(options.environment[ENVIRONMENT.source] ?? '');
    const other = { ...(source as object), accountId: 'another' };
    const environment = { ...options.environment, [ENVIRONMENT.source]: JSON.stringify(other) };
    const requested = zoom.requests().total;

    const error = await failureMessage(createDeployedConnector({ ...options, environment }));

    expect(error).toMatchObject({ reason: 'another-account' });
    expect(error.message).toContain(`sources.json names the Zoom account another for the source "quillmere"`);
    expect(zoom.requests().total).toBe(requested);
  });

  it('is collected by an authorization that is renewed, and stored renewed', async () => {
    const zoom = await aZoom({ accounts: [{ rows: operationRows(40) }] });
    const grant = await aGrant(zoom);
    const { options, bucket, secretId } = await deployed(emulator(), zoom, 'oauth', {
      app: APP,
      grant,
      accountId,
    });
    const connector = await connected(options);
    zoom.clock.advance(HOUR);

    const report = await connector.collectSlices([THE_SLICE], never);

    expect(report.missing).toEqual([]);
    const store = await aBucketStore(emulator(), { bucket });
    expect(await linesUnder(store, 'raw/')).toHaveLength(40);
    const { secret } = await secretsAt(emulator(), secretId).read();
    expect(secret).toMatchObject({ app: APP, accountId });
    expect(secret.grant?.refreshToken).not.toBe(grant.refreshToken);
  });

  it.each<[string, Auth, object]>([
    ['nothing', 'oauth', {}],
    ['an app, but no authorization', 'oauth', { app: APP }],
    ['an app, but no account', 'server-to-server', { app: APP }],
    ['an account, but no app', 'server-to-server', { accountId }],
  ])('whose secret holds %s is not connected yet', async (_, auth, secret) => {
    const zoom = await aZoom();
    const { options } = await deployed(emulator(), zoom, auth, secret);

    const failure = await failureMessage(createDeployedConnector(options));

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'not-connected' });
    expect(failure.message).toContain('bin/zoom-log-source connect quillmere');
    expect(zoom.requests().total).toBe(0);
  });

  it('without a secret in the deployment is reported', async () => {
    const zoom = await aZoom();
    const { options } = await deployed(emulator(), zoom, 'oauth', {});
    const environment = { ...options.environment, [ENVIRONMENT.secrets]: '{"another":"arn:another"}' };

    await expect(createDeployedConnector({ ...options, environment })).rejects.toThrow(
      /no secret .* "quillmere"/,
    );
  });

  it('works with its own secret, grant and queue while it is connected', async () => {
    const zoom = await aZoom();
    const bucket = await aBucket(emulator());
    const secretId = await aSecret(emulator());
    const queueUrl = await aQueue(emulator());
    const source = SourceConfigSchema.parse({ name: 'quillmere', auth: 'oauth', host: zoom.url });
    const options = { clock: new SharedClock(zoom), random: () => 0.5, aws: accessTo(emulator()) };
    const connection = openConnectionContext(source, { bucket, secretId, queueUrl }, options);
    closeLater(() => connection.close());

    await connection.secrets.change((secret) => ({ ...secret, app: APP }));
    await connection.grants.replace(await aGrant(zoom), undefined);
    await connection.requestPoll('quillmere');

    const { secret } = await secretsAt(emulator(), secretId).read();
    expect(secret.app).toEqual(APP);
    expect(secret.grant?.refreshToken).toBe((await connection.grants.read())?.grant.refreshToken);
    const { Messages: messages = [] } = await createSqs(accessTo(emulator())).send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl }),
    );
    expect(messages.map(({ Body }) => Body)).toEqual(['{"poll":"quillmere"}']);
  });

  describe('whose bucket is read', () => {
    it('shows what was delivered', async () => {
      const zoom = await aZoom({ accounts: [{ rows: operationRows(5) }] });
      const app = { ...APP, accountId };
      const { options, bucket } = await deployed(emulator(), zoom, 'server-to-server', { app });
      await (await connected(options)).collectSlices([THE_SLICE], never);

      const archive = await openBucketArchive(`s3://${bucket}`, options);

      const operation = (await archive.status(zoom.clock.now())).find(({ stream }) => stream === 'operation');
      expect(operation).toMatchObject({ source: 'quillmere' });
    });

    it('reports that there is nothing yet', async () => {
      const zoom = await aZoom();
      const { options, bucket } = await deployed(emulator(), zoom, 'oauth', {});

      const failure = await failureMessage(openBucketArchive(`s3://${bucket}/prefix`, options));

      expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'bucket-empty' });
    });
  });
});
