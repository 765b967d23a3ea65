import { gunzipSync } from 'node:zlib';
import { GzipLines, memberTime } from '../../shared/collect/log/gzip-lines.ts';
import type { MemoryStore } from './doubles/memory-store.ts';

/** The bytes of an object that is there. */
export const bytesOf = async (store: MemoryStore, key: string): Promise<Buffer> => {
  const bytes = await store.read(key);
  if (!bytes) throw new Error(`${key} is not there`);
  return bytes;
};

/** The lines of an object, without their ends. */
export const linesOf = async (store: MemoryStore, key: string): Promise<string[]> =>
  gunzipSync(await bytesOf(store, key))
    .toString('utf8')
    .split('\n')
    .slice(0, -1);

/** Lines packed as the collector packs them. */
export const pack = async (lines: readonly string[], time: Date): Promise<Buffer> => {
  const member = new GzipLines();
  for (const line of lines) await member.add(`${line}\n`);
  return member.end(time);
};

/** Edits an object as a careful attacker would: changed lines, valid packing, the same time. */
export const editLines = async (
  store: MemoryStore,
  key: string,
  edit: (lines: string[]) => string[],
): Promise<void> => {
  const time = memberTime(await bytesOf(store, key));
  await store.replace(key, await pack(edit(await linesOf(store, key)), time));
};
