import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Proxies } from '../model/proxies.ts';
import { throughProxies } from './through-proxies.ts';

/**
 * Region, endpoint and credentials of AWS. The SDK finds missing ones as the AWS command line does: from the environment
 * (AWS_REGION, AWS_ENDPOINT_URL, keys), a profile, or the role of the function.
 */
export interface AwsAccess extends Partial<Pick<S3ClientConfig, 'region' | 'endpoint' | 'credentials'>> {
  readonly proxies?: Proxies;
}

/** Maximum connections of one client; further requests wait for a free one. */
export const MAX_SOCKETS = 50;

const TIMEOUTS = { connectionTimeout: 3000, requestTimeout: 20_000, throwOnRequestTimeout: true };

/** The SDK retries with increasing delays after a 5xx, throttling, a broken connection or a timeout. */
const configOf = ({ proxies, ...access }: AwsAccess) => ({
  maxAttempts: 5,
  ...(proxies
    ? throughProxies(proxies, { ...TIMEOUTS, maxSockets: MAX_SOCKETS })
    : {
        requestHandler: {
          ...TIMEOUTS,
          httpsAgent: { maxSockets: MAX_SOCKETS },
          httpAgent: { maxSockets: MAX_SOCKETS },
        },
      }),
  ...access,
});

/** Follows redirects, because an operator's bucket may be in another region than that of the profile. */
export const createS3 = (access: AwsAccess): S3Client =>
  new S3Client({ followRegionRedirects: true, ...configOf(access) });

export const createSecretsManager = (access: AwsAccess): SecretsManagerClient =>
  new SecretsManagerClient(configOf(access));

export const createSqs = (access: AwsAccess): SQSClient => new SQSClient(configOf(access));

export const createCloudWatch = (access: AwsAccess): CloudWatchClient =>
  new CloudWatchClient(configOf(access));

export const createLogs = (access: AwsAccess): CloudWatchLogsClient =>
  new CloudWatchLogsClient(configOf(access));

export const createSns = (access: AwsAccess): SNSClient => new SNSClient(configOf(access));
