import { dayOfKey, streamPrefix } from '../contract/object-keys.ts';
import type { ObjectStore } from '../collect/ports.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import type { Day } from '../model/day.ts';
import type { ContentSlice } from '../model/slice.ts';
import { FILE_STREAMS } from './content-streams.ts';

/** The days of a stream of which rows are stored, oldest first. */
export const daysOf = async (
  store: ObjectStore,
  stream: { readonly source: string; readonly stream: ContentStreamName },
): Promise<Day[]> => {
  const objects = await store.list(streamPrefix('raw', stream));
  return [...new Set(objects.flatMap(({ key }) => dayOfKey(key) ?? []))].sort();
};

/** The slices of the streams with files of which rows are stored: stream by stream, the oldest day first. */
export const fileSlicesOf = async (store: ObjectStore, source: string): Promise<ContentSlice[]> => {
  const slices: ContentSlice[] = [];
  for (const stream of FILE_STREAMS) {
    for (const day of await daysOf(store, { source, stream })) slices.push({ source, stream, day });
  }
  return slices;
};
