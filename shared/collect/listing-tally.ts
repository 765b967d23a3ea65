import { createHash } from 'node:crypto';
import type { IdentifiedRow, RowDigest } from '../model/raw-row.ts';

/** A row that a listing proves and the log lacks: its copy number `occurrence` (0 for the first) of the slice. */
export interface FreshRow extends IdentifiedRow {
  readonly occurrence: number;
}

/** How often a row stands in the log. */
export type DeliveredCounts = (digest: RowDigest) => number;

/**
 * Counts the rows of one listing and says which of them are new. Rows have no id, and true twins exist, so copies are
 * counted; and while pages are read Zoom may insert rows, which pushes a row over a page edge and serves it twice. So a
 * listing proves as many copies of a row as stand in any one page, for one answer is consistent in itself; the sum over
 * pages it proves only if an earlier listing read the very same rows in the same order (`settle`).
 */
export class ListingTally {
  readonly #delivered: DeliveredCounts;
  /** Copies handed out as fresh, counted from the log's first. Beyond the log only until those are committed. */
  readonly #handedOut = new Map<RowDigest, number>();
  #total = new Map<RowDigest, number>();
  #order = createHash('sha256');
  #unproven = new Map<RowDigest, IdentifiedRow>();
  #pages = 0;
  #rowsInListing = 0;
  #rowsRead = 0;
  #pagesRead = 0;

  constructor(delivered: DeliveredCounts) {
    this.#delivered = delivered;
  }

  /** Takes in a page, and gives the rows it proves that neither the log has nor an earlier page gave. */
  addPage(index: number, rows: readonly IdentifiedRow[]): FreshRow[] {
    if (index === 0) this.#startOver();
    this.#pages += 1;
    this.#pagesRead += 1;
    this.#rowsInListing += rows.length;
    this.#rowsRead += rows.length;
    this.#order.update(rows.map(({ digest }) => digest).join(''));

    const fresh: FreshRow[] = [];
    const inPage = new Map<RowDigest, number>();
    for (const row of rows) {
      const copies = (inPage.get(row.digest) ?? 0) + 1;
      inPage.set(row.digest, copies);
      const total = (this.#total.get(row.digest) ?? 0) + 1;
      this.#total.set(row.digest, total);

      const known = this.#known(row.digest);
      if (copies > known) fresh.push(this.#handOut(row, known));
      else if (total > known) this.#unproven.set(row.digest, row);
    }
    return fresh;
  }

  /**
   * The copies that only the sum over pages shows. To be called at the end of a listing whose `order` an earlier one
   * had, which ended before this one began: then no row was inserted in between, or it would have shown.
   */
  settle(): FreshRow[] {
    const fresh: FreshRow[] = [];
    for (const [digest, row] of this.#unproven) {
      const total = this.#total.get(digest) ?? 0;
      for (let known = this.#known(digest); known < total; known += 1) fresh.push(this.#handOut(row, known));
    }
    return fresh;
  }

  /** A digest over the rows of this listing in the order they came. */
  get order(): string {
    return this.#order.copy().digest('hex');
  }

  /** Copies read beyond those proven: they may be true twins, or one row served twice. */
  get held(): number {
    let held = 0;
    for (const digest of this.#unproven.keys()) {
      held += Math.max(0, (this.#total.get(digest) ?? 0) - this.#known(digest));
    }
    return held;
  }

  /** How often this listing, if it was read to its end, has a row less often than the log. */
  vanished(inLog: Iterable<readonly [RowDigest, number]>): number {
    let vanished = 0;
    for (const [digest, delivered] of inLog) {
      vanished += Math.max(0, delivered - (this.#total.get(digest) ?? 0));
    }
    return vanished;
  }

  /** Pages of the listing so far. */
  get pages(): number {
    return this.#pages;
  }

  /** Rows of the listing so far. */
  get rows(): number {
    return this.#rowsInListing;
  }

  /** Every row that was read, those of a listing that broke off and began again included. */
  get rowsRead(): number {
    return this.#rowsRead;
  }

  /** Every page that was read, likewise. */
  get pagesRead(): number {
    return this.#pagesRead;
  }

  #known(digest: RowDigest): number {
    return Math.max(this.#delivered(digest), this.#handedOut.get(digest) ?? 0);
  }

  #handOut(row: IdentifiedRow, occurrence: number): FreshRow {
    this.#handedOut.set(row.digest, occurrence + 1);
    const { row: fields, digest, canonical, time } = row;
    return { row: fields, digest, canonical, time, occurrence };
  }

  /** A listing that broke off begins again from its first page: its proofs stand, its sums don't. */
  #startOver(): void {
    this.#total = new Map();
    this.#order = createHash('sha256');
    this.#unproven = new Map();
    this.#pages = 0;
    this.#rowsInListing = 0;
  }
}
