import type { SourceConfig } from '../shared/model/source-config.ts';

/** Keys in the bucket. One that ends in a slash stands for all that begin with it. */
export interface SourceKeys {
  /** Got and listed, and not put. */
  readonly read?: readonly string[];
  /** Put once and never again: what was delivered, and what is fixed about the source. */
  readonly once: readonly string[];
  /** Put again and again: what the connector remembers, and what it publishes about itself. */
  readonly again: readonly string[];
}

/** What is put once of each day of a stream. */
const DELIVERED = ['raw', 'flat', 'ocsf', 'rejected', 'ledger'];

/** What is remembered of a stream. */
const REMEMBERED = ['_state/slices', '_state/runs', '_state/streams'];

/** Where a source's objects lie: all that its poller may touch. A test keeps it in step with shared/collect/object-keys.ts. */
export const sourceKeys = ({ name, streams }: Pick<SourceConfig, 'name' | 'streams'>): SourceKeys => {
  const perStream = (roots: readonly string[]): string[] =>
    roots.flatMap((root) => streams.map((stream) => `${root}/${stream}/source=${name}/`));
  return {
    once: [...perStream(DELIVERED), accountKey(name), auditPrefix(name), `_state/seen/source=${name}/`],
    again: [
      ...perStream(REMEMBERED),
      `_state/polling/source=${name}.json`,
      `_state/budget/source=${name}.json`,
      `_state/configuration/source=${name}.json`,
      `watermark/source=${name}.json`,
    ],
  };
};

/** What was done to a source, and by whom: the collector's own audit log. */
export const auditPrefix = (source: string): string => `audit/source=${source}/`;
/** What compacting the days of some sources touches. A test keeps it in step with shared/compact/curated-keys.ts. */
export const compactionKeys = (sources: readonly Pick<SourceConfig, 'name' | 'streams'>[]): SourceKeys => {
  const under = (root: string): string[] =>
    sources.flatMap(({ name, streams }) => streams.map((stream) => `${root}/${stream}/source=${name}/`));
  return { read: [...under('flat'), ...under('ledger')], once: under('curated'), again: [] };
};

/** What ties a source to its Zoom account: all that connecting it reads and writes of the bucket. */
export const accountKey = (source: string): string => `_state/sources/${source}.json`;
