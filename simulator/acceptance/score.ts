import { findRow, type RowKey } from './identity.ts';

/** The number of copies of each row. */
export type RowCounts = ReadonlyMap<RowKey, number>;

export interface Tally {
  /** Rows that Zoom showed. */
  readonly reported: number;
  /** Delivered lines with a row of Zoom, including repeats. */
  readonly delivered: number;
  /** Rows, twins counted each, that were never delivered. */
  readonly lost: number;
  /** Lines that deliver a row more often than Zoom had it. */
  readonly repeated: number;
  /** Lines with a row that Zoom did not have. */
  readonly invented: number;
  /** Lines without a row. */
  readonly otherLines: number;
}

/** The rows themselves, for an investigation. */
export interface Differences {
  readonly lost: readonly RowKey[];
  readonly repeated: readonly RowKey[];
  readonly invented: readonly string[];
}

/** The maximum number of kept invented lines. All are counted. */
const INVENTED_KEPT = 100;

/** Compares the rows that Zoom showed with the delivered lines. Both are multisets, because twins are real events. */
export const score = async (
  shown: readonly RowKey[],
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<Tally & { readonly differences: Differences }> => {
  const reported = countsOf(shown);
  const known = new Set(reported.keys());
  const delivered = new Map<RowKey, number>();
  const counted = { row: 0, invented: 0, other: 0 };
  const invented: string[] = [];
  for await (const line of lines) {
    const found = findRow(line, known);
    counted[found.kind] += 1;
    if (found.kind === 'row') delivered.set(found.key, (delivered.get(found.key) ?? 0) + 1);
    if (found.kind === 'invented' && invented.length < INVENTED_KEPT) invented.push(line);
  }
  const differences = {
    lost: missing(reported, delivered),
    repeated: missing(delivered, reported),
    invented,
  };
  return {
    reported: shown.length,
    delivered: counted.row,
    lost: differences.lost.length,
    repeated: differences.repeated.length,
    invented: counted.invented,
    otherLines: counted.other,
    differences,
  };
};

const countsOf = (keys: readonly RowKey[]): RowCounts => {
  const counts = new Map<RowKey, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

/** The copies in `all` that `some` lacks. */
const missing = (all: RowCounts, some: RowCounts): RowKey[] =>
  [...all].flatMap(([key, count]) => Array<RowKey>(Math.max(0, count - (some.get(key) ?? 0))).fill(key));
