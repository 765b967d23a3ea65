/** The natural and the minimum width of a column. */
export interface ColumnWidth {
  readonly natural: number;
  /** The minimum width. */
  readonly least: number;
  readonly weight: number;
  /** The lowest is dropped first; undefined: it is never dropped. */
  readonly keep: number | undefined;
}

/** Blanks between two columns. */
export const GAP = 2;

const sumOf = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width, 0);

const roomFor = (widths: readonly number[]): number => sumOf(widths) + GAP * Math.max(0, widths.length - 1);

/** The widths of columns within a terminal: columns are cut first, then dropped (undefined). */
export const fitColumns = (columns: readonly ColumnWidth[], available: number): (number | undefined)[] => {
  let kept = columns.map((column, index) => ({ ...column, index }));
  while (roomFor(kept.map(({ least }) => least)) > available && kept.length > 1) {
    const droppable = kept.filter(({ keep }) => keep !== undefined);
    if (droppable.length === 0) break;
    const lowest = Math.min(...droppable.map(({ keep = 0 }) => keep));
    const goes = droppable.findLast(({ keep }) => keep === lowest);
    kept = kept.filter((column) => column !== goes);
  }
  const widths = share(kept, available - GAP * (kept.length - 1));
  return columns.map((_, index) => widths[kept.findIndex((column) => column.index === index)]);
};

/** Gives each column its minimum, then distributes the rest by weight up to the natural widths. */
const share = (columns: readonly ColumnWidth[], available: number): number[] => {
  const widths = columns.map(({ least, natural }) => Math.min(least, natural));
  const naturals = columns.map(({ natural }) => natural);
  if (sumOf(naturals) <= available) return naturals;
  let left = available - sumOf(widths);
  if (left < 0) return squeeze(widths, -left);
  for (let before = -1; left > 0 && left !== before;) {
    before = left;
    for (const [index, { natural, weight }] of columns.entries()) {
      const width = widths[index] ?? 0;
      const more = Math.min(weight, natural - width, left);
      widths[index] = width + more;
      left -= more;
    }
  }
  return widths;
};

/** The minimums do not fit and no column may be dropped: shrinks the widest. */
const squeeze = (widths: readonly number[], over: number): number[] => {
  const squeezed = [...widths];
  for (let left = over; left > 0; left -= 1) {
    const widest = squeezed.indexOf(Math.max(...squeezed));
    squeezed[widest] = Math.max(1, (squeezed[widest] ?? 1) - 1);
  }
  return squeezed;
};
