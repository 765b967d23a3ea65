import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import { childArgument } from '../child.ts';
import { BENCH_DAY } from '../day.ts';
import { measure } from '../measured.ts';
import { askToken, readDay } from '../zoom/pages.ts';

/**
 * The floor: fetches and parses the same pages, and gzips the bytes that ours delivered, both in parallel, as ours does. The bytes
 * are in memory before the measurement, so its peak memory means nothing.
 */
const { folder } = childArgument() as { folder: string };
const compress = promisify(gzip);

const objects = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.json.gz'))
  .map((entry) => join(entry.parentPath, entry.name));
const texts: Buffer[] = [];
for (const path of objects) texts.push(await buffer(createReadStream(path).pipe(createGunzip())));

const compressAll = async (): Promise<void> => {
  for (let start = 0; start < texts.length; start += 3) {
    await Promise.all(texts.slice(start, start + 3).map((text) => compress(text)));
  }
};

await measure(async () => {
  const parsedRow = async (): Promise<number> => readDay(process.env, await askToken(process.env), BENCH_DAY);
  const [rows] = await Promise.all([parsedRow(), compressAll()]);
  return { rows };
});
