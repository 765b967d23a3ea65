import { type BucketLocation, parseBucketUrl } from '../aws/bucket-location.ts';
import { BucketStore } from '../aws/bucket-store.ts';
import { type AwsAccess, createS3, createSecretsManager, createSqs } from '../aws/clients.ts';
import { SliceQueue } from '../aws/slice-queue.ts';
import { SourceSecrets } from '../aws/source-secrets.ts';
import { knownSources } from '../collect/known-sources.ts';
import type { Clock } from '../collect/ports.ts';
import type { FileStore } from '../content/ports.ts';
import { ConfigurationError } from '../errors.ts';
import type { Proxies } from '../model/proxies.ts';
import { type Archive, createArchive } from './archive.ts';

export type { AwsAccess } from '../aws/clients.ts';

/** The options of AWS clients. */
export interface AwsOptions {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** The endpoint of AWS. Default: the SDK's. */
  readonly aws?: AwsAccess;
  /** The proxies for Zoom and AWS. A function in AWS uses none, even if its environment names one. */
  readonly proxies?: Proxies | undefined;
}

/** A bucket and prefix, `s3://bucket/prefix`, to deliver to or to read from. */
export const openBucket = (out: string, options: AwsOptions): BucketStore =>
  storeIn(parseBucketUrl(out), options);

/** Opens a bucket and prefix that was collected into. Throws ConfigurationError if there is nothing. */
export const openBucketArchive = async (out: string, options: AwsOptions): Promise<Archive> =>
  createArchive(await openCollectedBucket(out, options));

/** The store of such a prefix. */
export const openCollectedBucket = async (out: string, options: AwsOptions): Promise<FileStore> => {
  const store = openBucket(out, options);
  if ((await knownSources(store)).length > 0) return store;
  throw new ConfigurationError(
    'bucket-empty',
    `${out} contains no collected events. Name another location with --out.`,
  );
};

/** The configuration of an AWS client. */
export const accessOf = ({ aws, proxies }: Pick<AwsOptions, 'aws' | 'proxies'>): AwsAccess => ({
  ...aws,
  ...(proxies && { proxies }),
});

export const storeIn = (location: BucketLocation, options: AwsOptions): BucketStore =>
  new BucketStore(createS3(accessOf(options)), location, options);

/** The collect queue of a source. */
export const openCollectQueue = (url: string, options: AwsOptions): SliceQueue =>
  new SliceQueue(createSqs(accessOf(options)), url, options);

/** The secret of a deployed source. */
export const secretOf = (source: string, secretId: string, options: AwsOptions): SourceSecrets =>
  new SourceSecrets(createSecretsManager(accessOf(options)), options, source, secretId);
