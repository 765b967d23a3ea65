import { readDeployment } from '../aws/deployment.ts';
import { type AwsOptions, secretOf, storeIn } from './aws-resources.ts';
import { SecretGrants } from '../aws/secret-grants.ts';
import { zoomAppOf } from '../connect/zoom-app.ts';
import type { ConnectionSecret } from '../connect/ports.ts';
import { type Connector, createConnector } from './connector.ts';
import { ConfigurationError } from '../errors.ts';
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

export { isBucketUrl } from '../aws/bucket-location.ts';
export { readDeployment } from '../aws/deployment.ts';
export { throughProxies } from '../aws/through-proxies.ts';

/** The longest wait for a response of Zoom. */
export const ZOOM_TIMEOUT_MS = 30_000;

/** Days; the plan omits days that are older than Zoom's six months. */
const ALL_THAT_ZOOM_KEEPS = 184;

export interface DeployedOptions extends AwsOptions {
  readonly environment: Environment;
}

/**
 * The connector of a deployed source: from its secret into its bucket. Throws ConfigurationError for any problem that is found
 * before the first request to Zoom, also if the source is not connected yet.
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

const secretIdOf = (source: string, secrets: Readonly<Record<string, string>>): string => {
  const secretId = secrets[source];
  if (secretId !== undefined) return secretId;
  throw new ConfigurationError(
    'environment',
    `The deployment names no secret for the source "${source}". Deploy again: npm run deploy`,
  );
};

/** The Zoom app and account in a source's secret. */
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
