import { zstdCompressSync } from 'node:zlib';
import { ByteWriter, parquetWriteRows } from 'hyparquet-writer';
import type { FlatEvent } from '../normalize/index.ts';
import { columnsToParquet } from './columns-to-parquet.ts';
import { type CuratedTable, REVISION } from './curated-tables.ts';
import { eventToRow } from './event-to-row.ts';

/** Bounds the memory for a day of any size: only the rows of one group are kept. */
const ROWS_IN_GROUP = 20_000;

/** Readers skip row groups by these statistics, so a time must not be truncated. */
const STATISTICS_BYTES = '2026-11-18T14:02:11.000Z'.length;

/** A Parquet file, and the number of its events. */
export interface EncodedDay {
  readonly bytes: Uint8Array;
  readonly events: number;
}

/**
 * Encodes events, in the given order, as one Parquet file. Node includes zstd, and Athena and DuckDB read it. The same
 * events always give the same bytes.
 */
export const encodeDay = async (
  events: AsyncIterable<FlatEvent>,
  { columns }: CuratedTable,
  revision: number,
): Promise<EncodedDay> => {
  const writer = new ByteWriter();
  let count = 0;
  async function* rows(): AsyncGenerator<Record<string, unknown>> {
    for await (const event of events) {
      count += 1;
      yield eventToRow({ ...event, [REVISION]: revision }, columns);
    }
  }
  await parquetWriteRows({
    writer,
    rows: rows(),
    columns: Object.keys(columns).map((name) => ({ name })),
    schema: columnsToParquet(columns),
    codec: 'ZSTD',
    compressors: { ZSTD: (bytes) => zstdCompressSync(bytes) },
    rowGroupSize: ROWS_IN_GROUP,
    statisticsTruncateLength: STATISTICS_BYTES,
    createdBy: 'zoom-log-source',
  });
  return { bytes: writer.getBytes(), events: count };
};
