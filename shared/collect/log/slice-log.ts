import { latestEventTime } from '../../model/event-time.ts';
import {
  byTimeThenCanonical,
  type IdentifiedRow,
  identifyListed,
  isPlaced,
  type RowDigest,
} from '../../model/raw-row.ts';
import type { ListedRow } from '../../model/listed-row.ts';
import type { AnySlice, Slice } from '../../model/slice.ts';
import { CorruptObjectError } from '../../errors.ts';
import { DIGEST_BYTES, DigestCounts } from './digest-counts.ts';
import type { FreshRow } from '../listing/listing-tally.ts';
import type { LoggedObject } from './logged-object.ts';
import { readManifest, writeManifest } from './manifest.ts';
import { type LogRoot, objectKey, sequenceOf, slicePrefix } from '../../contract/object-keys.ts';
import type { ObjectDescription, ObjectStore, StoredObject } from '../ports.ts';
import { decodeRawObject, encodeRawObject } from './raw-object.ts';

/** A row of the log: its `json` is its line there. */
export type LoggedRow = FreshRow;

/** A logged object with its rows, as a projection needs it. */
export interface LoggedRows {
  readonly sequence: number;
  readonly commitTime: Date;
  /** The size of the stored object. */
  readonly bytes: number;
  readonly rows: readonly LoggedRow[];
}

/** Which of the two logs of a slice, and what identifies its rows. */
export interface LogForm<SliceOfLog extends AnySlice> {
  readonly root: LogRoot;
  readonly identify: (slice: SliceOfLog, row: ListedRow) => IdentifiedRow;
}

/** The log of what Zoom sent about a stream of the logs. */
export const RAW: LogForm<Slice> = {
  root: 'raw',
  identify: ({ stream }, row) => identifyListed(stream, row),
};

/** What is known before a log is opened. */
export interface LogOptions {
  /** The names of its objects, if the caller has just listed them. */
  readonly listed?: readonly StoredObject[] | undefined;
}

/**
 * The collected rows of a slice, in numbered objects. An object is committed by one
 * conditional put, so the log is the only checkpoint and nothing can disagree with it.
 */
export class SliceLog<SliceOfLog extends AnySlice = Slice> {
  readonly slice: SliceOfLog;
  readonly #form: LogForm<SliceOfLog>;
  readonly #store: ObjectStore;
  readonly #objects: LoggedObject[] = [];
  readonly #delivered = new DigestCounts();
  #cached = 0;

  private constructor(store: ObjectStore, slice: SliceOfLog, form: LogForm<SliceOfLog>) {
    this.#store = store;
    this.slice = slice;
    this.#form = form;
  }

  /**
   * Reads the log: the names, unless the caller has just listed them, and only the objects that differ from the manifest.
   * Throws CorruptObjectError for an object that can't be read or a gap in the sequence.
   */
  static open(store: ObjectStore, slice: Slice, options?: LogOptions): Promise<SliceLog> {
    return SliceLog.openAs(RAW, store, slice, options);
  }

  /** Opens a log of another form, as `open` does. */
  static async openAs<SliceOfLog extends AnySlice>(
    form: LogForm<SliceOfLog>,
    store: ObjectStore,
    slice: SliceOfLog,
    { listed }: LogOptions = {},
  ): Promise<SliceLog<SliceOfLog>> {
    const log = new SliceLog(store, slice, form);
    const [stored, manifest] = await Promise.all([
      listed ?? store.list(slicePrefix(form.root, slice)),
      readManifest(store, slice, form.root),
    ]);
    const unchanged = stored.findIndex(({ version }, index) => manifest[index]?.version !== version);
    const trusted = manifest.length > stored.length ? 0 : unchanged === -1 ? stored.length : unchanged;
    manifest.slice(0, trusted).forEach((object) => log.#apply(object));
    log.#cached = trusted;
    for (const { key, version } of stored.slice(trusted)) await log.#readNext(key, version);
    return log;
  }

  get objects(): readonly LoggedObject[] {
    return this.#objects;
  }

  get rows(): number {
    return this.#objects.reduce((sum, { rows }) => sum + rows, 0);
  }

  get rejected(): number {
    return this.#objects.reduce((rows, { rejected }) => rows + rejected, 0);
  }

  /** Rejected rows that were committed after the last row that could be parsed. */
  get unreadable(): number {
    const last = this.#objects.findLastIndex(({ rows, rejected }) => rejected < rows);
    return this.#objects.slice(last + 1).reduce((sum, { rejected }) => sum + rejected, 0);
  }

  /** The newest event time in the log, without times that were in the future when they were seen; empty if there is none. */
  get newest(): string {
    return this.#objects.reduce((newest, object) => (object.newest > newest ? object.newest : newest), '');
  }

  /** How often a row is in the log. */
  delivered = (digest: RowDigest): number => this.#delivered.get(digest);

  /** How often each row is in the log. */
  get counts(): DigestCounts {
    return this.#delivered;
  }

  /**
   * Commits rows as the next object and returns it, or undefined if the log contains all of them by now. If another collector
   * takes the number first (or an earlier attempt of ours whose response was lost), its object is read, and its rows are omitted
   * from ours.
   */
  async append(rows: readonly FreshRow[], now: () => Date): Promise<LoggedRows | undefined> {
    const sorted = [...rows].sort(byTimeThenCanonical);
    for (;;) {
      const missing = sorted.filter(({ digest, occurrence }) => occurrence >= this.delivered(digest));
      if (missing.length === 0) return undefined;

      const sequence = this.#objects.length;
      const commitTime = wholeSeconds(now());
      const body = await encodeRawObject(missing, commitTime);
      const created = await this.#store.create(
        objectKey(this.#form.root, this.slice, sequence),
        body,
        objectMetadata(
          this.#form.root,
          missing.map(({ time }) => time),
        ),
      );
      if (created) {
        this.#apply(this.#logged(sequence, created.version, missing, commitTime));
        return { sequence, commitTime, bytes: body.length, rows: missing };
      }
      await this.#catchUp();
    }
  }

  /** Reads one object back for its projection, with the occurrence of each of its rows in the slice. */
  async read(sequence: number): Promise<LoggedRows> {
    const key = objectKey(this.#form.root, this.slice, sequence);
    const { rows, commitTime, bytes } = await this.#decode(key);
    const counts = new DigestCounts();
    for (const { digests } of this.#objects.slice(0, sequence)) counts.addAll(digests);
    const numbered = rows.map((row) => toLogged(row, counts.add(row.digest) - 1));
    return { sequence, commitTime, bytes, rows: numbered };
  }

  /** Caches what was read for the next run. Nothing depends on it. */
  async saveManifest(): Promise<void> {
    if (this.#cached === this.#objects.length) return;
    await writeManifest(this.#store, this.slice, this.#objects, this.#form.root);
    this.#cached = this.#objects.length;
  }

  async #catchUp(): Promise<void> {
    const stored = await this.#store.list(slicePrefix(this.#form.root, this.slice));
    for (const { key, version } of stored.slice(this.#objects.length)) await this.#readNext(key, version);
  }

  async #readNext(key: string, version: string): Promise<void> {
    const sequence = this.#objects.length;
    if (sequenceOf(key) !== sequence) {
      const expected = objectKey(this.#form.root, this.slice, sequence);
      throw new CorruptObjectError(expected, `it is missing, although ${key} exists`);
    }
    const { rows, commitTime } = await this.#decode(key);
    this.#apply(this.#logged(sequence, version, rows, commitTime));
  }

  async #decode(key: string): Promise<{ rows: IdentifiedRow[]; commitTime: Date; bytes: number }> {
    const bytes = await this.#store.read(key);
    if (!bytes) throw new CorruptObjectError(key, 'it was listed, but is missing');
    const { rows, commitTime } = await decodeRawObject(key, bytes);
    return {
      rows: rows.map((row) => this.#form.identify(this.slice, row)),
      commitTime,
      bytes: bytes.length,
    };
  }

  #logged(sequence: number, version: string, rows: readonly IdentifiedRow[], commitTime: Date): LoggedObject {
    const latest = latestEventTime(commitTime);
    return {
      sequence,
      version,
      rows: rows.length,
      digests: bytesOf(rows),
      rejected: rows.filter((row) => !isPlaced(row)).length,
      newest: rows.findLast(({ time }) => time <= latest)?.time ?? '', // they are in order of time
    };
  }

  #apply(object: LoggedObject): void {
    this.#objects.push(object);
    this.#delivered.addAll(object.digests);
  }
}

/** A row as the copy number `occurrence` (0 for the first) of its slice. */
export const toLogged = (row: IdentifiedRow, occurrence: number): LoggedRow => ({ ...row, occurrence });

/** The digests of rows, one after the other. */
const bytesOf = (rows: readonly IdentifiedRow[]): Uint8Array => {
  const bytes = Buffer.allocUnsafe(rows.length * DIGEST_BYTES);
  rows.forEach(({ digest }, index) => bytes.write(digest, index * DIGEST_BYTES, 'hex'));
  return bytes;
};

/** Commit times are kept in whole seconds, the finest that a gzip header holds. */
const wholeSeconds = (instant: Date): Date => new Date(Math.floor(instant.getTime() / 1000) * 1000);

/** The metadata of an object, readable without opening it. `times` are event times, oldest first; an empty one is unknown. */
export const objectMetadata = (format: string, times: readonly string[]): ObjectDescription => {
  const known = times.filter((time) => time !== '');
  return {
    records: String(times.length),
    format,
    'schema-version': '1',
    ...(known.length > 0 && { 'first-event': known[0] ?? '', 'last-event': known.at(-1) ?? '' }),
  };
};
