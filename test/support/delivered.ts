import { gunzipSync } from 'node:zlib';
import type { ObjectStore } from '../../shared/collect/ports.ts';

/** The lines of every object under a prefix, in key order. */
export const linesUnder = async (store: ObjectStore, prefix: string): Promise<unknown[]> => {
  const objects = await store.list(prefix);
  const texts = await Promise.all(
    objects.map(async ({ key }) => gunzipSync((await store.read(key)) ?? Buffer.alloc(0)).toString('utf8')),
  );
  return texts.flatMap((text) => text.split('\n').slice(0, -1)).map((line): unknown => JSON.parse(line));
};

/** A multiset of rows: how often each is in a list, for any order of rows and fields. */
export const multiset = (rows: Iterable<unknown>): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const key = stable(row);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
};

const stable = (row: unknown): string =>
  typeof row === 'object' && row !== null && !Array.isArray(row)
    ? JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))
    : JSON.stringify(row);

/** The sequence numbers of the keys under a prefix, by their folder. */
export const sequencesUnder = async (store: ObjectStore, prefix: string): Promise<Map<string, number[]>> => {
  const keys = (await store.list(prefix)).map(({ key }) => key);
  return new Map(
    [...Map.groupBy(keys, (key) => key.slice(0, key.lastIndexOf('/')))].map(([folder, ofFolder]) => [
      folder,
      ofFolder.map((key) => Number(/_(\d{6})\.json\.gz$/.exec(key)?.[1])),
    ]),
  );
};
