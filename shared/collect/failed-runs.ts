import { STREAM_NAMES, type StreamName } from '../model/stream.ts';
import { knownSources } from './known-sources.ts';
import { type LastRun, readLastRun } from './state/last-run.ts';
import { streamPrefix } from '../contract/object-keys.ts';
import type { ObjectStore } from './ports.ts';
import { readRunRecord, type RunRecord } from './run-record.ts';

/** The runs of a source that stored nothing. */
export interface FailedRuns {
  readonly source: string;
  readonly streams: readonly { readonly stream: StreamName; readonly lastRun: LastRun }[];
  /** The last run, if it left no record of its end. */
  readonly unfinished: RunRecord | undefined;
}

/**
 * The runs of a store, or of one source in it, if all of them failed before anything was stored; undefined if there are events, or
 * there was no run.
 */
export const onlyFailedRuns = async (
  store: ObjectStore,
  only?: string,
): Promise<FailedRuns[] | undefined> => {
  const failed: FailedRuns[] = [];
  for (const source of only === undefined ? await knownSources(store) : [only]) {
    const record = await readRunRecord(store, source);
    const unfinished = record?.endedAt === undefined ? record : undefined;
    const streams: { stream: StreamName; lastRun: LastRun }[] = [];
    for (const stream of STREAM_NAMES) {
      const lastRun = await readLastRun(store, source, stream);
      if (lastRun && (!lastRun.error || lastRun.slices > 0)) return undefined;
      if ((await store.list(streamPrefix('raw', { source, stream }))).length > 0) return undefined;
      if (lastRun) streams.push({ stream, lastRun });
    }
    if (streams.length > 0 || unfinished) failed.push({ source, streams, unfinished });
  }
  return failed.length === 0 ? undefined : failed;
};
