import { hash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListPartsCommand,
  type ListPartsCommandOutput,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { ObjectDescription, StoredObject } from '../collect/ports.ts';
import {
  assertWholeSequence,
  type OpenUpload,
  type Part,
  PartMismatchError,
  type Upload,
  UploadMissingError,
} from '../content/ports.ts';
import { nameOf, statusOf } from './aws-errors.ts';
import { backOff } from './back-off.ts';
import { type BucketAccess, contentTypeOf, isMissing, MAX_RACES } from './bucket-access.ts';
import { sizeOfObject } from './bucket-files.ts';

const TAKEN = 412;
const RACING = 409;
const DENIED = 403;

/** The bytes sent do not have the checksum of the header. */
const BAD_CHECKSUM = new Set(['BadDigest', 'XAmzContentChecksumMismatch', 'XAmzContentSHA256Mismatch']);

/** Parts that S3 does not find as described, although it listed them just now. */
const BAD_PARTS = new Set(['InvalidPart', 'InvalidPartOrder', 'EntityTooSmall']);

/** The client's time-out includes sending the body: a part may take as long as at this rate, in bytes a second. */
const SLOWEST_RATE = 128 * 1024;

/** S3 may take minutes to complete an upload of many parts. */
const COMPLETION_MS = 300_000;

const REQUEST_MS = 20_000;

/** A stored part, and what S3 wants to hear about it when it completes an upload. */
interface ListedPart extends Part {
  readonly etag: string | undefined;
}

/**
 * S3's multipart uploads. S3 verifies each part against its SHA-256 and completes with `If-None-Match: *`: one upload of a key
 * becomes the object, all others get 412. S3 charges for the parts of an upload until it is completed or aborted; a lifecycle
 * rule of the bucket aborts forgotten ones.
 */
export class BucketUploads {
  readonly #access: BucketAccess;

  constructor(access: BucketAccess) {
    this.#access = access;
  }

  async begin(key: string, description: ObjectDescription): Promise<Upload> {
    try {
      const { UploadId } = await this.#access.s3.send(
        new CreateMultipartUploadCommand({
          ...this.#access.addressOf(key),
          ContentType: contentTypeOf(key),
          Metadata: { ...description },
          ChecksumAlgorithm: 'SHA256',
        }),
      );
      if (UploadId === undefined) throw new Error(`S3 began an upload of ${key} without an id`);
      return { key, id: UploadId };
    } catch (error) {
      throw this.#access.toError(error, 's3:PutObject', key);
    }
  }

  async putPart(upload: Upload, number: number, body: Uint8Array): Promise<Part> {
    const { byteLength: bytes } = body;
    const sha256 = hash('sha256', body, 'hex');
    try {
      await this.#access.s3.send(
        new UploadPartCommand({
          ...this.#addressOf(upload),
          PartNumber: number,
          Body: body,
          ContentLength: bytes,
          ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
        }),
        { requestTimeout: REQUEST_MS + Math.ceil((bytes / SLOWEST_RATE) * 1000) },
      );
      return { number, bytes, sha256 };
    } catch (error) {
      if (isMissing(error)) throw new UploadMissingError(upload, { cause: error });
      if (BAD_CHECKSUM.has(nameOf(error))) {
        throw new PartMismatchError(upload, `part ${number} has another SHA-256 than ${sha256}`, {
          cause: error,
        });
      }
      throw this.#access.toError(error, 's3:PutObject', upload.key);
    }
  }

  async partsOf(upload: Upload): Promise<readonly Part[] | undefined> {
    return (await this.#listParts(upload))?.map(({ number, bytes, sha256 }) => ({ number, bytes, sha256 }));
  }

  async complete(upload: Upload, parts: readonly Part[]): Promise<StoredObject | undefined> {
    assertWholeSequence(parts);
    const stored = await this.#listParts(upload);
    if (!stored) return this.#assertTaken(upload, undefined);
    const completed = completedParts(upload, parts, stored);
    for (let races = 0; ; races += 1) {
      try {
        const { ETag: version = '' } = await this.#access.s3.send(
          new CompleteMultipartUploadCommand({
            ...this.#addressOf(upload),
            MultipartUpload: { Parts: completed },
            IfNoneMatch: '*',
          }),
          { requestTimeout: COMPLETION_MS },
        );
        return { key: upload.key, version };
      } catch (error) {
        if (statusOf(error) === TAKEN) return undefined;
        if (statusOf(error) === DENIED) throw this.#access.toError(error, 's3:PutObject', upload.key);
        if (BAD_PARTS.has(nameOf(error))) {
          throw new PartMismatchError(upload, `S3 does not accept its parts (${nameOf(error)})`, {
            cause: error,
          });
        }
        // After a conflict S3 keeps the upload, or has dropped it: the next attempt tells.
        if (statusOf(error) !== RACING || races === MAX_RACES) return this.#assertTaken(upload, error);
        await backOff(this.#access.retryContext, races);
      }
    }
  }

  async abort(upload: Upload): Promise<void> {
    try {
      await this.#access.s3.send(new AbortMultipartUploadCommand(this.#addressOf(upload)));
    } catch (error) {
      if (isMissing(error)) return;
      throw this.#access.toError(error, 's3:AbortMultipartUpload', upload.key);
    }
  }

  async open(prefix: string): Promise<readonly OpenUpload[]> {
    const found: OpenUpload[] = [];
    let page: ListMultipartUploadsCommandOutput | undefined;
    do {
      page = await this.#listPage(prefix, page);
      for (const { Key: name = '', UploadId: id = '', Initiated: begunAt = new Date(0) } of page.Uploads ??
        []) {
        found.push({ key: this.#access.keyOf(name), id, begunAt });
      }
    } while (page.IsTruncated === true);
    return found.sort((a, b) =>
      a.key === b.key ? a.begunAt.getTime() - b.begunAt.getTime() : a.key < b.key ? -1 : 1,
    );
  }

  /**
   * Undefined if the object exists: an attempt whose response was lost may have made it, and the caller reads what is stored.
   * Otherwise throws what kept the upload from being completed.
   */
  async #assertTaken(upload: Upload, error: unknown): Promise<undefined> {
    if ((await sizeOfObject(this.#access, upload.key)) !== undefined) return undefined;
    if (error === undefined || isMissing(error)) throw new UploadMissingError(upload, { cause: error });
    throw this.#access.toError(error, 's3:PutObject', upload.key);
  }

  async #listPage(
    prefix: string,
    after: ListMultipartUploadsCommandOutput | undefined,
  ): Promise<ListMultipartUploadsCommandOutput> {
    try {
      return await this.#access.s3.send(
        new ListMultipartUploadsCommand({
          Bucket: this.#access.bucket,
          Prefix: this.#access.nameOf(prefix),
          KeyMarker: after?.NextKeyMarker,
          UploadIdMarker: after?.NextUploadIdMarker,
        }),
      );
    } catch (error) {
      throw this.#access.toError(error, 's3:ListBucketMultipartUploads', prefix);
    }
  }

  /** The stored parts by number; a part without a SHA-256 was not stored by this class. */
  async #listParts(upload: Upload): Promise<ListedPart[] | undefined> {
    const parts: ListedPart[] = [];
    let page: ListPartsCommandOutput | undefined;
    do {
      try {
        page = await this.#access.s3.send(
          new ListPartsCommand({ ...this.#addressOf(upload), PartNumberMarker: page?.NextPartNumberMarker }),
        );
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw this.#access.toError(error, 's3:ListMultipartUploadParts', upload.key);
      }
      for (const { PartNumber: number, Size: bytes, ChecksumSHA256: checksum, ETag: etag } of page.Parts ??
        []) {
        if (number === undefined || bytes === undefined || checksum === undefined) continue;
        parts.push({ number, bytes, sha256: Buffer.from(checksum, 'base64').toString('hex'), etag });
      }
    } while (page.IsTruncated === true);
    return parts.sort((a, b) => a.number - b.number);
  }

  #addressOf({ key, id }: Upload): { Bucket: string; Key: string; UploadId: string } {
    return { ...this.#access.addressOf(key), UploadId: id };
  }
}

const completedParts = (
  upload: Upload,
  parts: readonly Part[],
  stored: readonly ListedPart[],
): CompletedPart[] => {
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  return parts.map(({ number, bytes, sha256 }) => {
    const found = byNumber.get(number);
    if (found?.bytes !== bytes || found.sha256 !== sha256) {
      throw new PartMismatchError(upload, `part ${number} is not stored with these bytes`);
    }
    return {
      PartNumber: number,
      ETag: found.etag,
      ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
    };
  });
};
