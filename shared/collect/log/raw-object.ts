import { CorruptObjectError } from '../../errors.ts';
import { lineToListedRow, type ListedRow } from '../../model/listed-row.ts';
import { GzipLines, memberTime } from './gzip-lines.ts';
import { gunzipped } from './gunzip.ts';

/** Rows as a raw object, in the order given, one per line. Their JSON has no line breaks. */
export const encodeRawObject = async (
  rows: readonly { readonly json: string }[],
  commitTime: Date,
): Promise<Buffer> => {
  const lines = new GzipLines();
  for (const { json } of rows) {
    const compressing = lines.add(`${json}\n`);
    if (compressing) await compressing;
  }
  return lines.end(commitTime);
};

export interface RawObject {
  readonly rows: readonly ListedRow[];
  /** When the object was committed: the `ingest_time` of its events. Whole seconds. */
  readonly commitTime: Date;
}

/** Reads a raw object back. Throws CorruptObjectError, which names `key`, if the bytes were changed. */
export const decodeRawObject = async (key: string, bytes: Buffer): Promise<RawObject> => {
  const text = await gunzipped(bytes).then(
    (plain) => plain.toString('utf8'),
    (cause: unknown) => {
      throw new CorruptObjectError(key, 'it cannot be decompressed', { cause });
    },
  );
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new CorruptObjectError(key, 'its last line is incomplete');
  const rows = lines.map((line, index): ListedRow => {
    const row = lineToListedRow(line);
    if (typeof row === 'string') throw new CorruptObjectError(key, `line ${index + 1} ${row}`);
    return row;
  });
  return { rows, commitTime: memberTime(bytes) };
};
