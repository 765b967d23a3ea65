import {
  certificatePrefix,
  filesPrefix,
  keyRoot,
  ledgerPrefix,
  slicePrefix,
  sourceOfKey,
} from '../../contract/object-keys.ts';
import type { ObjectStore } from '../../collect/ports.ts';
import { anySliceOfKey, FOREIGN, matches, type SliceFilter } from '../../collect/verify/store-inventory.ts';
import type { Difference } from '../../collect/verify/verify-difference.ts';
import { CONTENT_STREAM_NAMES, type ContentStreamName, isContentStream } from '../../model/content-stream.ts';
import { type ContentSlice, SourceNameSchema } from '../../model/slice.ts';

/** The content in a store, by only the names of its objects. */
export interface ContentInventory {
  /** In order of source, stream and day. */
  readonly slices: readonly ContentSlice[];
  /** Objects under the roots of content that belong to no slice of it, regardless of the selection. */
  readonly differences: readonly Difference[];
}

/** The roots that only content has: what is there belongs to one of its slices, or is foreign. */
const OWN_ROOTS = ['custody', 'files'] as const;

/** The roots that the logs have as well: foreign objects in them are named by the inventory of the logs. */
const SHARED_ROOTS = ['raw', 'flat', 'ocsf', 'ledger'] as const;

/** Lists the keys of the content in a store once. */
export const readContentInventory = async (
  store: ObjectStore,
  filter: SliceFilter<ContentStreamName>,
): Promise<ContentInventory> => {
  const slices = new Map<string, ContentSlice>();
  const differences: Difference[] = [];
  const add = (key: string): boolean => {
    const slice = contentSliceOf(key);
    if (slice && matches(slice, filter)) {
      slices.set(`${slice.source} ${slice.stream} ${slice.day}`, slice);
    }
    return slice !== undefined;
  };
  for (const root of SHARED_ROOTS) {
    for (const stream of CONTENT_STREAM_NAMES) {
      for (const { key } of await store.list(`${keyRoot(root)}${stream}/`)) add(key);
    }
  }
  for (const root of OWN_ROOTS) {
    for (const { key } of await store.list(`${root}/`)) {
      if (!add(key)) differences.push({ kind: 'foreign-object', key, message: FOREIGN });
    }
  }
  for (const { key } of await store.list(CERTIFICATES)) {
    if (!isCertificate(key)) differences.push({ kind: 'foreign-object', key, message: NO_CERTIFICATE });
  }
  return {
    slices: [...slices.keys()].sort().flatMap((label) => slices.get(label) ?? []),
    differences,
  };
};

/** The slice in a key, if its prefix is exactly that of one. */
const contentSliceOf = (key: string): ContentSlice | undefined => {
  const found = anySliceOfKey(key);
  if (!found || !isContentStream(found.stream)) return undefined;
  const slice = { ...found, stream: found.stream };
  const prefixes = [
    ...(['raw', 'custody', 'flat', 'ocsf'] as const).map((root) => slicePrefix(root, slice)),
    filesPrefix(slice),
    ledgerPrefix(slice),
  ];
  return prefixes.some((prefix) => key.startsWith(prefix)) ? slice : undefined;
};

const CERTIFICATES = 'certificates/';
const NO_CERTIFICATE = 'No certificate has such a name: it was added by hand.';

const isCertificate = (key: string): boolean => {
  const source = sourceOfKey(key) ?? '';
  const name = key.slice(certificatePrefix(source).length);
  return (
    SourceNameSchema.safeParse(source).success &&
    key.startsWith(certificatePrefix(source)) &&
    /^[A-Za-z0-9_-]{1,120}\.json$/.test(name)
  );
};
