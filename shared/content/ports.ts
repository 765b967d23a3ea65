import type { BeforeRequest, ObjectDescription, ObjectStore, StoredObject } from '../collect/ports.ts';

/** A file that is written in parts, and not yet an object: S3's multipart upload, or its counterpart in a folder. */
export interface Upload {
  readonly key: string;
  /** The store's own name of it. Opaque. */
  readonly id: string;
}

/** An upload that was begun, and neither completed nor aborted. */
export interface OpenUpload extends Upload {
  readonly begunAt: Date;
}

/** One part of an upload. */
export interface Part {
  /** 1 for the first. */
  readonly number: number;
  readonly bytes: number;
  /** SHA-256 of the part, in lower-case hex. */
  readonly sha256: string;
}

/** S3 accepts no smaller part, except the last. */
export const LEAST_PART_BYTES = 5 * 1024 * 1024;

/** S3 accepts no more parts. */
export const MOST_PARTS = 10_000;

/**
 * Files of any size under keys. A file that fits into memory is created like any object; a larger one is uploaded in parts, of
 * which every one but the last has the same size. A part survives a kill of the process; the file is seen whole or not at all.
 */
export interface FileStore extends ObjectStore {
  /**
   * Begins an upload. Any number of writers may begin one for the same key: one of them will complete. `partBytes` is the size
   * of every part but the last, which may be smaller: a folder writes each part to its own place in one file.
   */
  beginUpload(key: string, description: ObjectDescription, partBytes: number): Promise<Upload>;
  /**
   * Stores one part, in any order, and replaces an earlier part of that number. Returns what is stored, with its SHA-256, which
   * is computed before this returns control: `body` must stay unchanged until the promise is resolved. Throws
   * UploadMissingError if the upload was completed or aborted meanwhile, and PartMismatchError if the bytes were damaged on
   * their way. One writer at a time has an upload.
   */
  putPart(upload: Upload, number: number, body: Uint8Array): Promise<Part>;
  /** The parts that are stored, by number; undefined if there is no such upload (any more). */
  partsOf(upload: Upload): Promise<readonly Part[] | undefined>;
  /**
   * Makes the object from exactly these parts, numbered 1, 2, 3 …, of which there is at least one (of zero bytes for an empty
   * file). Undefined if its key is taken, as with `create`, even by an earlier attempt of ours; of several attempts to complete
   * one upload, more than one may get its object. An upload that did not become the object stays until it is aborted. Throws
   * PartMismatchError if a part is not stored as described, and UploadMissingError if there is neither the upload nor the object.
   */
  completeUpload(upload: Upload, parts: readonly Part[]): Promise<StoredObject | undefined>;
  /** Removes an upload and its parts; a missing one is no error. */
  abortUpload(upload: Upload): Promise<void>;
  /** The uploads whose key starts with `prefix`, in order of key. A store may remove one that was begun seven days ago. */
  openUploads(prefix: string): Promise<readonly OpenUpload[]>;
  /** The size of an object in bytes; undefined if there is none. */
  sizeOf(key: string): Promise<number | undefined>;
  /** The bytes of an object from offset `from` on, in chunks. Throws CorruptObjectError if there is none. */
  readFrom(key: string, from?: number): AsyncIterable<Uint8Array>;
}

/** An upload does not exist any more: another writer completed or aborted it. */
export class UploadMissingError extends Error {
  constructor({ key }: Upload, options?: ErrorOptions) {
    super(
      `The upload of ${key} does not exist any more: another collector has completed or aborted it.`,
      options,
    );
    this.name = 'UploadMissingError';
  }
}

/** Bytes of a part, or a stored part, that are not the ones that were described. */
export class PartMismatchError extends Error {
  constructor({ key }: Upload, problem: string, options?: ErrorOptions) {
    super(`The upload of ${key} was not changed: ${problem}. Download the part again.`, options);
    this.name = 'PartMismatchError';
  }
}

/**
 * Throws RangeError unless parts are numbered 1, 2, 3 … in this order, up to MOST_PARTS, and all but the last have one size. S3
 * itself would accept a gap, and lose what belongs there.
 */
export const assertWholeSequence = (parts: readonly Part[]): void => {
  const partBytes = parts[0]?.bytes ?? 0;
  const isWhole = parts.every(
    ({ number, bytes }, at) =>
      number === at + 1 && (at + 1 === parts.length ? bytes <= partBytes : bytes === partBytes),
  );
  if (isWhole && parts.length >= 1 && parts.length <= MOST_PARTS) return;
  throw new RangeError(
    `The parts are not numbered from 1 to at most ${MOST_PARTS}, or a part before the last has another size than the first.`,
  );
};

/** What to download. */
export interface DownloadRequest {
  /** Zoom's `download_url`, as listed. */
  readonly url: string;
  /** What the file is, such as `MP4` or `TIMELINE`: a JSON body is an error page unless the file is JSON. */
  readonly fileType: string;
  /** The subject of the request in messages, without a secret: "the recording file … of 2026-11-20 (source acme)". */
  readonly what: string;
  /** Continue at this byte, if the file is still the one with this strong ETag. Without it, or if not, the body begins at 0. */
  readonly resume?: { readonly from: number; readonly etag: string } | undefined;
  /** Ask for the first bytes alone: for the size and the ETag of the file. A host without ranges sends all of it. */
  readonly probe?: boolean | undefined;
}

/**
 * How the end of a body is known: by its announced length, by chunked framing, or only by the end of the connection. The last one
 * proves nothing: a connection that broke looks the same. Compare the size, or download the file again.
 */
export type Framing = 'length' | 'chunked' | 'close';

/** A response that is a file. */
export interface Download {
  /** The first byte of `body` within the file: 0, or where it was to be resumed. */
  readonly offset: number;
  /** The size of the whole file, if the host stated it. */
  readonly bytes: number | undefined;
  readonly framing: Framing;
  /** The strong ETag of the file, if the host gave one. */
  readonly etag: string | undefined;
  /** The media type, in lower case without parameters; empty if there was none. */
  readonly contentType: string;
  /** Zoom's own name for the file, from the redirect or the Content-Disposition. It is text from outside: never a path. */
  readonly fileName: string | undefined;
  /** The host that sent the bytes. */
  readonly host: string;
  readonly trackingId: string | undefined;
  /** The bytes. Iteration throws DownloadError ("broken") if the body ended before its framing was complete. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the connection without reading the rest. A caller that does not iterate over `body` to its end must call it. */
  discard(): void;
}

/**
 * Why there is no file, or no whole one.
 * - `page`: an HTML or JSON page under 200: no permission, deleted, signed out, or only the host may download.
 * - `refused`: 401 or 403, with the token where it may be sent. A signed URL may have expired: ask again.
 * - `missing`: 404 or 410.
 * - `throttled`: 429; `retryAfterMs` if the host said so.
 * - `failed`: 5xx or any other status.
 * - `foreign`: a redirect to a host that is not Zoom's. It is not followed.
 * - `broken`: no response, or the body ended early. Bytes that arrived are valid.
 */
export type DownloadFailure = 'page' | 'refused' | 'missing' | 'throttled' | 'failed' | 'foreign' | 'broken';

/** A download that failed. Its message names the subject, the host and what to do, and no secret. */
export class DownloadError extends Error {
  readonly failure: DownloadFailure;
  readonly retryAfterMs: number | undefined;
  readonly zoomTrackingId: string | undefined;

  constructor(
    failure: DownloadFailure,
    message: string,
    details: { retryAfterMs?: number | undefined; zoomTrackingId?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'DownloadError';
    this.failure = failure;
    this.retryAfterMs = details.retryAfterMs;
    this.zoomTrackingId = details.zoomTrackingId;
  }
}

/** Files from Zoom's file host. */
export interface Downloads {
  /**
   * Asks for a file once, with redirects, and without retries. `beforeRequest` is called before each HTTP request, redirects
   * included. Throws DownloadError; RateLimitedError and ConfigurationError for the token; ConfigurationError for a proxy that
   * refuses or a certificate that this machine does not accept; and the signal's reason.
   */
  open(request: DownloadRequest, signal: AbortSignal, beforeRequest?: BeforeRequest): Promise<Download>;
}
