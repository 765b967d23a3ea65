import { ConfigurationError } from '../errors.ts';
import { fileKey, fileOfKey } from '../contract/object-keys.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import { type Day, dayOf, endOf } from '../model/day.ts';
import { HOUR_MS } from '../model/duration.ts';
import type { Slice } from '../model/slice.ts';
import { Claims, CLAIM_MS, type ClaimedUpload } from './claims.ts';
import type { ContentContext } from './content-context.ts';
import { appendCustody, type CustodyRow } from './custody-row.ts';
import { typeOfFile, hasRightMagic } from './file-type.ts';
import { fileOfRow, type ListedFile } from './recording-rows.ts';
import { RowRouter } from './row-router.ts';
import {
  type FileVersion,
  isGone,
  isTrashed,
  needsNoTransfer,
  NEVER_READY,
  readSliceFiles,
  type SliceFiles,
  versionsWithBytes,
} from './slice-files.ts';
import { readMeeting } from './streams/recordings.ts';
import {
  hashOf,
  type KnownVersion,
  transferFile,
  type Transferred,
  type TransferResult,
} from './transfer.ts';

/** Files that are transferred at the same time: Zoom states no limit for downloads (zoom-content-api: downloads). */
export const DEFAULT_TRANSFERS = 4;

/** Conclusions of a slice are committed when so many wait. */
const CUSTODY_BATCH = 16;

/** A file that failed on so many days is not tried again. */
const DAYS_UNTIL_FINAL = 3;

/** A recording that is not ready this long after its day never will be (university pages: 24 to 72 hours at busy times). */
const NEVER_READY_MS = 72 * HOUR_MS;

/** Whether the files of a day that are not ready by now never will be. */
export const isNeverReady = (day: Day, now: Date): boolean =>
  now.getTime() - endOf(day).getTime() >= NEVER_READY_MS;

/** How long a collector waits before it looks again at files that another one transfers. */
const LOOK_AGAIN_MS = 2000;

type FileSlice = Slice<ContentStreamName>;

/** The totals of fetching. */
export interface FetchReport {
  readonly held: number;
  readonly sameAs: number;
  readonly bytes: number;
  readonly failed: readonly FailedFile[];
  /** Files that are not ready at Zoom yet. */
  readonly processing: number;
  readonly skipped: number;
}

/** A file that could not be fetched in this run. */
export interface FailedFile {
  readonly slice: FileSlice;
  readonly file: ListedFile;
  readonly reason: string;
  readonly message: string;
  readonly final: boolean;
}

/**
 * Fetches every wanted file of some slices, in the order given, a few at a time. Files that another collector transfers are left
 * to it, and looked at again. A failure of a file does not stop the others: it is in the report and in custody. Throws what the store
 * throws, and ConfigurationError and RateLimitedError from the token, after the conclusions so far are committed.
 */
export const fetchFiles = async (
  context: ContentContext,
  slices: readonly FileSlice[],
  signal: AbortSignal,
  concurrency = DEFAULT_TRANSFERS,
): Promise<FetchReport> => {
  const totals = new Totals();
  let left = slices;
  for (let round = 0; left.length > 0; round += 1) {
    if (round > 0) await context.clock.sleep(LOOK_AGAIN_MS, signal);
    left = await fetchRound(context, left, totals, round, signal, concurrency);
  }
  return totals.report();
};

/** One pass over slices. Returns those of which another collector transfers files. */
const fetchRound = async (
  context: ContentContext,
  slices: readonly FileSlice[],
  totals: Totals,
  round: number,
  signal: AbortSignal,
  concurrency: number,
): Promise<readonly FileSlice[]> => {
  const left: FileSlice[] = [];
  const running = new Set<Promise<void>>();
  const stops: unknown[] = [];
  const opened: SliceFetch[] = [];
  const renewal = new AbortController();
  const renewing = renewClaims(context, opened, renewal.signal).catch((error: unknown) => {
    stops.push(error);
  });
  try {
    for (const slice of slices) {
      if (stops.length > 0 || signal.aborted) break;
      const fetch = await SliceFetch.open(context, slice, totals, round === 0, signal);
      opened.push(fetch);
      for (const versions of fetch.wanted) {
        if (stops.length > 0 || isAborted(signal)) break;
        const work = fetch.transfer(versions, signal).catch((error: unknown) => {
          stops.push(error);
        });
        running.add(work);
        void work.then(() => running.delete(work));
        if (running.size >= concurrency) await Promise.race(running);
      }
    }
  } finally {
    await Promise.all(running);
    renewal.abort();
    await renewing;
    for (const fetch of opened) await fetch.flush();
  }
  signal.throwIfAborted();
  if (stops.length > 0) throw stops[0] as Error;
  for (const fetch of opened) if (fetch.isLeftToOthers) left.push(fetch.slice);
  return left;
};

const renewClaims = async (
  { clock }: ContentContext,
  fetches: readonly SliceFetch[],
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    await clock.sleep(CLAIM_MS / 3, signal).catch(() => undefined);
    if (isAborted(signal)) return;
    for (const fetch of fetches) await fetch.renew();
  }
};

/** The files of one slice while they are fetched. */
class SliceFetch {
  readonly slice: FileSlice;
  /** The files to fetch, each with its versions. */
  readonly wanted: readonly FileVersion[][];
  isLeftToOthers = false;
  readonly #context: ContentContext;
  readonly #files: SliceFiles<FileSlice>;
  readonly #claims: Claims;
  readonly #totals: Totals;
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
    totals: Totals,
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
    totals: Totals,
    isFirst: boolean,
    signal: AbortSignal,
  ): Promise<SliceFetch> {
    const claims = await Claims.open(context.store, slice, context.owner, context.clock);
    const found = await readSliceFiles(context.store, slice);
    const files = await nameFoundFiles(context, found, claims, signal);
    const { wanted, concluded, processing, skipped } = plan(context, files);
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
    for (const version of versions) {
      const open = claim.upload?.version === version.file.version ? claim.upload : undefined;
      await this.#transferVersion(version, open, signal);
    }
    this.#concluded.add(item);
    if (this.#pending.length >= CUSTODY_BATCH) await this.flush();
  }

  async #transferVersion(
    version: FileVersion,
    open: ClaimedUpload | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { store, clock, observer } = this.#context;
    const { file } = version;
    const key = fileKey(this.slice, file.item, file.version, file.extension);
    // A collector that was killed may have stored it: the next round writes its line.
    if ((await store.sizeOf(key)) !== undefined) {
      this.isLeftToOthers = true;
      return;
    }
    const note = async (upload: ClaimedUpload | undefined): Promise<void> => {
      this.#claimed.set(file.item, upload);
      await this.#claims.renew(new Map([[file.item, upload]]));
    };
    const result = await transferFile(
      { ...this.#context, beforeRequest: undefined, onBytes: observer.bytesReceived },
      {
        file,
        key,
        what: this.#describe(file),
        open,
        known: this.#known(file.item),
        relist: () => this.#relist(file, signal),
        onUpload: (upload) => note(upload && { ...upload, version: file.version }),
      },
      signal,
    );
    const row = toCustodyRow(result, { version, key, now: clock.now() });
    if (row) this.#pending.push(row);
    if (result.state === 'held') this.#remember(file, result);
    if (result.state !== 'failed') this.#claimed.set(file.item, undefined);
    // Of a version that was replaced, the new one was listed meanwhile: the next round fetches it.
    if (result.state === 'taken' || result.state === 'replaced') this.isLeftToOthers = true;
    if (result.state === 'replaced') return;
    this.#totals.add(this.slice, file, result, row);
    const bytes = 'bytes' in result ? result.bytes : 0;
    observer.fileDone?.({ day: this.slice.day, state: result.state, bytes });
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

  /** The present row of a file. What else its meeting has by now is committed as well. */
  async #relist(file: ListedFile, signal: AbortSignal): Promise<ListedFile | undefined> {
    const { slice } = this;
    const routed = await readMeeting(this.#context, file.uuid, slice.day, signal).catch((error: unknown) => {
      // An app without the scope for single meetings keeps the address of the list.
      if (error instanceof ConfigurationError && error.scope === 'stream') return undefined;
      throw error;
    });
    if (!routed) return undefined;
    const router = new RowRouter(this.#context, slice.stream);
    await router.add(routed);
    await router.flush();
    return routed.map(({ row }) => fileOfRow(row.row)).find((found) => found?.item === file.item);
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

  #describe({ fileType, topic }: ListedFile): string {
    const of = topic === '' ? 'a recording' : `the recording "${topic.slice(0, 60)}"`;
    return `the ${fileType || 'file'} of ${of} of ${this.slice.day} (source ${this.slice.source})`;
  }
}

/** What is to be fetched of a slice, and what can be concluded without a request. */
const plan = (
  { choice, clock }: ContentContext,
  { slice, items }: SliceFiles<FileSlice>,
): { wanted: FileVersion[]; concluded: CustodyRow[]; processing: number; skipped: number } => {
  const now = clock.now();
  const at = now.toISOString();
  const wanted: FileVersion[] = [];
  const concluded: CustodyRow[] = [];
  let [processing, skipped] = [0, 0];
  for (const item of items.values()) {
    // Every version that was listed is tried: which of them Zoom has by now shows when it is asked for.
    for (const version of versionsWithBytes(item)) {
      const { file } = version;
      // A type that was skipped by an earlier run is fetched once it is chosen.
      const isChosen = choice.types.includes(typeOfFile(file.fileType));
      const isSkipped = version.skipped && !version.held;
      if (isSkipped && !isChosen) skipped += 1;
      if ((isSkipped && !isChosen) || needsNoTransfer({ ...version, skipped: false })) continue;
      if (!version.isReady) {
        if (!isNeverReady(slice.day, now)) {
          processing += 1;
          continue;
        }
        // Of a recording in progress the type is not known yet.
        if (!isChosen && file.fileType !== '') {
          skipped += 1;
          concluded.push(skippedRow(file, at));
          continue;
        }
        concluded.push({
          state: 'failed',
          at,
          item: file.item,
          version: file.version,
          zoom: zoomOf(file),
          reason: NEVER_READY,
          message: 'Zoom has not finished this file within 72 hours of its day.',
          final: true,
          day: dayOf(now),
          requests: 0,
        });
        continue;
      }
      if (!isChosen) {
        skipped += 1;
        concluded.push(skippedRow(file, at));
        continue;
      }
      if (isGone(item) && !file.trashed) continue;
      wanted.push(version);
    }
  }
  return { wanted, concluded, processing, skipped };
};

const skippedRow = (file: ListedFile, at: string): CustodyRow => ({
  state: 'skipped',
  at,
  item: file.item,
  version: file.version,
  zoom: zoomOf(file),
  reason: 'type-not-chosen',
});

/** Writes the lines about files that a killed collector stored, each with the hash of the stored bytes. */
const nameFoundFiles = async (
  { store, clock }: ContentContext,
  files: SliceFiles<FileSlice>,
  claims: Claims,
  signal: AbortSignal,
): Promise<SliceFiles<FileSlice>> => {
  const rows: CustodyRow[] = [];
  for (const key of files.unnamed) {
    const { item = '', version = '' } = fileOfKey(key) ?? {};
    const listed = files.items.get(item)?.versions.find(({ file }) => file.version === version);
    // A file without a row is reported by verify; one of a collector at work gets its line from that.
    if (!listed || claims.isWithOther(item)) continue;
    const { sha256, bytes, start } = await hashOf(store, key, signal);
    const magic = hasRightMagic(listed.file.fileType, start);
    rows.push({
      state: 'held',
      at: clock.now().toISOString(),
      item,
      version,
      zoom: zoomOf(listed.file, bytes),
      key,
      bytes,
      sha256,
      ...(magic !== undefined && { magic: magic ? 'fits' : 'differs' }),
      requests: 0,
      resumed: 0,
      found: true,
    });
  }
  if (rows.length === 0) return files;
  await appendCustody(files.custody, rows, () => clock.now());
  return readSliceFiles(store, files.slice);
};

interface RowSubject {
  readonly version: FileVersion;
  readonly key: string;
  readonly now: Date;
}

/** The custody row of a transfer; undefined if another collector writes it. */
const toCustodyRow = (result: TransferResult, { version, key, now }: RowSubject): CustodyRow | undefined => {
  const { file, failures, isRecovered } = version;
  const common = { at: now.toISOString(), item: file.item, version: file.version };
  switch (result.state) {
    case 'taken':
      return undefined;
    case 'replaced':
      return {
        state: 'failed',
        ...common,
        zoom: zoomOf(file),
        reason: 'replaced',
        message: 'Zoom replaced this version before it could be fetched.',
        final: true,
        day: dayOf(now),
        requests: result.requests,
      };
    case 'failed': {
      const today = dayOf(now);
      const counted = failures.filter(({ trashed }) => !(isRecovered && trashed === true));
      const days = new Set<Day>([...counted.map(({ day }) => day), today]);
      const isInTrash = isTrashed(version);
      const isRefusal = ['refused', 'missing', 'page', 'no-url'].includes(result.reason);
      return {
        state: 'failed',
        ...common,
        zoom: zoomOf(file),
        reason: result.reason,
        message: result.message,
        final: (isInTrash && isRefusal) || days.size >= DAYS_UNTIL_FINAL,
        ...(isInTrash && { trashed: true }),
        day: today,
        requests: result.requests,
      };
    }
    case 'same-as':
      return {
        state: 'same-as',
        ...common,
        zoom: zoomOf(file, result.bytes),
        same_as: result.sameAs,
        sha256: result.sha256,
        bytes: result.bytes,
      };
    case 'held': {
      const { parts, contentType, fileName, magic, host, trackingId, etag } = result;
      return {
        state: 'held',
        ...common,
        zoom: zoomOf(file, result.bytes),
        key,
        bytes: result.bytes,
        sha256: result.sha256,
        ...(parts.length > 0 && { parts: [...parts] }),
        ...(contentType !== '' && { content_type: contentType }),
        ...(fileName !== undefined && { file_name: fileName }),
        ...(magic !== undefined && { magic: magic ? 'fits' : 'differs' }),
        source: {
          host,
          ...(trackingId !== undefined && { tracking_id: trackingId }),
          ...(etag !== undefined && { etag }),
        },
        requests: result.requests,
        resumed: result.resumes,
      };
    }
  }
};

/** What Zoom said of a file, with whether its size was right. */
export const zoomOf = (file: ListedFile, bytes?: number): CustodyRow['zoom'] => ({
  uuid: file.uuid,
  ...(file.fileId !== undefined && { file_id: file.fileId }),
  file_type: file.fileType,
  ...(file.size !== undefined && { file_size: file.size }),
  ...(bytes !== undefined && file.size !== undefined && { differs: bytes !== file.size }),
});

class Totals {
  processing = 0;
  skipped = 0;
  #held = 0;
  #sameAs = 0;
  #bytes = 0;
  readonly #failed: FailedFile[] = [];
  readonly #failedVersions = new Set<string>();

  hasFailed(version: string): boolean {
    return this.#failedVersions.has(version);
  }

  add(
    slice: FileSlice,
    file: ListedFile,
    result: Exclude<TransferResult, { state: 'replaced' }>,
    row: CustodyRow | undefined,
  ): void {
    if (result.state === 'held') this.#held += 1;
    if (result.state === 'same-as') this.#sameAs += 1;
    if ('bytes' in result) this.#bytes += result.bytes;
    if (result.state === 'failed') {
      const { reason, message } = result;
      this.#failedVersions.add(file.version);
      this.#failed.push({ slice, file, reason, message, final: row?.state === 'failed' && row.final });
    }
  }

  report(): FetchReport {
    return {
      held: this.#held,
      sameAs: this.#sameAs,
      bytes: this.#bytes,
      failed: this.#failed,
      processing: this.processing,
      skipped: this.skipped,
    };
  }
}

/** Whether the run was stopped, possibly during a wait. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;
