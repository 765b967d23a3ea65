import {
  auditPrefix,
  budgetKey,
  configurationKey,
  curatedStreamPrefix,
  pollingKey,
  seenPrefix,
  sourceKey,
  streamPrefix,
  type StreamRoot,
  watermarkKey,
} from '../shared/contract/object-keys.ts';
import type { SourceConfig } from '../shared/model/source-config.ts';

/** Keys in the bucket. One that ends in a slash stands for all that begin with it. */
export interface SourceKeys {
  /** Read and listed, never written. */
  readonly read?: readonly string[];
  /** Created once, never replaced: delivered objects, and the fixed properties of the source. */
  readonly once: readonly string[];
  /** Replaced: the state of the connector, and what it publishes about itself. */
  readonly again: readonly string[];
}

/** Created once for each day of a stream. */
const DELIVERED = ['raw', 'flat', 'ocsf', 'rejected', 'ledger'] as const;

/** State of each stream. */
const REMEMBERED = ['_state/slices', '_state/runs', '_state/streams'] as const;

/** Every key that the poller of a source may access. */
export const sourceKeys = ({ name, streams }: Pick<SourceConfig, 'name' | 'streams'>): SourceKeys => {
  const perStream = (roots: readonly StreamRoot[]): string[] =>
    roots.flatMap((root) => streams.map((stream) => streamPrefix(root, { source: name, stream })));
  return {
    once: [...perStream(DELIVERED), sourceKey(name), auditPrefix(name), seenPrefix(name)],
    again: [
      ...perStream(REMEMBERED),
      pollingKey(name),
      budgetKey(name),
      configurationKey(name),
      watermarkKey(name),
    ],
  };
};

/** The keys that compaction of some sources accesses. */
export const compactionKeys = (sources: readonly Pick<SourceConfig, 'name' | 'streams'>[]): SourceKeys => {
  const streams = sources.flatMap(({ name, streams: own }) =>
    own.map((stream) => ({ source: name, stream })),
  );
  return {
    read: (['flat', 'ledger'] as const).flatMap((root) =>
      streams.map((stream) => streamPrefix(root, stream)),
    ),
    once: streams.map(curatedStreamPrefix),
    again: [],
  };
};
