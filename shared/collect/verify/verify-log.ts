import { formatCount } from '../../model/format-count.ts';
import { lineToListedRow } from '../../model/listed-row.ts';
import { byTimeThenCanonical, type IdentifiedRow, type RowDigest } from '../../model/raw-row.ts';
import type { AnySlice, Slice } from '../../model/slice.ts';
import { objectKey } from '../../contract/object-keys.ts';
import type { ObjectStore } from '../ports.ts';
import { type LogForm, type LoggedRow, type LoggedRows, RAW, toLogged } from '../log/slice-log.ts';
import type { Difference } from './verify-difference.ts';
import { unpackLines } from './verify-gzip.ts';

/** An object of a log as it was found. */
export interface FoundRawObject {
  readonly key: string;
  readonly sequence: number;
  readonly bytes: Buffer;
  /** Its rows, each with its occurrence in the log; undefined if they can't be read. Damaged lines are omitted. */
  readonly logged: LoggedRows | undefined;
  /** The line of each of those rows, from 1 on. */
  readonly lines: readonly number[];
  /** How many of its lines can't be read. */
  readonly damagedLines: number;
  readonly differences: readonly Difference[];
}

/**
 * Reads the log of a slice, one object at a time, and continues where a collector would stop: it reports missing and damaged
 * objects, and checks the rest. Does not use the manifest. `sequences` are the existing numbers, in order.
 */
export const readLogStrictly = (
  store: ObjectStore,
  slice: Slice,
  sequences: readonly number[],
): AsyncGenerator<FoundRawObject, void, undefined> => readLogStrictlyAs(RAW, store, slice, sequences);

/** The same for a log of another form. */
export async function* readLogStrictlyAs<SliceOfLog extends AnySlice>(
  form: LogForm<SliceOfLog>,
  store: ObjectStore,
  slice: SliceOfLog,
  sequences: readonly number[],
): AsyncGenerator<FoundRawObject, void, undefined> {
  const before = new Map<RowDigest, number>();
  let next = 0;
  for (const sequence of sequences) {
    const differences: Difference[] = [];
    if (sequence > next)
      differences.push(gapBefore(sequence, next, (missing) => objectKey(form.root, slice, missing)));
    next = sequence + 1;

    const key = objectKey(form.root, slice, sequence);
    const bytes = (await store.read(key)) ?? Buffer.alloc(0);
    const read = await readRows(key, slice, bytes, form);
    differences.push(...read.differences);
    const rows = read.rows?.map((row) => numbered(row, before));
    const logged = rows && { sequence, commitTime: read.commitTime, bytes: bytes.length, rows };
    yield { key, sequence, bytes, logged, lines: read.lines, damagedLines: read.damagedLines, differences };
  }
}

/** The gap in a sequence of numbered objects before number `sequence`, where `next` was expected. */
export const gapBefore = (
  sequence: number,
  next: number,
  keyOf: (sequence: number) => string,
): Difference => {
  const more = sequence - next - 1;
  const others = more === 1 ? ', and so is the next one' : `, and so are the next ${formatCount(more)}`;
  return {
    kind: 'sequence-gap',
    key: keyOf(next),
    message: `It is missing${more === 0 ? '' : others}, although ${keyOf(sequence)} exists: it was removed, or the later one was added by hand.`,
  };
};

/** Gives a row the number of its copy. */
const numbered = (row: IdentifiedRow, before: Map<RowDigest, number>): LoggedRow => {
  const occurrence = before.get(row.digest) ?? 0;
  before.set(row.digest, occurrence + 1);
  return toLogged(row, occurrence);
};

interface ReadRows {
  readonly rows: readonly IdentifiedRow[] | undefined;
  readonly lines: readonly number[];
  readonly damagedLines: number;
  readonly commitTime: Date;
  readonly differences: readonly Difference[];
}

const readRows = async <SliceOfLog extends AnySlice>(
  key: string,
  slice: SliceOfLog,
  bytes: Buffer,
  { root, identify }: LogForm<SliceOfLog>,
): Promise<ReadRows> => {
  const differences: Difference[] = [];
  const unpacked = await unpackLines(bytes);
  if (typeof unpacked === 'string') {
    const lost = root === 'raw' ? "Its projections can't be checked." : 'Its lines are unknown.';
    const message = `The ${root} object is damaged: ${unpacked}. ${lost}`;
    return {
      rows: undefined,
      lines: [],
      damagedLines: 0,
      commitTime: new Date(0),
      differences: [{ kind: 'damaged-object', key, message }],
    };
  }

  const rows: IdentifiedRow[] = [];
  const lines: number[] = [];
  for (const [index, text] of unpacked.lines.entries()) {
    const line = index + 1;
    const listed = lineToListedRow(text);
    if (typeof listed === 'string') {
      const message = `The line ${listed}.`;
      differences.push({ kind: 'damaged-object', key, line, message });
      continue;
    }
    const row = identify(slice, listed);
    if (listed.json !== text) {
      const message = "The row is not in the collector's form: it was edited.";
      differences.push({ kind: 'line-changed', key, line, message });
    }
    const previous = rows.at(-1);
    if (previous && byTimeThenCanonical(previous, row) > 0) {
      const message = 'Rows must be in order of time, but this one is after a later one: lines were swapped.';
      differences.push({ kind: 'line-moved', key, line, message });
    }
    rows.push(row);
    lines.push(line);
  }
  const damagedLines = unpacked.lines.length - rows.length;
  return { rows, lines, damagedLines, commitTime: unpacked.time, differences };
};
