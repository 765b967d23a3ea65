import type { Day } from '../../model/day.ts';
import { AnySliceSchema, type AnySlice, type Slice, SliceSchema } from '../../model/slice.ts';
import { isContentStream } from '../../model/content-stream.ts';
import type { AnyStreamName, StreamName } from '../../model/stream.ts';
import { FORMATS, type Format } from '../../normalize/index.ts';
import type { ObjectStore } from '../ports.ts';
import type { Difference } from './verify-difference.ts';

/** The selected slices. */
export interface SliceFilter<Stream extends AnyStreamName = StreamName> {
  readonly sources?: readonly string[] | undefined;
  readonly streams?: readonly Stream[] | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

/** Whether a slice is selected. */
export const matches = <Stream extends AnyStreamName>(
  { source, stream, day }: Slice<Stream>,
  { sources, streams, from, to }: SliceFilter<Stream>,
): boolean =>
  (sources?.includes(source) ?? true) &&
  (streams?.includes(stream) ?? true) &&
  (from === undefined || day >= from) &&
  (to === undefined || day <= to);

/** The contents of the logs in a store, by only the names of its objects. */
export interface StoreInventory {
  /** In order of source, stream and day. */
  readonly slices: readonly Slice[];
  /** The formats that a source has anywhere. */
  readonly formatsOf: ReadonlyMap<string, readonly Format[]>;
  /** Objects that belong to no slice, regardless of the selection. */
  readonly differences: readonly Difference[];
}

/** Every key root with objects of slices. */
const ROOTS = ['raw', ...FORMATS, 'rejected', 'ledger'] as const;

/** Lists the keys of a store once, one root at a time. */
export const readStoreInventory = async (
  store: ObjectStore,
  filter: SliceFilter,
): Promise<StoreInventory> => {
  const slices = new Map<string, Slice>();
  const formats = new Map<string, Set<Format>>();
  const differences: Difference[] = [];
  for (const root of ROOTS) {
    for (const { key } of await store.list(`${root}/`)) {
      const slice = sliceOfKey(key);
      if (!slice) {
        // Content has its own check, in shared/content/verify.
        const isOfContent = OF_CONTENT.has(root) && isContentStream(anySliceOfKey(key)?.stream ?? '');
        if (!isOfContent) differences.push({ kind: 'foreign-object', key, message: FOREIGN });
        continue;
      }
      const format = FORMATS.find((one) => one === root);
      const ofSource = formats.get(slice.source) ?? new Set();
      if (format) formats.set(slice.source, ofSource.add(format));
      if (matches(slice, filter)) slices.set(`${slice.source} ${slice.stream} ${slice.day}`, slice);
    }
  }
  return {
    slices: [...slices.keys()].sort().flatMap((label) => slices.get(label) ?? []),
    formatsOf: new Map([...formats].map(([source, found]) => [source, [...found]])),
    differences,
  };
};

/** The roots that content has as well. */
const OF_CONTENT: ReadonlySet<string> = new Set(['raw', 'flat', 'ocsf', 'ledger']);

/** The message about an object outside of all slices. */
export const FOREIGN = 'It belongs to no stream, source and day of the store: it was added by hand.';

const PARTITION = /^[a-z]+\/(?<stream>[^/]+)\/source=(?<source>[^/]+)\/dt=(?<day>[^/]+)\//;

const sliceOfKey = (key: string): Slice | undefined =>
  SliceSchema.safeParse(PARTITION.exec(key)?.groups).data;

/** The slice of either kind in a key; undefined if it names none. */
export const anySliceOfKey = (key: string): AnySlice | undefined =>
  AnySliceSchema.safeParse(PARTITION.exec(key)?.groups).data;
