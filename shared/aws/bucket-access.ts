import type { S3Client } from '@aws-sdk/client-s3';
import { ConfigurationError } from '../errors.ts';
import { nameOf, statusOf, toConfigurationError } from './aws-errors.ts';
import type { BucketLocation } from './bucket-location.ts';
import type { RetryContext } from './back-off.ts';

const NOT_FOUND = 404;

/** S3 answers 409 while another's put of the same key is under way, so the next answer is mostly 412. */
export const MAX_RACES = 10;

/** A bucket, the place in it, and what its requests have in common. */
export class BucketAccess {
  readonly s3: S3Client;
  readonly retryContext: RetryContext;
  readonly #location: BucketLocation;

  constructor(s3: S3Client, location: BucketLocation, retryContext: RetryContext) {
    this.s3 = s3;
    this.retryContext = retryContext;
    this.#location = location;
  }

  get bucket(): string {
    return this.#location.bucket;
  }

  addressOf(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#location.bucket, Key: this.nameOf(key) };
  }

  /** The name of a key, or of a prefix of keys, in the bucket. */
  nameOf(key: string): string {
    return `${this.#location.prefix}${key}`;
  }

  /** The key of a name in the bucket. */
  keyOf(name: string): string {
    return name.slice(this.#location.prefix.length);
  }

  /** What an operator has to change, as a ConfigurationError; any other error unchanged. */
  toError(error: unknown, action: string, key: string): unknown {
    const { bucket, prefix } = this.#location;
    const resource = `s3://${bucket}/${prefix}${key.slice(0, key.lastIndexOf('/') + 1)}`;
    if (nameOf(error) === 'NoSuchBucket') {
      return new ConfigurationError(
        'bucket-missing',
        `The bucket "${bucket}" does not exist (${action} on ${resource}). Correct the name, or create the bucket with ` +
          `npm run deploy.`,
        { cause: error },
      );
    }
    return toConfigurationError(error, { action, resource });
  }
}

/** Whether S3 has no object, or no upload, of that name. */
export const isMissing = (error: unknown): boolean =>
  statusOf(error) === NOT_FOUND && nameOf(error) !== 'NoSuchBucket';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  gz: 'application/x-gzip',
  jpg: 'image/jpeg',
  json: 'application/json',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  parquet: 'application/vnd.apache.parquet',
  png: 'image/png',
  txt: 'text/plain',
  vtt: 'text/vtt',
};

/** By the end of the key. No Content-Encoding beside it: DuckDB's range reads fail on one, and HTTP clients unpack a second time. */
export const contentTypeOf = (key: string): string =>
  CONTENT_TYPES[/\.([a-z0-9]+)$/.exec(key)?.[1] ?? ''] ?? 'application/octet-stream';
