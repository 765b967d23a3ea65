import { ConfigurationError } from '../errors.ts';

/** A bucket, and what stands before every key of ours in it. */
export interface BucketLocation {
  readonly bucket: string;
  /** Empty, or ends in a slash. */
  readonly prefix: string;
}

const BUCKET = /^[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]$/;

/** Readers decode keys differently; these characters all of them leave alone. */
const PREFIX = /^(?:(?!\.{1,2}\/)[A-Za-z0-9._=-]+\/)*$/;

/** Whether this names a bucket rather than a folder. */
export const isBucketUrl = (text: string): boolean => /^s3:/i.test(text);

/** Reads `s3://bucket` or `s3://bucket/prefix`. Throws ConfigurationError for anything else. */
export const parseBucketUrl = (text: string): BucketLocation => {
  const [, bucket = '', path = ''] = /^s3:\/\/([^/]*)\/?(.*)$/.exec(text) ?? [];
  const prefix = path === '' || path.endsWith('/') ? path : `${path}/`;
  if (BUCKET.test(bucket) && PREFIX.test(prefix)) return { bucket, prefix };
  throw new ConfigurationError(
    'bucket-url',
    `"${text}" names no place in a bucket. It must be s3://BUCKET or s3://BUCKET/PREFIX, the prefix of letters, digits and . _ = - / ` +
      `only: some of the readers of your events can't read other keys.`,
  );
};
