import type { Reports } from '../collect/ports.ts';
import { type EventFilter, readEvents, type StoredEvent } from '../collect/read-events.ts';
import { replayDays, type ReplayOptions, type ReplayReport } from '../collect/replay-days.ts';
import { readSourceFiles } from '../collect/state/pinned-account.ts';
import { readSliceState } from '../collect/state/slice-state.ts';
import { readStatus, type StreamStatus } from '../collect/stream-status.ts';
import {
  verifyAgainstZoom,
  type ZoomComparison,
  type ZoomComparisonOptions,
} from '../collect/verify/verify-against-zoom.ts';
import { verifyStore, type VerifyOptions, type VerifyReport } from '../collect/verify/verify-store.ts';
import type { FileStore } from '../content/ports.ts';
import { type ContentStreamStatus, readContentStatus } from '../content/content-status.ts';
import { type ContentProof, verifyContent } from '../content/verify/verify-content.ts';
import type { Expectations } from '../health/observations.ts';
import { isContentStream } from '../model/content-stream.ts';
import type { Slice } from '../model/slice.ts';
import { DEFAULT_LOOKBACK_DAYS } from '../model/source-config.ts';
import { type AnyStreamName, STREAM_NAMES } from '../model/stream.ts';
import type { SourceHealth } from '../monitor/source-health.ts';
import { readStoreHealth } from '../monitor/store-health.ts';

export { type FailedRuns, onlyFailedRuns } from '../collect/failed-runs.ts';
export { hasSource, knownSources } from '../collect/known-sources.ts';
export { countUnprojected, type UnprojectedFilter } from '../collect/unprojected.ts';
export { lookbackFor } from '../collect/state/lateness.ts';
export { ReplayLabelSchema, type ReplayReport } from '../collect/replay-days.ts';
export type { ZoomComparison } from '../collect/verify/verify-against-zoom.ts';
export { type Difference, isNote } from '../collect/verify/verify-difference.ts';
export type { StreamProof, VerifyReport } from '../collect/verify/verify-store.ts';
export type { ContentProof, ContentStreamStatus };
export type { SourceHealth, StoredEvent, StreamStatus };

/** What is verified of logs and content. */
export interface ArchiveVerifyOptions extends Omit<VerifyOptions, 'streams'> {
  readonly streams?: readonly AnyStreamName[] | undefined;
  /** Whether to read the bytes of every file of content. */
  readonly readsFiles?: boolean | undefined;
}

/** The logs and the content that were verified, and every difference. */
export interface ArchiveVerifyReport extends VerifyReport {
  readonly content: readonly ContentProof[];
}

/** Reads what was delivered to a store. Only the comparison with Zoom calls Zoom. */
export interface Archive {
  status(now: Date, lookbackDays?: number): Promise<StreamStatus[]>;
  /** The status of the streams of content that were ever collected, or failed to be. */
  contentStatus(now: Date): Promise<ContentStreamStatus[]>;
  /** The health of the polled sources. A source that was only collected by hand has no expectations. */
  health(expected: Expectations, now: Date): Promise<SourceHealth[]>;
  /** Keys of files in the place of source files that name no valid source: they are not used. */
  foreignSources(): Promise<readonly string[]>;
  events(filter: EventFilter): AsyncIterable<StoredEvent>;
  /** The given slices that were not read whole since an instant. */
  unreadSince(slices: readonly Slice[], since: Date): Promise<Slice[]>;
  /** Recomputes everything from only the objects. */
  verify(options: ArchiveVerifyOptions): Promise<ArchiveVerifyReport>;
  /** Compares what is stored with what Zoom still lists. */
  compareWithZoom(reports: Reports, options: ZoomComparisonOptions): Promise<ZoomComparison>;
  /** Projects days again, into a new version beside the old one. */
  replay(options: ReplayOptions): Promise<ReplayReport>;
}

/** The archive in a folder or bucket. */
export const createArchive = (store: FileStore): Archive => ({
  status: (now, lookbackDays = DEFAULT_LOOKBACK_DAYS) => readStatus(store, now, lookbackDays),
  contentStatus: (now) => readContentStatus(store, now),
  health: (expected, now) => readStoreHealth(store, expected, now),
  foreignSources: async () => (await readSourceFiles(store)).foreign,
  events: (filter) => readEvents(store, filter),
  unreadSince: async (slices, since) => {
    const states = await Promise.all(slices.map((slice) => readSliceState(store, slice)));
    return slices.filter((_, index) => {
      const endedAt = states[index]?.lastWhole?.endedAt;
      return endedAt === undefined || new Date(endedAt) < since;
    });
  },
  verify: async ({ streams, readsFiles = false, ...options }) => {
    const logs = streams?.filter((stream) => !isContentStream(stream)) ?? STREAM_NAMES;
    const verified = await verifyStore(store, { ...options, streams: logs });
    const content = await verifyContent(store, {
      ...options,
      streams: streams?.filter(isContentStream),
      readsFiles,
    });
    return {
      streams: verified.streams,
      content: content.streams,
      differences: [...verified.differences, ...content.differences],
    };
  },
  compareWithZoom: (reports, options) => verifyAgainstZoom(store, reports, options),
  replay: (options) => replayDays(store, options),
});
