import type { Colour } from '../colorize.ts';

/** One column of the records that a command prints, whichever way they are printed. */
export interface Column<T> {
  /** Its name in CSV, Markdown and vertical output. */
  readonly name: string;
  /** Its heading in a table. */
  readonly title: string;
  /** What a person reads. It may come from outside: it is escaped where it is printed. */
  readonly text: (record: T) => string;
  /** What CSV has, where that is not the text. */
  readonly value?: (record: T) => string | number;
  /** Title and text where a table is wider than the terminal. */
  readonly brief?: { readonly title?: string; readonly text?: (record: T) => string };
  /** It may be cut to so many columns of the terminal, and no further; left out, it is never cut. */
  readonly least?: number;
  /** Of the last column: it goes on in so many lines at most, instead of being cut in the first. Default: 1. */
  readonly lines?: number;
  /** What it gets of the space that is left, compared with other columns that were cut. Default: 1. */
  readonly weight?: number;
  /** Where a terminal is too narrow, the column with the lowest number goes first; left out, it stays. */
  readonly keep?: number;
  readonly align?: 'right';
  readonly colour?: (record: T) => Colour | undefined;
}
