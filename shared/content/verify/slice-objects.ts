import type { ObjectStore } from '../../collect/ports.ts';
import type { Difference } from '../../collect/verify/verify-difference.ts';
import {
  fileKey,
  fileOfKey,
  filesPrefix,
  isKeyOfSlice,
  objectKey,
  sequenceOf,
  slicePrefix,
} from '../../contract/object-keys.ts';
import type { ContentSlice } from '../../model/slice.ts';

/** The objects of a slice of content, by only their names. */
export interface ContentObjects {
  /** The numbers of each kind, in order. */
  readonly raw: ReadonlySet<number>;
  readonly custody: ReadonlySet<number>;
  readonly flat: ReadonlySet<number>;
  readonly ocsf: ReadonlySet<number>;
  /** The keys of files whose names are ours. */
  readonly files: readonly string[];
  readonly differences: readonly Difference[];
}

/** The message about an object whose name the collector does not give. */
export const FOREIGN_NAME = 'No object of its day has such a name: it was added by hand.';

/** Lists the objects in a slice's folders: ours by name, or foreign. */
export const listContentObjects = async (
  store: ObjectStore,
  slice: ContentSlice,
): Promise<ContentObjects> => {
  const numbers = {
    raw: new Set<number>(),
    custody: new Set<number>(),
    flat: new Set<number>(),
    ocsf: new Set<number>(),
  };
  const differences: Difference[] = [];
  const foreign = (key: string): void =>
    void differences.push({ kind: 'foreign-object', key, message: FOREIGN_NAME });
  for (const root of ['raw', 'custody', 'flat', 'ocsf'] as const) {
    for (const { key } of await store.list(slicePrefix(root, slice))) {
      const sequence = isKeyOfSlice(root, slice, key) ? sequenceOf(key) : undefined;
      if (sequence === undefined) foreign(key);
      else numbers[root].add(sequence);
    }
  }
  const files: string[] = [];
  for (const { key } of await store.list(filesPrefix(slice))) {
    const file = fileOfKey(key);
    const isOurs = file !== undefined && fileKey(slice, file.item, file.version, file.extension) === key;
    if (isOurs) files.push(key);
    else foreign(key);
  }
  return { ...numbers, files, differences };
};

/** Flat objects without a raw object: the raw object was removed if later ones, or lines of the ledger, show that it was there. */
export const orphanedFlat = (slice: ContentSlice, { raw, flat }: ContentObjects): Difference[] => {
  const lastRaw = Math.max(-1, ...raw);
  return [...flat]
    .filter((sequence) => sequence > lastRaw)
    .map((sequence) => ({
      kind: 'missing-object',
      key: objectKey('raw', slice, sequence),
      message:
        `It is missing, although ${objectKey('flat', slice, sequence)} was made from it: it was removed. ` +
        'Restore it from a copy, or collect its day again while Zoom lists it.',
    }));
};
