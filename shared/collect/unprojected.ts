import type { Format } from '../normalize/index.ts';
import {
  dayOfKey,
  keyInVersion,
  keyOfDelivered,
  objectKey,
  sequenceOf,
  streamPrefix,
} from '../contract/object-keys.ts';
import { listSources } from './state/pinned-account.ts';
import type { ObjectStore } from './ports.ts';
import type { Day } from '../model/day.ts';
import { STREAM_NAMES } from '../model/stream.ts';

/** Which raw objects are counted; default: all. */
export interface UnprojectedFilter {
  readonly sources?: readonly string[] | undefined;
  /** Only days from this one on. */
  readonly since?: Day | undefined;
  /** The label of a version that a replay wrote. Default: the delivered one. */
  readonly version?: string | undefined;
}

/**
 * How many raw objects have no object of a format, and so are invisible to readers of only that format: it was not
 * delivered, or it was removed. An object whose rows were all rejected has none and is not counted.
 */
export const countUnprojected = async (
  store: ObjectStore,
  format: Format,
  { sources, since, version }: UnprojectedFilter = {},
): Promise<number> => {
  let count = 0;
  for (const source of sources ?? (await listSources(store))) {
    for (const stream of STREAM_NAMES) {
      const [raw, projected, rejected] = await Promise.all(
        (['raw', format, 'rejected'] as const).map(async (kind) => {
          const label = kind === format ? version : undefined;
          const stored = await store.list(keyInVersion(streamPrefix(kind, { source, stream }), label));
          return new Set(stored.map(({ key }) => keyOfDelivered(key, label)));
        }),
      );
      for (const key of raw ?? []) {
        const [day, sequence] = [dayOfKey(key), sequenceOf(key)];
        if (day === undefined || sequence === undefined || (since !== undefined && day < since)) continue;
        const slice = { source, stream, day };
        const isThere = [format, 'rejected' as const].some((kind, index) =>
          [projected, rejected][index]?.has(objectKey(kind, slice, sequence)),
        );
        if (!isThere) count += 1;
      }
    }
  }
  return count;
};
