import pLimit from 'p-limit';
import { readJson } from '../collect/state/state-file.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { dayOfKey, sliceStateKey, streamPrefix } from '../contract/object-keys.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import type { Day } from '../model/day.ts';
import { type ContentSliceState, ContentSliceStateSchema } from './slice-state.ts';

const READ_CONCURRENCY = 16;

/** The states of every slice of a stream of content that was ever listed, by day, oldest first. Unreadable ones are left out. */
export const readContentStates = async (
  store: ObjectStore,
  source: string,
  stream: ContentStreamName,
): Promise<Map<Day, ContentSliceState>> => {
  const limit = pLimit(READ_CONCURRENCY);
  const stored = await store.list(streamPrefix('_state/slices', { source, stream }));
  const read = await Promise.all(
    stored.map(({ key }) =>
      limit(async () => {
        const day = dayOfKey(key);
        if (day === undefined || sliceStateKey({ source, stream, day }) !== key) return undefined;
        const state = await readJson(store, key, ContentSliceStateSchema);
        return state && ([day, state] as const);
      }),
    ),
  );
  return new Map(read.filter((entry) => entry !== undefined));
};
