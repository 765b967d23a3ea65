import { fileKey } from '../contract/object-keys.ts';
import { Claims, type ClaimedUpload } from './claims.ts';
import type { ContentContext } from './content-context.ts';
import { appendCustody, type CustodyRow } from './custody-row.ts';
import type { FetchTotals, FileSlice } from './fetch-report.ts';
import { nameFoundFiles } from './name-found-files.ts';
import { planTransfers } from './plan-transfers.ts';
import { CONTENT_STREAMS } from './content-streams.ts';
import type { ListedFile } from './listed-file.ts';
import { describeFile, relistFile } from './relist-file.ts';
import { type FileVersion, readSliceFiles, type SliceFiles } from './slice-files.ts';
import type { Download } from './ports.ts';
import { type KnownVersion, transferFile, type Transferred, type TransferResult } from './transfer.ts';
import { toCustodyRow } from './transfer-to-custody.ts';

/** Conclusions of a slice are committed when so many wait. */
const CUSTODY_BATCH = 16;

/** A version to transfer. */
interface NextVersion {
  readonly version: FileVersion;
  /** Its upload that an earlier collector began. */
  readonly open: ClaimedUpload | undefined;
  /** The response that its bytes are in. */
  readonly opened: Download | undefined;
}

/** A version that was listed just now. */
const newVersion = (file: ListedFile): FileVersion => ({
  file,
  held: undefined,
  failures: [],
  skipped: false,
  isRecovered: false,
  isReady: true,
});

/** The files of one slice while they are fetched. */
export class SliceFetch {
  readonly slice: FileSlice;
  /** The files to fetch, each with its versions. */
  readonly wanted: readonly FileVersion[][];
  isLeftToOthers = false;
  readonly #context: ContentContext;
  readonly #files: SliceFiles<FileSlice>;
  readonly #claims: Claims;
  readonly #totals: FetchTotals;
  /** The items that this collector has claimed with the upload of each, until their conclusions are committed. */
  readonly #claimed = new Map<string, ClaimedUpload | undefined>();
  /** Versions that this collector has stored, by item. */
  readonly #stored = new Map<string, Map<string, KnownVersion>>();
  /** Those of them that are concluded. */
  readonly #concluded = new Set<string>();
  #pending: CustodyRow[] = [];
  #flushing: Promise<void> = Promise.resolve();

  private constructor(
    context: ContentContext,
    claims: Claims,
    files: SliceFiles<FileSlice>,
    wanted: readonly FileVersion[],
    totals: FetchTotals,
  ) {
    this.#context = context;
    this.#files = files;
    this.slice = files.slice;
    this.wanted = [...Map.groupBy(wanted, ({ file }) => file.item).values()];
    this.#claims = claims;
    this.#totals = totals;
  }

  static async open(
    context: ContentContext,
    slice: FileSlice,
    totals: FetchTotals,
    isFirst: boolean,
    signal: AbortSignal,
  ): Promise<SliceFetch> {
    const claims = await Claims.open(context.store, slice, context.owner, context.clock);
    const found = await readSliceFiles(context.store, slice);
    const files = await nameFoundFiles(context, found, claims, signal);
    const { wanted, concluded, processing, skipped } = planTransfers(context, files);
    // A file that failed is not tried again in this run, though its slice is read again because of others.
    const untried = wanted.filter(({ file }) => !totals.hasFailed(file.version));
    const fetch = new SliceFetch(context, claims, files, untried, totals);
    fetch.#pending = concluded;
    if (isFirst) {
      totals.processing += processing;
      totals.skipped += skipped;
      const bytes = wanted.reduce((sum, { file }) => sum + (file.size ?? 0), 0);
      if (wanted.length > 0) context.observer.filesFound?.(wanted.length, bytes);
    }
    return fetch;
  }

  /** Fetches the versions of one file, one after the other: the second is often the first under another row. */
  async transfer(versions: readonly FileVersion[], signal: AbortSignal): Promise<void> {
    const [first] = versions;
    if (!first) return;
    const { item } = first.file;
    const claim = await this.#claims.take(item);
    if (claim === 'taken' || claim === 'stale') {
      this.isLeftToOthers = true;
      return;
    }
    this.#claimed.set(item, claim.upload);
    if (await this.#isStoredUnnamed(item)) {
      // A collector was killed after it stored a version. The next round writes its line, and then knows its bytes.
      this.isLeftToOthers = true;
      this.#concluded.add(item);
      return;
    }
    const done = new Set<string>();
    for (const version of versions) {
      let next: NextVersion | undefined = {
        version,
        open: claim.upload?.version === version.file.version ? claim.upload : undefined,
        opened: undefined,
      };
      while (next && !done.has(next.version.file.version)) {
        done.add(next.version.file.version);
        next = await this.#transferVersion(next, signal);
      }
      next?.opened?.discard();
    }
    this.#concluded.add(item);
    if (this.#pending.length >= CUSTODY_BATCH) await this.flush();
  }

  /** Whether a version of a file is stored that has no line of custody as far as this collector knows. */
  async #isStoredUnnamed(item: string): Promise<boolean> {
    for (const { file, held } of this.#files.items.get(item)?.versions ?? []) {
      const key = fileKey(this.slice, file.item, file.version, file.extension);
      if (held?.state !== 'held' && (await this.#context.store.sizeOf(key)) !== undefined) return true;
    }
    return false;
  }

  /** Transfers a version. Returns the one that replaced it, if its bytes came instead. */
  async #transferVersion(
    { version, open, opened }: NextVersion,
    signal: AbortSignal,
  ): Promise<NextVersion | undefined> {
    const { clock, observer } = this.#context;
    const { file } = version;
    const fresh = await this.#relistFirst(file, signal);
    const key = fileKey(this.slice, file.item, file.version, file.extension);
    const note = async (upload: ClaimedUpload | undefined): Promise<void> => {
      this.#claimed.set(file.item, upload);
      await this.#claims.renew(new Map([[file.item, upload]]));
    };
    const result = await transferFile(
      { ...this.#context, beforeRequest: undefined, onBytes: observer.bytesReceived },
      {
        file: { ...file, downloadUrl: fresh?.downloadUrl ?? file.downloadUrl },
        key,
        what: describeFile(this.slice, file),
        open,
        opened,
        known: this.#known(file.item),
        relist: () => relistFile(this.#context, this.slice, file, signal),
        onUpload: (upload) => note(upload && { ...upload, version: file.version }),
      },
      signal,
    );
    const digest = await this.#digestOf(file, fresh, result, signal);
    const row = toCustodyRow(result, { version, key, digest, now: clock.now() });
    if (row) this.#pending.push(row);
    if (result.state === 'held') this.#remember(file, result);
    if (result.state !== 'failed') this.#claimed.set(file.item, undefined);
    if (result.state === 'replaced') return this.#nextOf(result);
    if (result.state === 'taken') this.isLeftToOthers = true;
    this.#totals.add(this.slice, file, result, row);
    const bytes = 'bytes' in result ? result.bytes : 0;
    observer.fileDone?.({ day: this.slice.day, state: result.state, bytes });
    return undefined;
  }

  /** The version that replaced another one, to be read from the response that is open. Without one the next round fetches it. */
  #nextOf({ by, opened }: Extract<TransferResult, { state: 'replaced' }>): NextVersion | undefined {
    const isHeld = [...this.#known(by.item).values()].some(({ version }) => version === by.version);
    if (opened && !isHeld) return { version: newVersion(by), open: undefined, opened };
    opened?.discard();
    if (!isHeld) this.isLeftToOthers = true;
    return undefined;
  }

  /** The file with its present address and Zoom's checksum, where the list has no checksum. */
  async #relistFirst(file: ListedFile, signal: AbortSignal): Promise<ListedFile | undefined> {
    if (CONTENT_STREAMS[this.slice.stream].files?.isRelistedFirst !== true) return undefined;
    return relistFile(this.#context, this.slice, file, signal);
  }

  /** Zoom's checksum of a file. One that is not that of the bytes is asked for once more. */
  async #digestOf(
    file: ListedFile,
    fresh: ListedFile | undefined,
    result: TransferResult,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const digest = fresh?.digest;
    if (result.state !== 'held' || digest === undefined || digest === result.sha256) return digest;
    return (await this.#relistFirst(file, signal))?.digest ?? digest;
  }

  #remember({ item, version }: ListedFile, { sha256, bytes, etag }: Transferred): void {
    const versions = this.#stored.get(item) ?? new Map<string, KnownVersion>();
    this.#stored.set(item, versions.set(sha256, { version, bytes, etag }));
  }

  /** Renews the claims of files that are not concluded. */
  async renew(): Promise<void> {
    if (this.#claimed.size > 0) await this.#claims.renew(new Map(this.#claimed));
  }

  /** Commits the conclusions so far, then gives up their claims: another collector finds them in custody. */
  async flush(): Promise<void> {
    this.#flushing = this.#flushing.then(async () => {
      const rows = this.#pending;
      this.#pending = [];
      const released = new Map([...this.#concluded].map((item) => [item, this.#claimed.get(item)] as const));
      this.#concluded.clear();
      for (const item of released.keys()) this.#claimed.delete(item);
      await appendCustody(this.#files.custody, rows, () => this.#context.clock.now());
      if (rows.length > 0) await this.#files.custody.saveManifest();
      if (released.size > 0) await this.#claims.release(released);
    });
    return this.#flushing;
  }

  #known(item: string): Map<string, KnownVersion> {
    const versions = this.#files.items.get(item)?.versions ?? [];
    const held = versions.flatMap(({ file, held: line }) =>
      line?.state === 'held'
        ? [[line.sha256, { version: file.version, bytes: line.bytes, etag: line.source?.etag }] as const]
        : [],
    );
    return new Map([...held, ...(this.#stored.get(item) ?? [])]);
  }
}
