import { glob, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackLines } from '../collect/verify/verify-gzip.ts';
import { CorruptObjectError } from '../errors.ts';
import { objectPattern, type TableFiles } from './duckdb-views.ts';

/** An object that was truncated before its first line is smaller: DuckDB reads it as one without lines. */
export const CUT_OFF_BYTES = 1024;

/**
 * Decompresses the objects of tables up to a size, under a folder. Throws CorruptObjectError, which names the object, for the
 * first that is damaged.
 */
export const assertUndamaged = async (
  root: string,
  tables: readonly TableFiles[],
  mostBytes: number,
): Promise<void> => {
  for (const { table, streams, since = '', sources, version } of tables) {
    for (const stream of streams) {
      for await (const key of glob(objectPattern(table, stream, version), { cwd: root })) {
        const { source = '', day = '' } = PARTITION.exec(key)?.groups ?? {};
        if (day < since || sources?.includes(source) === false) continue;
        const path = join(root, key);
        if ((await stat(path)).size > mostBytes) continue;
        const unpacked = await unpackLines(await readFile(path));
        if (typeof unpacked === 'string') throw new CorruptObjectError(key, unpacked);
      }
    }
  }
};

const PARTITION = /\/source=(?<source>[^/]+)\/dt=(?<day>[^/]+)\//;
