import type { BeforeRequest, Page, Reports } from '../../../shared/collect/ports.ts';
import { toListedRow } from '../../../shared/model/listed-row.ts';
import type { RawRow } from '../../../shared/model/raw-row.ts';
import type { Slice } from '../../../shared/model/slice.ts';

/**
 * An in-memory report of one slice: rows in the order Zoom lists them, served in pages over a live view, so that rows
 * inserted between two pages move others to the next page.
 */
export class ListedReports implements Reports {
  readonly rows: RawRow[];
  readonly #pageSize: number;
  /** Called after each page: and may insert rows or throw. */
  afterPage: (index: number) => void = () => undefined;

  constructor(rows: readonly RawRow[], pageSize: number) {
    this.rows = [...rows];
    this.#pageSize = pageSize;
  }

  async *pages(
    _slice: Slice,
    signal: AbortSignal,
    beforeRequest?: BeforeRequest,
  ): AsyncGenerator<Page, void, undefined> {
    for (let index = 0; ; index += 1) {
      await Promise.resolve(beforeRequest?.(() => signal.throwIfAborted()));
      signal.throwIfAborted();
      const start = index * this.#pageSize;
      const rows = this.rows.slice(start, start + this.#pageSize);
      const last = start + this.#pageSize >= this.rows.length;
      yield { index, rows: rows.map(toListedRow), last };
      this.afterPage(index);
      if (last) return;
    }
  }
}
