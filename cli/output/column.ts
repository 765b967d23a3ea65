import type { Colour } from '../colorize.ts';

/** One column of printed records, in any format. */
export interface Column<T> {
  /** Its name in CSV, Markdown and vertical output. */
  readonly name: string;
  /** Its heading in a table. */
  readonly title: string;
  /** The text of a cell. It may be untrusted: it is escaped when printed. */
  readonly text: (record: T) => string;
  /** The CSV value, if not the text. */
  readonly value?: (record: T) => string | number;
  /** Title and text for a table wider than the terminal. */
  readonly brief?: { readonly title?: string; readonly text?: (record: T) => string };
  /** The minimum width to which a cell may be cut; undefined: it is never cut. */
  readonly least?: number;
  /** For the last column: the maximum number of lines to wrap to. Default: 1. */
  readonly lines?: number;
  /** The share of the remaining space, relative to other cut columns. Default: 1. */
  readonly weight?: number;
  /** On a narrow terminal, the column with the lowest number is dropped first; undefined: it is never dropped. */
  readonly keep?: number;
  readonly align?: 'right';
  readonly colour?: (record: T) => Colour | undefined;
}
