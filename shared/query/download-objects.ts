import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import pLimit from 'p-limit';
import { isKeyOfSlice, keyInVersion, keyOfDelivered, slicePrefix } from '../contract/object-keys.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { pathOfKey } from '../local/path-of-key.ts';
import type { Day } from '../model/day.ts';
import type { AnyStreamName } from '../model/stream.ts';
import type { QueryTable } from './content-tables.ts';

/** The objects that a query needs. */
export interface ObjectSelection {
  readonly folders: readonly { readonly format: QueryTable['format']; readonly stream: AnyStreamName }[];
  readonly sources: readonly string[];
  readonly days: readonly Day[];
  /** The label of a version that a replay wrote. Default: the delivered one. */
  readonly version?: string | undefined;
}

/** Concurrent listings and downloads; the client opens at most some fifty connections. */
const CONCURRENCY = 32;

/**
 * Copies the selected objects into a folder, under their keys. Reads only keys of our form: anyone who can write to the bucket
 * can choose others.
 */
export const downloadObjects = async (
  store: ObjectStore,
  { folders, sources, days, version }: ObjectSelection,
  root: string,
  signal: AbortSignal,
): Promise<void> => {
  const limit = pLimit(CONCURRENCY);
  const slices = folders.flatMap(({ format, stream }) =>
    sources.flatMap((source) => days.map((day) => ({ format, slice: { source, stream, day } }))),
  );
  const listed = await limit.map(slices, async ({ format, slice }) => {
    signal.throwIfAborted();
    const stored = await store.list(keyInVersion(slicePrefix(format, slice), version));
    return stored.filter(({ key }) => isKeyOfSlice(format, slice, keyOfDelivered(key, version)));
  });
  await limit.map(listed.flat(), async ({ key }) => {
    signal.throwIfAborted();
    const path = pathOfKey(root, key);
    const body = path === undefined ? undefined : await store.read(key);
    if (path === undefined || !body) return;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, body, { flag: 'wx', mode: 0o600 });
  });
};
