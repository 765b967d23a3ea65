import { randomBytes } from 'node:crypto';
import { beginConnection, type BegunConnection } from '../../shared/connect/begin-connection.ts';
import { openConnectionContext, type SourceResources } from '../../shared/app/connection.ts';
import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import { type SourceConfig, SourceConfigSchema } from '../../shared/model/source-config.ts';
import { DEFAULT_ACCOUNT, type Simulator } from '../../simulator/index.ts';
import { accessTo, aBucket, aQueue, aSecret, retryContext } from '../emulator/aws.ts';
import type { Emulator } from '../emulator/ministack.ts';
import { closeLater, never } from '../support/zoom.ts';

export const SOURCE = 'acme';
export const REDIRECT_URL = `https://callback.quillmere.example/oauth/callback/${SOURCE}`;

/** What a stack of one source consists of, as far as its functions see. */
export interface Deployment {
  readonly source: SourceConfig;
  readonly resources: SourceResources;
  /** Of the functions. */
  readonly environment: Readonly<Record<string, string>>;
}

export const aDeployment = async (
  aws: Emulator,
  zoom: Simulator,
  secret: unknown,
  auth: SourceConfig['auth'],
  fields: { readonly accountId?: string } = {},
): Promise<Deployment> => {
  const source = SourceConfigSchema.parse({
    name: SOURCE,
    auth,
    host: zoom.url,
    backfillDays: 0,
    lookbackDays: 1,
    requestsPerSecond: 40,
    ...fields,
  });
  const [bucket, secretId, queueUrl] = await Promise.all([
    aBucket(aws),
    aSecret(aws, secret === undefined ? undefined : JSON.stringify(secret)),
    aQueue(aws),
  ]);
  const environment = {
    ...aws.environment,
    [ENVIRONMENT.source]: JSON.stringify(source),
    [ENVIRONMENT.sources]: JSON.stringify([source]),
    [ENVIRONMENT.bucket]: bucket,
    [ENVIRONMENT.stack]: 'zoom-log-source',
    [ENVIRONMENT.secrets]: JSON.stringify({ [SOURCE]: secretId }),
    [ENVIRONMENT.collectQueues]: JSON.stringify({ [SOURCE]: queueUrl }),
  };
  return { source, resources: { bucket, secretId, queueUrl }, environment };
};

/** The operator runs `connect`. */
export const begin = async (aws: Emulator, { source, resources }: Deployment): Promise<BegunConnection> => {
  const connection = openConnectionContext(source, resources, { ...retryContext, aws: accessTo(aws) });
  closeLater(() => connection.close());
  return beginConnection(connection, DEFAULT_ACCOUNT, REDIRECT_URL, randomBytes, never);
};

/** The secret of a source that is connected by a Server-to-Server app. */
export const CREDENTIALS = { app: DEFAULT_ACCOUNT, accountId: DEFAULT_ACCOUNT.accountId };
