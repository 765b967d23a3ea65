import { knownSources } from '../collect/known-sources.ts';
import { readLastRun } from '../collect/state/last-run.ts';
import type { ObjectStore } from '../collect/ports.ts';
import type { Expectations } from '../health/observations.ts';
import { STREAM_NAMES, type StreamName } from '../model/stream.ts';
import { readSourceHealth, type SourceHealth } from './source-health.ts';
import type { PollerLogs } from './ports.ts';

/** A poller on a local machine has no known log. */
const NO_LOGS: PollerLogs = { lastFailure: () => Promise.resolve(undefined) };

/** Assesses every stream of a store that was ever polled. Manual collections are not expected to continue. */
export const readStoreHealth = async (
  store: ObjectStore,
  expected: Expectations,
  now: Date,
): Promise<SourceHealth[]> => {
  const readers = { store, pollerLogs: NO_LOGS, onLogUnavailable: () => undefined };
  const found = (await knownSources(store)).map(async (source) => {
    const streams = await polledStreams(store, source);
    if (streams.length === 0) return [];
    return [await readSourceHealth(readers, { source, streams, watchedSince: now }, expected, now)];
  });
  return (await Promise.all(found)).flat();
};

const polledStreams = async (store: ObjectStore, source: string): Promise<StreamName[]> => {
  const runs = await Promise.all(STREAM_NAMES.map((stream) => readLastRun(store, source, stream)));
  return STREAM_NAMES.filter((_, index) => runs[index]?.polling);
};
