import { dayOfKey, type LogRoot, streamPrefix } from '../contract/object-keys.ts';
import type { ObjectStore, StoredObject } from '../collect/ports.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import type { Day } from '../model/day.ts';
import type { ContentSlice } from '../model/slice.ts';
import { FILE_STREAMS } from './content-streams.ts';

/** The objects of a log of a stream, by day. */
export const objectsByDay = async (
  store: ObjectStore,
  root: LogRoot,
  stream: { readonly source: string; readonly stream: ContentStreamName },
): Promise<Map<Day, StoredObject[]>> => {
  const days = new Map<Day, StoredObject[]>();
  for (const object of await store.list(streamPrefix(root, stream))) {
    const day = dayOfKey(object.key);
    if (day !== undefined) days.set(day, [...(days.get(day) ?? []), object]);
  }
  return days;
};

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
