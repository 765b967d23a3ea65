import { createHash, type Hash } from 'node:crypto';
import { PartBuffer } from './part-buffer.ts';
import type { FileStore, Part, Upload } from './ports.ts';

const MIB = 1024 * 1024;

/** The size of a part: two of them per transfer are in memory. */
const PART_BYTES = 5 * MIB;

/** S3 accepts 10,000 parts. Files that might need more get larger ones. */
const EXPECTED_PARTS = 8000;

/** The first bytes of a file are kept to compare them with its type. */
const FIRST_BYTES = 16;

/** The upload of an earlier transfer of the same version, which was broken off. */
export interface OpenTransfer {
  readonly id: string;
  readonly partBytes: number;
  readonly etag?: string | undefined;
}

/** The dependencies of a writer. */
export interface FileWriterOptions {
  readonly store: FileStore;
  readonly key: string;
  /** The size of a part: that of the upload that is continued, or `partBytesFor` the file. */
  readonly partBytes: number;
  /** Called when an upload was begun, so that another process can continue it, and when there is none any more. */
  readonly onUpload: (open: OpenTransfer | undefined) => Promise<void>;
}

/** The size of the parts of a file of a size; `usual` unless it would need too many. Default: 5 MiB. */
export const partBytesFor = (size: number, usual = PART_BYTES): number =>
  size <= usual * EXPECTED_PARTS ? usual : Math.ceil(size / EXPECTED_PARTS / MIB) * MIB;

/**
 * Writes the bytes of one version of a file under a key: whole if they fit into a part, or else as an upload of which one part is stored
 * while the next one arrives. Throws what the store throws, that of an earlier part as well.
 */
export class FileWriter {
  /** The strong ETag that the bytes so far came with. */
  etag: string | undefined;
  readonly #options: FileWriterOptions;
  readonly #waiting: PartBuffer;
  #upload: Upload | undefined;
  /** The parts that are stored, in order and without a gap. */
  #parts: Part[] = [];
  /** How many parts were given to the store: one more than `#parts` while it stores one. */
  #sent = 0;
  #storing: Promise<void> = Promise.resolve();
  /** Over all bytes of `#parts`; undefined if an earlier process stored them. */
  #hashOfParts: Hash | undefined = createHash('sha256');
  /** Over all bytes so far, those that wait for their part included. */
  #hash: Hash | undefined = createHash('sha256');
  #start: Uint8Array = new Uint8Array();

  constructor(options: FileWriterOptions) {
    this.#options = options;
    this.#waiting = new PartBuffer(options.partBytes);
  }

  /** Bytes so far. */
  get length(): number {
    return this.storedLength + this.#waiting.length;
  }

  /** Bytes of them in parts. */
  get storedLength(): number {
    return this.#sent * this.#options.partBytes;
  }

  get parts(): readonly Part[] {
    return this.#parts;
  }

  /** The first bytes of the file; none if an earlier process stored them. */
  get start(): Uint8Array {
    return this.#start;
  }

  /** The SHA-256 of the bytes so far, in lower-case hex; undefined if an earlier process stored some of them. */
  get sha256(): string | undefined {
    return this.#hash?.copy().digest('hex');
  }

  /** Continues the upload of an earlier transfer, as far as its parts are whole. */
  async continueUpload({ id, etag }: OpenTransfer): Promise<void> {
    const upload = { key: this.#options.key, id };
    const stored = await this.#options.store.partsOf(upload);
    if (!stored) return;
    const end = stored.findIndex(
      ({ number, bytes }, index) => number !== index + 1 || bytes !== this.#options.partBytes,
    );
    this.#upload = upload;
    this.etag = etag;
    this.#parts = stored.slice(0, end === -1 ? stored.length : end);
    this.#sent = this.#parts.length;
    if (this.#sent > 0) this.#hash = this.#hashOfParts = undefined;
  }

  async add(chunk: Uint8Array): Promise<void> {
    if (this.#start.length < FIRST_BYTES && this.length === this.#start.length) {
      this.#start = Buffer.concat([this.#start, chunk.subarray(0, FIRST_BYTES - this.#start.length)]);
    }
    let rest = chunk;
    while (rest.length > 0) {
      const after = this.#waiting.add(rest);
      this.#hash?.update(rest.subarray(0, rest.length - after.length));
      rest = after;
      if (this.#waiting.isFull) await this.#storeWaiting();
    }
  }

  /** Waits until no part is being stored. */
  async untilStored(): Promise<void> {
    await this.#storing;
  }

  /** Makes the object. False if its key is taken. */
  async complete(): Promise<boolean> {
    const { store, key } = this.#options;
    if (!this.#upload) return (await store.create(key, this.#waiting.take(), {})) !== undefined;
    if (this.#waiting.length > 0) await this.#storeWaiting();
    await this.#storing;
    if (await store.completeUpload(this.#upload, this.#parts)) return true;
    await this.abort();
    return false;
  }

  /** Forgets the bytes that wait for their part. */
  dropWaiting(): void {
    this.#waiting.clear();
    this.#hash = this.#hashOfParts?.copy();
  }

  /** Forgets everything: the file is written from its first byte, into a new upload. */
  async startOver(): Promise<void> {
    await this.abort();
    this.#parts = [];
    this.#sent = 0;
    this.#hashOfParts = createHash('sha256');
    this.#hash = createHash('sha256');
    this.#waiting.clear();
    this.#start = new Uint8Array();
    this.etag = undefined;
  }

  /** Removes the upload, if there is one. */
  async abort(): Promise<void> {
    await this.#storing.catch(() => undefined);
    this.#storing = Promise.resolve();
    if (!this.#upload) return;
    await this.#options.store.abortUpload(this.#upload);
    this.#upload = undefined;
    await this.#options.onUpload(undefined);
  }

  /** Stores what waits as the next part, while the next one arrives. */
  async #storeWaiting(): Promise<void> {
    await this.#storing;
    const body = this.#waiting.take();
    const upload = (this.#upload ??= await this.#begin());
    const hashOfParts = this.#hash?.copy();
    this.#sent += 1;
    const number = this.#sent;
    this.#storing = (async () => {
      this.#parts.push(await this.#options.store.putPart(upload, number, body));
      this.#hashOfParts = hashOfParts;
    })();
    this.#storing.catch(() => undefined); // it is thrown where it is awaited
  }

  async #begin(): Promise<Upload> {
    const { store, key, partBytes, onUpload } = this.#options;
    const upload = await store.beginUpload(key, {}, partBytes);
    await onUpload({ id: upload.id, partBytes, ...(this.etag !== undefined && { etag: this.etag }) });
    return upload;
  }
}
