import pLimit from 'p-limit';
import * as z from 'zod';
import type { Day } from '../../model/day.ts';
import type { StreamName } from '../../model/stream.ts';
import { dayOfKey, sliceStateKey, statesKey, streamPrefix } from '../../contract/object-keys.ts';
import type { ObjectStore } from '../ports.ts';
import { type SliceState, SliceStateSchema } from './slice-state.ts';
import { readJson, writeJson } from './state-file.ts';

const READ_CONCURRENCY = 16;

const CachedStatesSchema = z.array(
  z.object({ key: z.string(), version: z.string(), state: SliceStateSchema }),
);

/**
 * The states of every slice of a stream, by day. There is one file per slice, so that collectors don't overwrite each other's. A
 * copy of all of them is kept with the version of each, so that a run reads only those that changed since the last one.
 */
export const readSliceStates = async (
  store: ObjectStore,
  source: string,
  stream: StreamName,
): Promise<Map<Day, SliceState>> => {
  const { entries, changed } = await readEntries(store, source, stream);
  if (changed) await writeJson(store, statesKey({ source, stream }), entries);
  return byDay(entries);
};

/** The same for read-only callers: the copy is left unchanged. */
export const readSliceStatesCached = async (
  store: ObjectStore,
  source: string,
  stream: StreamName,
): Promise<Map<Day, SliceState>> => byDay((await readEntries(store, source, stream)).entries);

type CachedState = z.infer<typeof CachedStatesSchema>[number];

const readEntries = async (
  store: ObjectStore,
  source: string,
  stream: StreamName,
): Promise<{ entries: CachedState[]; changed: boolean }> => {
  const [stored, cached = []] = await Promise.all([
    store.list(streamPrefix('_state/slices', { source, stream })),
    readJson(store, statesKey({ source, stream }), CachedStatesSchema),
  ]);
  const known = new Map(cached.map((entry) => [entry.key, entry]));
  const limit = pLimit(READ_CONCURRENCY);
  const current = await Promise.all(
    stored
      .filter(({ key }) => isStateKey(key, source, stream))
      .map(({ key, version }) =>
        limit(async () => {
          const entry = known.get(key);
          if (entry?.version === version) return entry;
          const state = await readJson(store, key, SliceStateSchema);
          return state && { key, version, state };
        }),
      ),
  );
  const entries = current.filter((entry) => entry !== undefined);
  const changed = entries.length !== cached.length || entries.some((entry) => known.get(entry.key) !== entry);
  return { entries, changed };
};

const isStateKey = (key: string, source: string, stream: StreamName): boolean => {
  const day = dayOfKey(key);
  return day !== undefined && sliceStateKey({ source, stream, day }) === key;
};

const byDay = (entries: readonly CachedState[]): Map<Day, SliceState> =>
  new Map(
    entries.flatMap(({ key, state }) => {
      const day = dayOfKey(key);
      return day ? [[day, state] as const] : [];
    }),
  );
