import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import { BucketStore } from '../../shared/aws/bucket-store.ts';
import { type AwsAccess, createS3, createSecretsManager, createSqs } from '../../shared/aws/clients.ts';
import { SourceSecrets } from '../../shared/aws/source-secrets.ts';
import type { Clock } from '../../shared/collect/ports.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import type { Emulator } from './ministack.ts';

export const accessTo = ({ endpoint, region, credentials }: Emulator): AwsAccess => ({
  endpoint,
  region,
  credentials,
});

export const retryContext = { clock: systemClock, random: Math.random };

/** A new, empty bucket. */
export const aBucket = async (emulator: Emulator): Promise<string> => {
  const bucket = `bucket-${randomUUID()}`;
  await createS3(accessTo(emulator)).send(new CreateBucketCommand({ Bucket: bucket }));
  return bucket;
};

/** A store over a bucket, a new one unless it is named. */
export const aBucketStore = async (
  emulator: Emulator,
  { bucket, prefix = '', clock = systemClock }: { bucket?: string; prefix?: string; clock?: Clock } = {},
): Promise<BucketStore> =>
  new BucketStore(
    createS3(accessTo(emulator)),
    { bucket: bucket ?? (await aBucket(emulator)), prefix },
    { ...retryContext, clock },
  );

/** The ARN of a new secret; without a text it never had a value. */
export const aSecret = async (emulator: Emulator, text?: string): Promise<string> => {
  const { ARN } = await createSecretsManager(accessTo(emulator)).send(
    new CreateSecretCommand({ Name: `stack/${randomUUID()}`, SecretString: text }),
  );
  return ARN ?? '';
};

/** One process's view of a secret. */
export const secretsAt = (emulator: Emulator, secretId: string): SourceSecrets =>
  new SourceSecrets(createSecretsManager(accessTo(emulator)), retryContext, 'quillmere', secretId);

/** The URL of a new queue. */
export const aQueue = async (emulator: Emulator): Promise<string> => {
  const { QueueUrl } = await createSqs(accessTo(emulator)).send(
    new CreateQueueCommand({ QueueName: `queue-${randomUUID()}` }),
  );
  return QueueUrl ?? '';
};
