import type { LoggedRows } from '../../collect/log/slice-log.ts';
import type { LedgerEntry } from '../../collect/ledger/ledger.ts';
import { type FileFigures, objectsOfLogIn } from '../../collect/verify/verify-ledger.ts';
import { RunningTotals, type Totals } from '../../collect/verify/verify-totals.ts';
import type { ContentSlice } from '../../model/slice.ts';
import { countFiles } from '../close-days.ts';
import type { CustodyRow } from '../custody-row.ts';
import { filesOf } from '../content-streams.ts';
import type { ListedFile } from '../listed-file.ts';
import { type FileItem, itemsOf } from '../slice-files.ts';

/**
 * Adds up both logs of a slice, object by object, so that each entry of its ledger can be compared with the logs as they were then.
 * An object that is lost or damaged makes the later figures unknown.
 */
export class SliceFigures {
  readonly #slice: ContentSlice;
  readonly #totals: RunningTotals;
  readonly #totalsAfter: Map<number, Totals>;
  readonly #wanted: ReadonlySet<number>;
  /** The files in each raw object, and the lines of each custody object, as long as no object is lost. */
  readonly #listed: ListedFile[][] = [];
  readonly #custody: CustodyRow[][] = [];
  /** All files and lines that can be read. */
  readonly #allListed: ListedFile[] = [];
  readonly #allCustody: CustodyRow[] = [];

  constructor(slice: ContentSlice, entries: readonly (LedgerEntry | undefined)[]) {
    this.#slice = slice;
    this.#totals = new RunningTotals(slice);
    this.#totalsAfter = new Map([[0, this.#totals.totals]]);
    this.#wanted = new Set(entries.flatMap((entry) => (entry ? [objectsOfLogIn(entry, 'raw')] : [])));
  }

  /** Adds a raw object. `isWhole` is false if some of its lines are damaged. */
  addRaw(sequence: number, logged: LoggedRows, isWhole: boolean): void {
    const files = logged.rows.flatMap(({ row }) => filesOf(this.#slice.stream, row));
    this.#allListed.push(...files);
    this.#totals.apply(logged);
    if (!isWhole || sequence !== this.#listed.length) return;
    this.#listed.push(files);
    const count = sequence + 1;
    if (this.#wanted.has(count)) this.#totalsAfter.set(count, this.#totals.totals);
  }

  /** Adds a custody object. */
  addCustody(sequence: number, rows: readonly CustodyRow[], isWhole: boolean): void {
    this.#allCustody.push(...rows);
    if (isWhole && sequence === this.#custody.length) this.#custody.push([...rows]);
  }

  get rows(): number {
    return this.#totals.rows;
  }

  /** The files, by everything that can be read. */
  items(): ReadonlyMap<string, FileItem> {
    return itemsOf(this.#allListed, this.#allCustody);
  }

  totalsAfter = (raw: number): Totals | undefined =>
    raw <= this.#listed.length ? this.#totalsAfter.get(raw) : undefined;

  filesAfter = (raw: number, custody: number): FileFigures | undefined =>
    raw <= this.#listed.length && custody <= this.#custody.length
      ? countFiles({
          items: itemsOf(this.#listed.slice(0, raw).flat(), this.#custody.slice(0, custody).flat()),
        })
      : undefined;
}
