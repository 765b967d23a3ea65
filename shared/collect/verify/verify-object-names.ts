import type { Slice } from '../../model/slice.ts';
import { isKeyOfSlice, type Kind, objectKey, sequenceOf, slicePrefix } from '../../contract/object-keys.ts';
import type { ObjectStore } from '../ports.ts';
import type { Format } from '../../normalize/index.ts';
import type { Difference } from './verify-difference.ts';
import { PROJECTED, type Projected } from './verify-projections.ts';

/** The numbers of a slice's objects by kind, in order. */
export type SliceNumbers = Readonly<Record<Kind, ReadonlySet<number>>>;

/** The objects in a slice's folders: ours by name, or foreign. */
export const listNumbers = async (
  store: ObjectStore,
  slice: Slice,
): Promise<{ numbers: SliceNumbers; differences: Difference[] }> => {
  const numbers = {
    raw: new Set<number>(),
    flat: new Set<number>(),
    ocsf: new Set<number>(),
    rejected: new Set<number>(),
  };
  const differences: Difference[] = [];
  for (const kind of ['raw', ...PROJECTED] as const) {
    for (const { key } of await store.list(slicePrefix(kind, slice))) {
      const sequence = isKeyOfSlice(kind, slice, key) ? sequenceOf(key) : undefined;
      if (sequence !== undefined) numbers[kind].add(sequence);
      else differences.push({ kind: 'foreign-object', key, message: FOREIGN_NAME });
    }
  }
  return { numbers, differences };
};

const FOREIGN_NAME = 'No object of its day has such a name: it was added by hand.';

/** Projections without a raw object. */
export const orphanedProjections = (numbers: SliceNumbers): Map<number, Projected[]> => {
  const orphaned = new Map<number, Projected[]>();
  for (const kind of PROJECTED) {
    for (const sequence of numbers[kind]) {
      if (!numbers.raw.has(sequence)) orphaned.set(sequence, [...(orphaned.get(sequence) ?? []), kind]);
    }
  }
  return orphaned;
};

/**
 * The likelier cause of projections without a raw object: the raw object was removed, if every format has one, or else they
 * were added.
 */
export const orphanedDifferences = (
  slice: Slice,
  sequence: number,
  kinds: readonly Projected[],
  formats: readonly Format[],
): Difference[] => {
  const keys = kinds.map((kind) => objectKey(kind, slice, sequence));
  if (formats.every((format) => kinds.includes(format))) {
    const message = `It is missing, although ${keys.join(' and ')} were made from it: it was removed.`;
    return [{ kind: 'missing-object', key: objectKey('raw', slice, sequence), message }];
  }
  const message = 'There is no raw object of the same name: it was added by hand.';
  return keys.map((key) => ({ kind: 'foreign-object', key, message }));
};
