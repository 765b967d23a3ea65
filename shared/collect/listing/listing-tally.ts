import { createHash, hash } from 'node:crypto';
import { detached } from '../../model/json-text.ts';
import type { IdentifiedRow, RowDigest } from '../../model/raw-row.ts';
import { DigestCounts } from '../log/digest-counts.ts';

/** A row that a listing proves and the log lacks: its copy number `occurrence` (0 for the first) of the slice. */
export interface FreshRow extends IdentifiedRow {
  readonly occurrence: number;
}

/** Committed rows are dropped from memory after this many: more than the rows that await their commit at a time. */
const MANY_HANDED_OUT = 50_000;

/** How often a row is in the log. */
export type DeliveredCounts = (digest: RowDigest) => number;

/**
 * Counts the rows of one listing and finds the new ones. Rows have no id, and true twins exist, so copies are counted. While
 * pages are read Zoom may insert rows, which moves a row over a page edge and serves it twice. So a listing proves as many copies
 * of a row as one page contains, because one response is consistent. It proves the sum over pages only if an earlier listing
 * read the same rows in the same order (`confirmCopies`).
 */
export class ListingTally {
  readonly #delivered: DeliveredCounts;
  readonly #manyHandedOut: number;
  /** Copies returned as new, counted from the first in the log. More than in the log only until they are committed. */
  readonly #handedOut = new Map<RowDigest, number>();
  #total = new DigestCounts();
  #order = createHash('sha256');
  #firstPage: string | undefined;
  #unproven = new Map<RowDigest, IdentifiedRow>();
  #pages = 0;
  #rowsInListing = 0;
  #rowsRead = 0;
  #pagesRead = 0;

  constructor(delivered: DeliveredCounts, manyHandedOut = MANY_HANDED_OUT) {
    this.#delivered = delivered;
    this.#manyHandedOut = manyHandedOut;
  }

  /** Adds a page, and returns the rows that it proves, without those of the log and those returned for earlier pages. */
  addPage(index: number, rows: readonly IdentifiedRow[]): FreshRow[] {
    if (index === 0) this.#startOver();
    if (this.#handedOut.size > this.#manyHandedOut) this.#forgetCommitted();
    this.#pages += 1;
    this.#pagesRead += 1;
    this.#rowsInListing += rows.length;
    this.#rowsRead += rows.length;
    this.#order.update(textOf(rows));
    if (index === 0) this.#firstPage = orderOf(rows);

    const fresh: FreshRow[] = [];
    const inPage = new Map<RowDigest, number>();
    for (const row of rows) {
      const copies = (inPage.get(row.digest) ?? 0) + 1;
      inPage.set(row.digest, copies);
      const total = this.#total.add(row.digest);

      const known = this.#known(row.digest);
      if (copies > known) fresh.push(this.#handOut(row, known));
      else if (total > known) this.#unproven.set(row.digest, { ...row, json: detached(row.json) });
    }
    return fresh;
  }

  /**
   * The copies that only the sum over pages proves. Call it at the end of a listing with the same `order` as an earlier one that
   * ended before this one began: then no row was inserted in between, because it would change the order.
   */
  confirmCopies(): FreshRow[] {
    const fresh: FreshRow[] = [];
    for (const [digest, row] of this.#unproven) {
      const total = this.#total.get(digest);
      for (let known = this.#known(digest); known < total; known += 1) fresh.push(this.#handOut(row, known));
    }
    return fresh;
  }

  /** A digest over the rows of this listing in their order. */
  get order(): string {
    return this.#order.copy().digest('hex');
  }

  /** The same over its first page: every row and copy of it is proven, and so in the log once it is committed. */
  get firstPage(): string | undefined {
    return this.#firstPage;
  }

  /** Copies read beyond those proven: they may be true twins, or one row served twice. */
  get held(): number {
    let held = 0;
    for (const digest of this.#unproven.keys()) {
      held += Math.max(0, this.#total.get(digest) - this.#known(digest));
    }
    return held;
  }

  /** The number of copies in the log that this listing, if it was read to its end, lacks. */
  vanished(inLog: DigestCounts): number {
    return inLog.excessOver(this.#total);
  }

  /** Pages of the listing so far. */
  get pages(): number {
    return this.#pages;
  }

  /** Rows of the listing so far. */
  get rows(): number {
    return this.#rowsInListing;
  }

  /** All rows that were read, including those of a listing that broke off and began again. */
  get rowsRead(): number {
    return this.#rowsRead;
  }

  /** All pages that were read, likewise. */
  get pagesRead(): number {
    return this.#pagesRead;
  }

  #known(digest: RowDigest): number {
    return Math.max(this.#delivered(digest), this.#handedOut.get(digest) ?? 0);
  }

  /** A copy of its text, because it outlives its page. */
  #handOut(row: IdentifiedRow, occurrence: number): FreshRow {
    this.#handedOut.set(row.digest, occurrence + 1);
    const { row: fields, repeatsName, digest, canonical, time } = row;
    return { row: fields, json: detached(row.json), repeatsName, digest, canonical, time, occurrence };
  }

  /** Rows that the log contains by now need no count here. */
  #forgetCommitted(): void {
    for (const [digest, copies] of this.#handedOut) {
      if (copies <= this.#delivered(digest)) this.#handedOut.delete(digest);
    }
  }

  /** A listing that broke off begins again from its first page: its proofs remain valid, its sums don't. */
  #startOver(): void {
    this.#total = new DigestCounts();
    this.#order = createHash('sha256');
    this.#unproven = new Map();
    this.#pages = 0;
    this.#rowsInListing = 0;
  }
}

const textOf = (rows: readonly IdentifiedRow[]): string => rows.map(({ digest }) => digest).join('');

/** A digest over rows in their order. */
export const orderOf = (rows: readonly IdentifiedRow[]): string => hash('sha256', textOf(rows), 'hex');
