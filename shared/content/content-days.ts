import { dayOfKey, streamPrefix } from '../contract/object-keys.ts';
import type { ObjectStore } from '../collect/ports.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import type { Day } from '../model/day.ts';

/** The days of a stream of which rows are stored, oldest first. */
export const daysOf = async (
  store: ObjectStore,
  stream: { readonly source: string; readonly stream: ContentStreamName },
): Promise<Day[]> => {
  const objects = await store.list(streamPrefix('raw', stream));
  return [...new Set(objects.flatMap(({ key }) => dayOfKey(key) ?? []))].sort();
};
