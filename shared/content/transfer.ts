import { createHash } from 'node:crypto';
import type { BeforeRequest, Clock } from '../collect/ports.ts';
import { messageOf } from '../errors.ts';
import { hasRightMagic } from './file-type.ts';
import {
  type Download,
  DownloadError,
  type DownloadFailure,
  type Downloads,
  type FileStore,
  type Part,
  UploadMissingError,
} from './ports.ts';
import { FileWriter, type OpenTransfer, partBytesFor } from './file-writer.ts';
import { PartComparison } from './part-comparison.ts';
import type { ListedFile } from './listed-file.ts';

/** After this many failures in a row without a new byte a transfer gives up, and the next run tries again. */
const MOST_FAILURES_IN_A_ROW = 6;

/** A refusal seldom heals: Zoom counts requests that fail. */
const MOST_REFUSALS_IN_A_ROW = 4;

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 20_000;

/** How often a file must arrive with the same bytes if nothing proves that it is whole. */
const TIMES_IF_UNPROVEN = 3;

/** The first bytes of a file tell its type. */
const MAGIC_BYTES = 16;

/** The dependencies of a transfer. */
export interface TransferContext {
  readonly store: FileStore;
  readonly downloads: Downloads;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** The size of a part, unless the file is so large that it needs larger ones; 5 MiB by default. */
  readonly partBytes?: number | undefined;
  readonly beforeRequest?: BeforeRequest | undefined;
  /** Called when bytes were received that were not received before. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** A version whose bytes are held. */
export interface KnownVersion {
  readonly version: string;
  readonly bytes: number;
  /** The strong ETag that it came with. */
  readonly etag: string | undefined;
}

/** What a transfer is about. */
export interface TransferTask {
  readonly file: ListedFile;
  readonly key: string;
  /** The file in messages: `the MP4 file of the recording … of 2026-11-20 (source acme)`. */
  readonly what: string;
  readonly open: OpenTransfer | undefined;
  /** A response that begins with the first byte of this version: a transfer of an earlier version opened it. */
  readonly opened?: Download | undefined;
  /** The versions of this file that are held, by their SHA-256. */
  readonly known: ReadonlyMap<string, KnownVersion>;
  /** Lists the file again: its present row, with a URL of now. Undefined if Zoom has it no more. */
  readonly relist: () => Promise<ListedFile | undefined>;
  /** Notes an upload that was begun, so that another transfer can continue it; undefined once there is none. */
  readonly onUpload: (open: OpenTransfer | undefined) => Promise<void>;
}

/** The facts of a transfer that brought the bytes. */
export interface Transferred {
  readonly bytes: number;
  readonly sha256: string;
  readonly parts: readonly Part[];
  readonly contentType: string;
  readonly fileName: string | undefined;
  readonly magic: boolean | undefined;
  readonly host: string;
  readonly trackingId: string | undefined;
  readonly etag: string | undefined;
  /** Requests to the file host, and how many of them continued the file. */
  readonly requests: number;
  readonly resumes: number;
}

/** How a transfer ended. */
export type TransferResult =
  | ({ readonly state: 'held' } & Transferred)
  | { readonly state: 'same-as'; readonly sameAs: string; readonly bytes: number; readonly sha256: string }
  /** The object was stored by another collector meanwhile. */
  | { readonly state: 'taken' }
  /** Zoom lists another version by now. `opened` is the response with its bytes, if it has all of them: use it or discard it. */
  | {
      readonly state: 'replaced';
      readonly by: ListedFile;
      readonly opened: Download | undefined;
      readonly requests: number;
    }
  | {
      readonly state: 'failed';
      readonly reason: DownloadFailure | 'no-url';
      readonly message: string;
      readonly requests: number;
    };

/** The bytes that arrived twice are different: the file was cut again while it was read. */
class CutAgainError extends Error {}

/**
 * Brings the native bytes of one version of a file from Zoom into the store: in parts, with bounded memory, however often it
 * breaks off. Bytes of two versions never come into one object: a transfer continues only if the host proves by its ETag that
 * the file is still the same, or if all bytes that are stored arrive once more and are equal. Throws what the store throws, and
 * ConfigurationError and RateLimitedError from the token; a failure of the file itself is a result.
 */
export const transferFile = async (
  context: TransferContext,
  task: TransferTask,
  signal: AbortSignal,
): Promise<TransferResult> => {
  const transfer = new Transfer(context, task, signal);
  try {
    return await transfer.run();
  } finally {
    transfer.discardOpened();
  }
};

class Transfer {
  readonly #context: TransferContext;
  readonly #task: TransferTask;
  readonly #signal: AbortSignal;
  #url: string | undefined;
  #opened: Download | undefined;
  readonly #writer: FileWriter;
  #requests = 0;
  #resumes = 0;
  #received = 0;
  #isSizeConfirmed = false;
  #isProbed = false;
  #relisted = false;
  /** Files that arrived and that nothing proved: how often each, by SHA-256. */
  readonly #unproven = new Map<string, number>();

  constructor(context: TransferContext, task: TransferTask, signal: AbortSignal) {
    this.#context = context;
    this.#task = task;
    this.#signal = signal;
    this.#url = task.file.downloadUrl;
    this.#opened = task.opened;
    const { store, partBytes } = context;
    const { file, key, open, onUpload } = task;
    this.#writer = new FileWriter({
      ...{ store, key, onUpload },
      partBytes: open?.partBytes ?? partBytesFor(file.size ?? 0, partBytes),
    });
  }

  async run(): Promise<TransferResult> {
    if (this.#task.open) await this.#writer.continueUpload(this.#task.open);
    let failures = 0;
    for (;;) {
      this.#signal.throwIfAborted();
      if (this.#url === undefined && !(await this.#relist())) {
        return this.#failed(new DownloadError('missing', `Zoom lists no address for ${this.#task.what}.`));
      }
      const before = this.#received;
      try {
        const result = await this.#attempt();
        if (result) return result;
      } catch (error) {
        if (error instanceof UploadMissingError) {
          if ((await this.#context.store.sizeOf(this.#task.key)) !== undefined) return { state: 'taken' };
          await this.#writer.startOver();
          continue;
        }
        if (error instanceof CutAgainError) {
          await this.#writer.startOver();
        } else if (!(error instanceof DownloadError)) {
          throw error;
        }
        failures = this.#received > before ? 1 : failures + 1;
        const final = error instanceof DownloadError ? await this.#afterFailure(error, failures) : undefined;
        if (final) return final;
        await this.#pause(failures, error instanceof DownloadError ? error.retryAfterMs : undefined);
      }
    }
  }

  /** Ends the connection of a response that was given to the transfer, unless it was used. */
  discardOpened(): void {
    this.#opened?.discard();
  }

  /** One request; a result if the transfer is over, undefined if it begins again. */
  async #attempt(): Promise<TransferResult | undefined> {
    const { file, what } = this.#task;
    await this.#writer.untilStored();
    if (this.#writer.etag === undefined) this.#writer.dropWaiting();
    const { length: from, etag } = this.#writer;
    const opened = from === 0 ? this.#opened : undefined;
    this.#opened = undefined;
    const same = from === 0 && !opened && !this.#isProbed ? await this.#probe() : undefined;
    if (same) return same;
    const resume = from > 0 && etag !== undefined ? { from, etag } : undefined;
    this.#requests += 1;
    const download =
      opened ??
      (await this.#context.downloads.open(
        { url: this.#url ?? '', fileType: file.bodyType ?? file.fileType, what, resume },
        this.#signal,
        this.#context.beforeRequest,
      ));
    let isHandedOver = false;
    try {
      const by = await this.#replacementIn(download);
      if (by) {
        await this.#writer.abort();
        isHandedOver = download.offset === 0;
        return {
          state: 'replaced',
          by,
          opened: isHandedOver ? download : undefined,
          // A response that another version gets counts as a request of that one.
          requests: isHandedOver ? this.#requests - 1 : this.#requests,
        };
      }
      await this.#place(download, from);
      await this.#receive(download);
    } finally {
      if (!isHandedOver) download.discard();
    }
    return this.#finish(download);
  }

  /** The version that Zoom lists by now, if a response has its size and not that of this version. */
  async #replacementIn({ bytes }: Pick<Download, 'bytes'>): Promise<ListedFile | undefined> {
    const { file, relist } = this.#task;
    const isOtherSize = bytes !== undefined && file.size !== undefined && bytes !== file.size;
    if (!isOtherSize || this.#isSizeConfirmed) return undefined;
    // The response waits meanwhile: nothing of it is read.
    const fresh = await relist();
    if (fresh && fresh.version !== file.version && fresh.size === bytes) return fresh;
    this.#isSizeConfirmed = true;
    return undefined;
  }

  /**
   * What the first bytes of the file alone show, where another version is held: that its bytes are those, by ETag and size, or that
   * Zoom lists another version by now. Undefined if the file has to be read.
   */
  async #probe(): Promise<TransferResult | undefined> {
    const { known } = this.#task;
    if (known.size === 0) return undefined;
    let head = await this.#readHead();
    // A single response may lack the ETag of a file that has one.
    if (head.etag === undefined) head = await this.#readHead();
    const { etag, bytes } = head;
    this.#isProbed = true;
    const same = [...known].find(([, held]) => held.etag !== undefined && held.etag === etag);
    if (same && same[1].bytes === bytes) {
      const [sha256, { version }] = same;
      return { state: 'same-as', sameAs: version, bytes, sha256 };
    }
    const by = await this.#replacementIn({ bytes });
    return by && { state: 'replaced', by, opened: undefined, requests: this.#requests };
  }

  /** The ETag and the size of the file: a request for its first bytes. */
  async #readHead(): Promise<Pick<Download, 'etag' | 'bytes'>> {
    const { file, what } = this.#task;
    this.#requests += 1;
    const download = await this.#context.downloads.open(
      { url: this.#url ?? '', fileType: file.bodyType ?? file.fileType, what, probe: true },
      this.#signal,
      this.#context.beforeRequest,
    );
    download.discard();
    return download;
  }

  /** Decides where the bytes of a response belong. */
  async #place(download: Download, from: number): Promise<void> {
    if (from > 0 && download.offset === from) {
      this.#resumes += 1;
      return;
    }
    if (download.offset !== 0) {
      throw new DownloadError(
        'broken',
        `${download.host} sent another part of ${this.#task.what} than was requested.`,
      );
    }
    if (from === 0) {
      this.#writer.etag = download.etag;
      return;
    }
    // The whole file again: of another version, or of a host that does not continue files.
    if (
      this.#writer.etag !== undefined &&
      download.etag !== undefined &&
      this.#writer.etag !== download.etag
    ) {
      await this.#writer.startOver();
    } else {
      this.#writer.dropWaiting();
    }
    this.#writer.etag = download.etag;
  }

  async #receive(download: Download): Promise<void> {
    const compare =
      download.offset === 0 && this.#writer.storedLength > 0
        ? new PartComparison(this.#writer.parts)
        : undefined;
    for await (const chunk of download.body) {
      let rest = chunk;
      if (compare && !compare.isDone) {
        const taken = compare.take(chunk);
        if (taken === undefined) throw new CutAgainError();
        rest = chunk.subarray(taken);
      }
      if (rest.length === 0) continue;
      this.#received += rest.length;
      this.#context.onBytes?.(rest.length);
      await this.#writer.add(rest);
    }
    if (compare && !compare.isDone) throw new CutAgainError(); // it is shorter than what is stored
  }

  async #finish(download: Download): Promise<TransferResult | undefined> {
    const { file, key, known } = this.#task;
    const { store } = this.#context;
    const bytes = this.#writer.length;
    if (bytes === 0 && file.size !== 0) {
      throw new DownloadError('broken', `${download.host} sent an empty body for ${this.#task.what}.`);
    }
    if (!(await this.#isWhole(download, bytes))) return undefined;

    const { sha256 } = this.#writer;
    const same = sha256 === undefined ? undefined : known.get(sha256);
    if (sha256 !== undefined && same?.bytes === bytes && same.version !== file.version) {
      await this.#writer.abort();
      return { state: 'same-as', sameAs: same.version, bytes, sha256 };
    }
    if (!(await this.#writer.complete())) return { state: 'taken' };
    // An earlier process stored the first parts: the hash of the whole is computed from the object.
    const whole = sha256 ?? (await hashOf(store, key, this.#signal)).sha256;
    return { state: 'held', ...this.#facts(download, bytes, whole) };
  }

  /**
   * Whether the file arrived whole: by its framing or its size, with the first bytes of its type. If not, it must arrive again with
   * the same bytes: an end that nothing proves, or another type than Zoom says, may be a fault of one response.
   */
  async #isWhole(download: Download, bytes: number): Promise<boolean> {
    const isFramed = await this.#isLengthProven(download, bytes);
    if (isFramed && this.#magic !== false) return true;
    const { sha256 } = this.#writer;
    if (sha256 !== undefined) {
      const times = (this.#unproven.get(sha256) ?? 0) + 1;
      if (times >= TIMES_IF_UNPROVEN) return true;
      this.#unproven.set(sha256, times);
    }
    await this.#writer.startOver();
    return false;
  }

  /**
   * Whether a body that ended is as long as its file. A proxy may end a chunked body early: if the size of the list is another one,
   * the host has to confirm the length.
   */
  async #isLengthProven({ framing, etag }: Download, bytes: number): Promise<boolean> {
    const { size } = this.#task.file;
    if (framing === 'length' || (framing === 'chunked' && bytes === size)) return true;
    if (etag !== undefined && (await this.#hasLength(etag, bytes))) return true;
    if (framing === 'chunked') return size === undefined;
    // A size that is wrong in one list may be that of a cut body: it is asked for once more.
    return bytes === size && (await this.#task.relist())?.size === bytes;
  }

  /** Whether the host says that the file of an ETag has so many bytes. */
  async #hasLength(etag: string, bytes: number): Promise<boolean> {
    const head = await this.#readHead().catch((error: unknown) => {
      if (error instanceof DownloadError) return undefined;
      throw error;
    });
    return head?.etag === etag && head.bytes === bytes;
  }

  get #magic(): boolean | undefined {
    const { start } = this.#writer;
    return start.length === 0 ? undefined : hasRightMagic(this.#task.file.fileType, start);
  }

  #facts(download: Download, bytes: number, sha256: string): Transferred {
    const { contentType, host, trackingId, fileName } = download;
    return {
      bytes,
      sha256,
      parts: this.#writer.parts,
      contentType,
      fileName,
      magic: this.#magic,
      host,
      trackingId,
      etag: download.etag,
      requests: this.#requests,
      resumes: this.#resumes,
    };
  }

  /** A result if the failure ends the transfer. */
  async #afterFailure(error: DownloadError, failures: number): Promise<TransferResult | undefined> {
    const mayBeOldUrl =
      error.failure === 'refused' || error.failure === 'missing' || error.failure === 'page';
    if (mayBeOldUrl && !this.#relisted) {
      this.#relisted = true;
      this.#url = (await this.#task.relist())?.downloadUrl ?? this.#url;
      return undefined;
    }
    const isLasting = mayBeOldUrl || error.failure === 'foreign';
    if (failures >= (isLasting ? MOST_REFUSALS_IN_A_ROW : MOST_FAILURES_IN_A_ROW)) {
      await this.#writer.untilStored().catch(() => undefined);
      return this.#failed(error);
    }
    return undefined;
  }

  #failed(error: DownloadError): TransferResult {
    return {
      state: 'failed',
      reason: this.#url === undefined ? 'no-url' : error.failure,
      message: messageOf(error),
      requests: this.#requests,
    };
  }

  async #relist(): Promise<boolean> {
    const fresh = await this.#task.relist();
    this.#url = fresh?.downloadUrl;
    return this.#url !== undefined;
  }

  async #pause(failures: number, retryAfterMs: number | undefined): Promise<void> {
    const { clock, random } = this.#context;
    const backoff = random() * Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
    await clock.sleep(Math.ceil(Math.min(retryAfterMs ?? 0, 60_000) + backoff), this.#signal);
  }
}

/** The SHA-256 and the size of a stored object, read in chunks. */
export const hashOf = async (
  store: Pick<FileStore, 'readFrom'>,
  key: string,
  signal: AbortSignal,
): Promise<{ sha256: string; bytes: number; start: Uint8Array }> => {
  const sum = createHash('sha256');
  let bytes = 0;
  let start = Buffer.alloc(0);
  for await (const chunk of store.readFrom(key)) {
    signal.throwIfAborted();
    if (start.length < MAGIC_BYTES)
      start = Buffer.concat([start, chunk.subarray(0, MAGIC_BYTES - start.length)]);
    sum.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: sum.digest('hex'), bytes, start };
};
