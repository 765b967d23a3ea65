import type { ListedRow } from '../../model/listed-row.ts';
import type { StreamName } from '../../model/stream.ts';
import { unknownInRow } from '../../normalize/index.ts';

/** Many new names from Zoom must not fill our memory or log: limits on their number and length. */
const MOST = 20;
const MOST_LETTERS = 100;

/** The unknown names in the rows of a listing, each once, in order of arrival. */
export class UnknownNames {
  readonly #stream: StreamName;
  /** By its lower-case form: Zoom writes the same category sometimes with capitals and sometimes without. */
  readonly #categories = new Map<string, string>();
  readonly #fields = new Set<string>();

  constructor(stream: StreamName) {
    this.#stream = stream;
  }

  see(rows: readonly ListedRow[]): void {
    for (const { row } of rows) {
      const { category, fields } = unknownInRow(this.#stream, row);
      if (category !== undefined && this.#categories.size < MOST) {
        const name = legible(category);
        if (!this.#categories.has(name.toLowerCase())) this.#categories.set(name.toLowerCase(), name);
      }
      for (const field of fields) if (this.#fields.size < MOST) this.#fields.add(legible(field));
    }
  }

  get categories(): string[] {
    return [...this.#categories.values()];
  }

  get fields(): string[] {
    return [...this.#fields];
  }
}

/** Truncated, and without control and invisible characters. */
const legible = (name: string): string =>
  name.slice(0, MOST_LETTERS).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '·');
