import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pLimit from 'p-limit';
import type { ObjectStore } from '../collect/ports.ts';
import type { Day } from '../model/day.ts';
import type { StreamName } from '../model/stream.ts';
import type { Format } from '../normalize/index.ts';

/** Which objects a question needs. */
export interface Wanted {
  readonly folders: readonly { readonly format: Format; readonly stream: StreamName }[];
  readonly sources: readonly string[];
  readonly days: readonly Day[];
}

/** Listings and objects asked for at once; the client opens no more connections than some fifty. */
const AT_ONCE = 32;

/** Brings the objects that are wanted, and no other, into a folder, by their keys. */
export const bringObjects = async (
  store: ObjectStore,
  { folders, sources, days }: Wanted,
  root: string,
  signal: AbortSignal,
): Promise<void> => {
  const limit = pLimit(AT_ONCE);
  const prefixes = folders.flatMap(({ format, stream }) =>
    sources.flatMap((source) => days.map((day) => `${format}/${stream}/source=${source}/dt=${day}/`)),
  );
  const listed = await limit.map(prefixes, (prefix) => {
    signal.throwIfAborted();
    return store.list(prefix);
  });
  await limit.map(listed.flat(), async ({ key }) => {
    signal.throwIfAborted();
    const body = await store.read(key);
    if (!body) return;
    await mkdir(dirname(join(root, key)), { recursive: true });
    await writeFile(join(root, key), body);
  });
};
