import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import {
  type ErasableStore,
  isErasable,
  type ObjectDescription,
  type StoredObject,
} from '../collect/ports.ts';
import { ConfigurationError } from '../errors.ts';
import type { BucketLocation } from './bucket-location.ts';
import { type RetryContext, backOff } from './back-off.ts';
import { attemptsOf, toConfigurationError, nameOf, statusOf } from './aws-errors.ts';

const TAKEN = 412;
const RACING = 409;
const NOT_FOUND = 404;

/** S3 answers 409 while another's put of the same key is under way, so the next answer is mostly 412. */
const MAX_RACES = 10;

/**
 * Objects in a bucket. `If-None-Match: *` makes the put that commits: S3 accepts one and answers all others with 412. The SDK
 * repeats a put whose response was lost, and if that had succeeded, the repetition gets 412 too. So "taken" may mean by
 * ourselves, and the caller reads what is stored. The caller chooses the concurrency; more than the client's sockets
 * (clients.ts) gains nothing.
 */
export class BucketStore implements ErasableStore {
  readonly #s3: S3Client;
  readonly #location: BucketLocation;
  readonly #retryContext: RetryContext;

  constructor(s3: S3Client, location: BucketLocation, retryContext: RetryContext) {
    this.#s3 = s3;
    this.#location = location;
    this.#retryContext = retryContext;
  }

  async list(prefix: string): Promise<StoredObject[]> {
    const found: StoredObject[] = [];
    let page: ListObjectsV2CommandOutput | undefined;
    do {
      page = await this.#listPage(prefix, page?.NextContinuationToken);
      for (const { Key: key = '', ETag: version = '' } of page.Contents ?? []) {
        found.push({ key: key.slice(this.#location.prefix.length), version });
      }
    } while (page.NextContinuationToken !== undefined);
    return found;
  }

  async read(key: string): Promise<Buffer | undefined> {
    return (await this.#readVersion(key))?.body;
  }

  async #readVersion(key: string): Promise<{ body: Buffer; version: string | undefined } | undefined> {
    try {
      const { Body, ETag } = await this.#s3.send(new GetObjectCommand(this.#addressOf(key)));
      return { body: Buffer.from((await Body?.transformToByteArray()) ?? []), version: ETag };
    } catch (error) {
      if (statusOf(error) === NOT_FOUND && nameOf(error) !== 'NoSuchBucket') return undefined;
      throw this.#withConfigurationErrors(error, 's3:GetObject', key);
    }
  }

  async create(
    key: string,
    body: Uint8Array,
    description: ObjectDescription,
  ): Promise<StoredObject | undefined> {
    for (let races = 0; ; races += 1) {
      try {
        const { ETag: version = '' } = await this.#s3.send(
          new PutObjectCommand({
            ...this.#addressOf(key),
            Body: body,
            ContentType: contentTypeOf(key),
            Metadata: { ...description },
            IfNoneMatch: '*',
          }),
        );
        return { key, version };
      } catch (error) {
        if (statusOf(error) === TAKEN) return undefined;
        if (statusOf(error) !== RACING || races === MAX_RACES)
          throw this.#withConfigurationErrors(error, 's3:PutObject', key);
        await backOff(this.#retryContext, races);
      }
    }
  }

  async replace(key: string, body: Uint8Array): Promise<void> {
    try {
      await this.#s3.send(
        new PutObjectCommand({ ...this.#addressOf(key), Body: body, ContentType: contentTypeOf(key) }),
      );
    } catch (error) {
      throw this.#withConfigurationErrors(error, 's3:PutObject', key);
    }
  }

  async remove(key: string): Promise<void> {
    if (!isErasable(key)) throw new RangeError(`${key} must not be removed`);
    try {
      await this.#s3.send(new DeleteObjectCommand(this.#addressOf(key)));
    } catch (error) {
      throw this.#withConfigurationErrors(error, 's3:DeleteObject', key);
    }
  }

  async update(
    key: string,
    change: (before: Buffer | undefined, mayBeWritten: boolean) => Uint8Array,
  ): Promise<void> {
    let mayBeWritten = false;
    for (let races = 0; ; races += 1) {
      const before = await this.#readVersion(key);
      try {
        await this.#s3.send(
          new PutObjectCommand({
            ...this.#addressOf(key),
            Body: change(before?.body, mayBeWritten),
            ContentType: contentTypeOf(key),
            ...(before ? { IfMatch: before.version } : { IfNoneMatch: '*' }),
          }),
        );
        return;
      } catch (error) {
        // Written by another since it was read, being written, or removed: S3 names each of them by a status of its own.
        const isRace = [TAKEN, RACING, NOT_FOUND].includes(statusOf(error) ?? 0);
        if (!isRace || nameOf(error) === 'NoSuchBucket' || races === MAX_RACES)
          throw this.#withConfigurationErrors(error, 's3:PutObject', key);
        // The SDK repeated the put: the first may have succeeded, and the repetition is refused because of it.
        mayBeWritten ||= attemptsOf(error) !== 1;
        await backOff(this.#retryContext, races);
      }
    }
  }

  async #listPage(prefix: string, after: string | undefined): Promise<ListObjectsV2CommandOutput> {
    try {
      return await this.#s3.send(
        new ListObjectsV2Command({
          Bucket: this.#location.bucket,
          Prefix: `${this.#location.prefix}${prefix}`,
          ContinuationToken: after,
        }),
      );
    } catch (error) {
      throw this.#withConfigurationErrors(error, 's3:ListBucket', prefix);
    }
  }

  #addressOf(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#location.bucket, Key: `${this.#location.prefix}${key}` };
  }

  #withConfigurationErrors(error: unknown, action: string, key: string): unknown {
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

/** No Content-Encoding beside it: DuckDB's range reads fail on one, and HTTP clients unpack a second time. */
const contentTypeOf = (key: string): string => {
  if (key.endsWith('.gz')) return 'application/x-gzip';
  return key.endsWith('.parquet') ? 'application/vnd.apache.parquet' : 'application/json';
};
