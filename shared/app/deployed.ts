import { type BucketLocation, parseBucketUrl } from '../aws/bucket-location.ts';
import { BucketStore } from '../aws/bucket-store.ts';
import { type AwsAccess, createS3, createSecretsManager, createSqs } from '../aws/clients.ts';
import { readDeployment } from '../aws/deployment.ts';
import { SecretGrants } from '../aws/secret-grants.ts';
import { SliceQueue } from '../aws/slice-queue.ts';
import { SourceSecrets } from '../aws/source-secrets.ts';
import { knownSources } from '../collect/known-sources.ts';
import type { Clock, ErasableStore, ObjectStore } from '../collect/ports.ts';
import { zoomAppOf } from '../connect/zoom-app.ts';
import type { ConnectionContext, ConnectionSecret } from '../connect/ports.ts';
import { type Archive, type Connector, createArchive, createConnector } from './connector.ts';
import { ConfigurationError } from '../errors.ts';
import type { Proxies } from '../model/proxies.ts';
import { endpointsOf, type SourceConfig } from '../model/source-config.ts';
import type { Environment } from '../runtime/environment.ts';
import type { AccessTokens } from '../zoom/access-token.ts';
import { AccountCredentials } from '../zoom/account-credentials.ts';
import { AuthorizedGrant } from '../zoom/authorized-grant.ts';
import { createHttpTransport } from '../zoom/http-transport.ts';
import { KnownSecrets } from '../zoom/known-secrets.ts';
import { Pacer } from '../zoom/pacer.ts';
import type { App } from '../zoom/token-endpoint.ts';
import { ZoomClient } from '../zoom/zoom-client.ts';

export type { AwsAccess } from '../aws/clients.ts';
export { isBucketUrl } from '../aws/bucket-location.ts';
export { readDeployment } from '../aws/deployment.ts';
export { throughProxies } from '../aws/through-proxies.ts';

const ZOOM_TIMEOUT_MS = 30_000;

/** Days; whatever is older than Zoom's six months is left out when it is planned. */
const ALL_THAT_ZOOM_KEEPS = 184;

/** What reaching AWS needs. */
export interface AwsOptions {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Where AWS is, unless the SDK is to find it by itself. */
  readonly aws?: AwsAccess;
  /** On the way to Zoom and AWS. A function in AWS has none, whatever its environment says. */
  readonly proxies?: Proxies | undefined;
}

export interface DeployedOptions extends AwsOptions {
  readonly environment: Environment;
}

/**
 * The connector of a deployed source: from its secret into its bucket. Throws ConfigurationError for whatever is wrong
 * before Zoom is asked, also if nobody has connected the source yet.
 */
export const createDeployedConnector = async (
  options: DeployedOptions,
): Promise<Connector & { close: () => Promise<void> }> => {
  const {
    source: config,
    bucket,
    secrets,
  } = readDeployment(options.environment, ['source', 'bucket', 'secrets']);
  const { name: source, streams, formats, ocsfVersion, lookbackDays } = config;
  const { clock, random } = options;
  const secret = secretOf(source, secretIdOf(source, secrets), options);
  const zoom = connectedTo(config, (await secret.read()).secret);

  const store = storeIn({ bucket, prefix: '' }, options);
  const { transport, close } = createHttpTransport(ZOOM_TIMEOUT_MS);
  const retryContext = {
    clock,
    random,
    pacer: new Pacer(clock, config.requestsPerSecond),
    knownSecrets: new KnownSecrets(),
  };
  const tokens: AccessTokens =
    config.auth === 'oauth'
      ? new AuthorizedGrant(transport, retryContext, zoom.app, new SecretGrants(secret))
      : new AccountCredentials(transport, retryContext, zoom.app, zoom.accountId);
  const client = new ZoomClient(transport, tokens, retryContext, zoom.apiUrl);
  const connector = createConnector({
    source,
    streams,
    lookbackDays,
    backfillDays: config.backfillDays ?? ALL_THAT_ZOOM_KEEPS,
    requestsPerDay: config.requestsPerDay,
    requestsPerSecond: config.requestsPerSecond,
    mapping: { formats, ocsfVersion, accountId: zoom.accountId },
    store,
    tokens,
    client,
    clock,
  });
  return Object.assign(connector, { close });
};

/** Where a deployed source keeps what connecting it reads and writes. */
export interface SourceResources {
  readonly bucket: string;
  /** Name or ARN. */
  readonly secretId: string;
  readonly queueUrl: string;
}

/**
 * What connecting a deployed source works with: for the callback, which knows the places from its environment, and for the
 * command line, which knows them from the outputs of the stack.
 */
export const openConnectionContext = (
  source: SourceConfig,
  { bucket, secretId, queueUrl }: SourceResources,
  options: AwsOptions,
): ConnectionContext & { readonly store: ErasableStore; close: () => Promise<void> } => {
  const { clock, random } = options;
  const { transport, close } = createHttpTransport(ZOOM_TIMEOUT_MS, options.proxies);
  const secrets = secretOf(source.name, secretId, options);
  const queue = openCollectQueue(queueUrl, options);
  return {
    source,
    secrets,
    secretId,
    grants: new SecretGrants(secrets),
    store: storeIn({ bucket, prefix: '' }, options),
    transport,
    retryContext: {
      clock,
      random,
      pacer: new Pacer(clock, source.requestsPerSecond),
      knownSecrets: new KnownSecrets(),
    },
    requestPoll: (name) => queue.send([{ poll: name }]),
    close,
  };
};
/** The collect queue of a source. */
export const openCollectQueue = (url: string, options: AwsOptions): SliceQueue =>
  new SliceQueue(createSqs(accessOf(options)), url, options);

/** A place in a bucket, `s3://bucket/prefix`, to deliver to or to read from. */
export const openBucket = (out: string, options: AwsOptions): ErasableStore =>
  storeIn(parseBucketUrl(out), options);

/** Opens a place in a bucket that was collected into. Throws ConfigurationError if nothing was. */
export const openBucketArchive = async (out: string, options: AwsOptions): Promise<Archive> =>
  createArchive(await openCollectedBucket(out, options));

/** The store behind such a place. */
export const openCollectedBucket = async (out: string, options: AwsOptions): Promise<ObjectStore> => {
  const store = openBucket(out, options);
  if ((await knownSources(store)).length > 0) return store;
  throw new ConfigurationError(
    'bucket-empty',
    `${out} holds nothing that was collected. Name another place with --out.`,
  );
};

/** What a client of AWS needs to know. */
export const accessOf = ({ aws, proxies }: Pick<AwsOptions, 'aws' | 'proxies'>): AwsAccess => ({
  ...aws,
  ...(proxies && { proxies }),
});

const storeIn = (location: BucketLocation, options: AwsOptions): BucketStore =>
  new BucketStore(createS3(accessOf(options)), location, options);

const secretOf = (source: string, secretId: string, options: AwsOptions): SourceSecrets =>
  new SourceSecrets(createSecretsManager(accessOf(options)), options, source, secretId);

const secretIdOf = (source: string, secrets: Readonly<Record<string, string>>): string => {
  const secretId = secrets[source];
  if (secretId !== undefined) return secretId;
  throw new ConfigurationError(
    'environment',
    `The deployment names no secret for the source "${source}". Deploy again: npm run deploy`,
  );
};

/** What a source's secret says about its Zoom. */
const connectedTo = (
  source: SourceConfig,
  { app, grant, accountId }: ConnectionSecret,
): { app: App; accountId: string; apiUrl: string | undefined } => {
  const account = source.auth === 'oauth' ? grant && accountId : app?.accountId;
  if (!app || account === undefined) {
    throw new ConfigurationError(
      'not-connected',
      `The source "${source.name}" is not connected to Zoom yet: bin/zoom-log-source connect ${source.name}`,
    );
  }
  if (source.accountId !== undefined && source.accountId !== account) {
    throw new ConfigurationError(
      'another-account',
      `sources.json names the Zoom account ${source.accountId} for the source "${source.name}", but it is connected to ${account}. ` +
        `Connect it to the right account, or correct "accountId" and deploy.`,
    );
  }
  return { app: zoomAppOf(source, app), accountId: account, apiUrl: endpointsOf(source).apiUrl };
};
