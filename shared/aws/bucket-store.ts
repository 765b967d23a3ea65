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
import type { FileStore, OpenUpload, Part, Upload } from '../content/ports.ts';
import { attemptsOf, nameOf, statusOf } from './aws-errors.ts';
import { type RetryContext, backOff } from './back-off.ts';
import { BucketAccess, contentTypeOf, isMissing, MAX_RACES } from './bucket-access.ts';
import { readObjectFrom, sizeOfObject } from './bucket-files.ts';
import type { BucketLocation } from './bucket-location.ts';
import { BucketUploads } from './bucket-uploads.ts';

const TAKEN = 412;
const RACING = 409;
const NOT_FOUND = 404;

/**
 * Objects in a bucket. `If-None-Match: *` makes the put that commits: S3 accepts one and answers all others with 412. The SDK
 * repeats a put whose response was lost, and if that had succeeded, the repetition gets 412 too. So "taken" may mean by
 * ourselves, and the caller reads what is stored. The caller chooses the concurrency; more than the client's sockets
 * (clients.ts) gains nothing.
 */
export class BucketStore implements ErasableStore, FileStore {
  readonly #access: BucketAccess;
  readonly #uploads: BucketUploads;

  constructor(s3: S3Client, location: BucketLocation, retryContext: RetryContext) {
    this.#access = new BucketAccess(s3, location, retryContext);
    this.#uploads = new BucketUploads(this.#access);
  }

  async list(prefix: string): Promise<StoredObject[]> {
    const found: StoredObject[] = [];
    let page: ListObjectsV2CommandOutput | undefined;
    do {
      page = await this.#listPage(prefix, page?.NextContinuationToken);
      for (const { Key: key = '', ETag: version = '' } of page.Contents ?? []) {
        found.push({ key: this.#access.keyOf(key), version });
      }
    } while (page.NextContinuationToken !== undefined);
    return found;
  }

  async read(key: string): Promise<Buffer | undefined> {
    return (await this.#readVersion(key))?.body;
  }

  async #readVersion(key: string): Promise<{ body: Buffer; version: string | undefined } | undefined> {
    try {
      const { Body, ETag } = await this.#access.s3.send(new GetObjectCommand(this.#access.addressOf(key)));
      return { body: Buffer.from((await Body?.transformToByteArray()) ?? []), version: ETag };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw this.#access.toError(error, 's3:GetObject', key);
    }
  }

  async create(
    key: string,
    body: Uint8Array,
    description: ObjectDescription,
  ): Promise<StoredObject | undefined> {
    for (let races = 0; ; races += 1) {
      try {
        const { ETag: version = '' } = await this.#access.s3.send(
          new PutObjectCommand({
            ...this.#access.addressOf(key),
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
          throw this.#access.toError(error, 's3:PutObject', key);
        await backOff(this.#access.retryContext, races);
      }
    }
  }

  async replace(key: string, body: Uint8Array): Promise<void> {
    try {
      await this.#access.s3.send(
        new PutObjectCommand({ ...this.#access.addressOf(key), Body: body, ContentType: contentTypeOf(key) }),
      );
    } catch (error) {
      throw this.#access.toError(error, 's3:PutObject', key);
    }
  }

  async remove(key: string): Promise<void> {
    if (!isErasable(key)) throw new RangeError(`${key} must not be removed`);
    try {
      await this.#access.s3.send(new DeleteObjectCommand(this.#access.addressOf(key)));
    } catch (error) {
      throw this.#access.toError(error, 's3:DeleteObject', key);
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
        await this.#access.s3.send(
          new PutObjectCommand({
            ...this.#access.addressOf(key),
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
          throw this.#access.toError(error, 's3:PutObject', key);
        // The SDK repeated the put: the first may have succeeded, and the repetition is refused because of it.
        mayBeWritten ||= attemptsOf(error) !== 1;
        await backOff(this.#access.retryContext, races);
      }
    }
  }

  async #listPage(prefix: string, after: string | undefined): Promise<ListObjectsV2CommandOutput> {
    try {
      return await this.#access.s3.send(
        new ListObjectsV2Command({
          Bucket: this.#access.bucket,
          Prefix: this.#access.nameOf(prefix),
          ContinuationToken: after,
        }),
      );
    } catch (error) {
      throw this.#access.toError(error, 's3:ListBucket', prefix);
    }
  }

  sizeOf(key: string): Promise<number | undefined> {
    return sizeOfObject(this.#access, key);
  }

  readFrom(key: string, from = 0): AsyncIterable<Uint8Array> {
    return readObjectFrom(this.#access, key, from);
  }

  /** S3 takes parts of any size, so that of the parts is not needed here. */
  beginUpload(key: string, description: ObjectDescription): Promise<Upload> {
    return this.#uploads.begin(key, description);
  }

  putPart(upload: Upload, number: number, body: Uint8Array): Promise<Part> {
    return this.#uploads.putPart(upload, number, body);
  }

  partsOf(upload: Upload): Promise<readonly Part[] | undefined> {
    return this.#uploads.partsOf(upload);
  }

  completeUpload(upload: Upload, parts: readonly Part[]): Promise<StoredObject | undefined> {
    return this.#uploads.complete(upload, parts);
  }

  abortUpload(upload: Upload): Promise<void> {
    return this.#uploads.abort(upload);
  }

  openUploads(prefix: string): Promise<readonly OpenUpload[]> {
    return this.#uploads.open(prefix);
  }
}
