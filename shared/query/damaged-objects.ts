import { glob, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackLines } from '../collect/verify/verify-gzip.ts';
import { CorruptObjectError } from '../errors.ts';
import { objectPattern, type TableFiles } from './duckdb-views.ts';

/** An object that was cut off before its first line is smaller: DuckDB takes it for one without lines. */
export const CUT_OFF_BYTES = 1024;

/**
 * Unpacks the objects of tables that are at most so many bytes long, under a folder. Throws CorruptObjectError, which names the
 * object, for the first that is damaged.
 */
export const assertUndamaged = async (
  root: string,
  tables: readonly TableFiles[],
  mostBytes: number,
): Promise<void> => {
  for (const { table, streams, since = '', sources } of tables) {
    for (const stream of streams) {
      for await (const key of glob(objectPattern(table, stream), { cwd: root })) {
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
