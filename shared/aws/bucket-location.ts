import { ConfigurationError } from '../errors.ts';

/** A bucket, and the prefix of every key that we write to it. */
export interface BucketLocation {
  readonly bucket: string;
  /** Empty, or ends in a slash. */
  readonly prefix: string;
}

const BUCKET = /^[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]$/;

/** Readers decode keys differently. All of them keep these characters unchanged. */
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
    `"${text}" is not a valid S3 URL. Use s3://BUCKET or s3://BUCKET/PREFIX. The prefix may contain only letters, digits and . _ = - / ` +
      `because some readers of your events can't read other keys.`,
  );
};
