import { RunAudit } from '../audit/run-audit.ts';
import { type BackfillProgress, backfillProgress } from '../collect/backfill.ts';
import { closeDays, type ClosingNotice } from '../collect/ledger/close-days.ts';
import type { Collector } from '../collect/collect-slice.ts';
import {
  type AdmissionControl,
  type CollectedSlices,
  collectSlices,
  type NotParsedStream,
  type RunObserver,
  type RunReport,
  type UnreadableStream,
} from '../collect/collect-slices.ts';
import { DailyBudget, rateLimitedUntilError } from '../collect/state/daily-budget.ts';
import { writeLastRun } from '../collect/state/last-run.ts';
import { pinAccount, readSourceFiles } from '../collect/state/pinned-account.ts';
import { mergePlans, planStream, type PlannedListing, yieldsToLiveDays } from '../collect/plan.ts';
import { markBackfilled, pollingSince, readPollingSince } from '../collect/state/polling-since.ts';
import type { Clock, ObjectStore, Reports } from '../collect/ports.ts';
import type { Mapping } from '../collect/log/projection.ts';
import { type EventFilter, readEvents, type StoredEvent } from '../collect/read-events.ts';
import { replayDays, type ReplayOptions, type ReplayReport } from '../collect/replay-days.ts';
import { limitsFor, sliceConcurrency } from '../collect/log/concurrency.ts';
import { readSliceState } from '../collect/state/slice-state.ts';
import { readSliceStates } from '../collect/state/slice-states.ts';
import { readStatus, type StreamStatus } from '../collect/stream-status.ts';
import { unreadableRows } from '../collect/unreadable-rows.ts';
import {
  verifyAgainstZoom,
  type ZoomComparison,
  type ZoomComparisonOptions,
} from '../collect/verify/verify-against-zoom.ts';
import { verifyStore, type VerifyOptions, type VerifyReport } from '../collect/verify/verify-store.ts';
import { readWatermark, streamWatermark, writeWatermark } from '../collect/ledger/watermark.ts';
import { assessParsing } from '../health/parsing.ts';
import type { Expectations } from '../health/observations.ts';
import { addDays, type Day, dayOf, oldestDayKept } from '../model/day.ts';
import type { Slice } from '../model/slice.ts';
import { DEFAULT_LOOKBACK_DAYS } from '../model/source-config.ts';
import type { StreamName } from '../model/stream.ts';
import type { SourceHealth } from '../monitor/source-health.ts';
import { readStoreHealth } from '../monitor/store-health.ts';
import { toDayObservations } from '../monitor/read-observations.ts';
import type { AccessTokens } from '../zoom/access-token.ts';
import type { ZoomClient } from '../zoom/zoom-client.ts';
import { ZoomReports } from '../zoom/zoom-reports.ts';

export { DEFAULT_LOOKBACK_DAYS, DEFAULT_REQUESTS_PER_DAY } from '../model/source-config.ts';
export { estimateRun, type RunEstimate } from '../collect/estimate-run.ts';
export { type FailedRuns, onlyFailedRuns } from '../collect/failed-runs.ts';
export { hasSource, knownSources } from '../collect/known-sources.ts';
export { type Run, writeFailedStart } from '../collect/state/last-run.ts';
export { type RunRecord, writeRunRecord } from '../collect/run-record.ts';
export { countUnprojected, type UnprojectedFilter } from '../collect/unprojected.ts';
export { lookbackFor } from '../collect/state/lateness.ts';
export type { ClosingNotice } from '../collect/ledger/close-days.ts';
export type {
  Missing,
  NotParsedStream,
  RunCost,
  RunObserver,
  RunReport,
  UnreadableStream,
} from '../collect/collect-slices.ts';
export type { SliceOutcome } from '../collect/collect-slice.ts';
export { ReplayLabelSchema, type ReplayReport } from '../collect/replay-days.ts';
export type { ZoomComparison } from '../collect/verify/verify-against-zoom.ts';
export { type Difference, isNote } from '../collect/verify/verify-difference.ts';
export type { StreamProof, VerifyReport } from '../collect/verify/verify-store.ts';
export type { SourceHealth, StoredEvent, StreamStatus };

/** A poll brings days of a back-fill for so long, and leaves the rest to the next: the newest rows must not wait for it. */
const YIELD_AFTER_MS = 3 * 60_000;

/** What a connector is made of, whatever it runs on. */
export interface ConnectorParts {
  readonly source: string;
  readonly streams: readonly StreamName[];
  readonly lookbackDays: number;
  /** Days that the first poll brings beside the lookback. */
  readonly backfillDays: number;
  /** Requests a day at most, and a second. */
  readonly requestsPerDay: number;
  readonly requestsPerSecond: number;
  readonly mapping: Mapping;
  readonly store: ObjectStore;
  readonly tokens: AccessTokens;
  readonly client: ZoomClient;
  readonly clock: Clock;
}

/** One source, ready to be collected from. */
export interface Connector {
  /** Brings every stream of whole days, in the order given. */
  collectDays(days: readonly Day[], signal: AbortSignal, observer?: RunObserver): Promise<RunReport>;
  /** Brings single slices whole: what a queue asks for. */
  collectSlices(slices: readonly Slice[], signal: AbortSignal, observer?: RunObserver): Promise<RunReport>;
  /** One scheduled run: whatever is due by the clock and the ledger. */
  poll(signal: AbortSignal, observer?: RunObserver): Promise<RunReport>;
  /** Zoom's reports as the connector reads them. */
  readonly reports: Reports;
  /** Requests made to Zoom's API so far. */
  readonly requests: number;
}

/** Puts the parts together. */
export const createConnector = (parts: ConnectorParts): Connector => {
  const { source, streams, lookbackDays, mapping, store, tokens, client, clock } = parts;
  const reports = new ZoomReports(client);
  const concurrency = sliceConcurrency(parts.requestsPerSecond);
  const collector: Collector = { store, reports, clock, mapping, limits: limitsFor(concurrency) };
  const audit = new RunAudit(store, source, (name) => client.redact(name));

  const run = async (
    name: 'collect' | 'poll',
    planned: readonly PlannedListing[],
    since: Day | undefined,
    signal: AbortSignal,
    observer?: RunObserver,
  ): Promise<RunReport> => {
    const startedAt = clock.now();
    const [requestsBefore, errorCountsBefore] = [client.requests, client.errorCounts];
    const usedNow = (): number => client.requests - requestsBefore;
    const perDay = parts.requestsPerDay;
    const expected = planned.reduce((sum, { requests }) => sum + requests, 0);
    const budget = await DailyBudget.open({
      store,
      source,
      perDay,
      clock,
      quota: () => client.quota,
      expected,
    });
    const admission: AdmissionControl = {
      run: async () => {
        if (budget.parkedUntil) throw rateLimitedUntilError(budget.parkedUntil);
        await tokens.current(signal); // credentials that Zoom refuses must not tie the source to an account
        await pinAccount(store, source, mapping.accountId);
      },
      listing: (listing) => {
        const late = name === 'poll' && clock.now().getTime() - startedAt.getTime() > YIELD_AFTER_MS;
        return budget.allows(listing) && !(late && yieldsToLiveDays(listing.purpose));
      },
      request: ({ purpose }, assertWanted) => budget.spend(purpose, assertWanted),
      concurrency,
    };
    const report = await collectSlices(collector, admission, planned, signal, observer);
    await budget.record(report.parkedUntil);
    const delivered = [...report.outcomes, ...report.partial];
    await audit.seen(delivered, clock.now());
    await audit.rejected(delivered, clock.now());
    const { notices, unreadable, notParsing } = await publish(report, since, startedAt);
    await Promise.all(
      streams.map((stream) => writeLastRun(store, source, stream, name, report, clock.now())),
    );
    const cost = {
      requests: usedNow(),
      throttled: client.errorCounts.throttled - errorCountsBefore.throttled,
      failed: client.errorCounts.failed - errorCountsBefore.failed,
      milliseconds: clock.now().getTime() - startedAt.getTime(),
    };
    const isAsked = ({ stream, from, to }: NotParsedStream | UnreadableStream): boolean =>
      name === 'poll' ||
      planned.some(({ slice }) => slice.stream === stream && slice.day >= from && slice.day <= to);
    return {
      ...report,
      notices,
      unreadable: unreadable.filter(isAsked),
      notParsing: notParsing.filter(isAsked),
      cost,
      auditFailures: audit.takeFailures(),
    };
  };

  /** Closes what is settled, and says up to when everything is there. */
  const publish = async (
    report: CollectedSlices,
    since: Day | undefined,
    startedAt: Date,
  ): Promise<Pick<RunReport, 'notices' | 'unreadable' | 'notParsing'>> => {
    const before = await readWatermark(store, source);
    const watermarks = { ...before?.streams };
    const notices: ClosingNotice[] = [];
    const unreadable: UnreadableStream[] = [];
    const notParsing: NotParsedStream[] = [];
    for (const stream of streams) {
      const states = await readSliceStates(store, source, stream);
      if (states.size === 0) continue;
      const onNotice = (notice: ClosingNotice): Promise<void> => audit.onNotice(notice);
      const closing = { store, source, stream, now: clock.now(), lookbackDays, since, states, onNotice };
      notices.push(...(await closeDays(closing)));
      const now = clock.now();
      const unreadableOfStream = unreadableRows(states, now);
      if (unreadableOfStream) unreadable.push({ stream, ...unreadableOfStream });
      const days = toDayObservations(states);
      const notParsingStreams = assessParsing({ days, unreadable: unreadableOfStream }, now);
      if (notParsingStreams) {
        const { because: explanation, from, to } = notParsingStreams;
        notParsing.push({ stream, because: explanation, from, to });
      }
      const readToday = report.outcomes.some(
        ({ slice, cutShort }) => !cutShort && slice.stream === stream && slice.day === dayOf(startedAt),
      );
      const bestEffort = readToday ? startedAt.toISOString() : before?.streams[stream]?.best_effort_up_to;
      watermarks[stream] = streamWatermark(states, since, bestEffort);
    }
    if (Object.keys(watermarks).length > 0) await writeWatermark(store, source, watermarks, clock.now());
    return { notices, unreadable, notParsing };
  };

  /** Says once that every day is there that the source was to begin with. */
  const reportBackfilled = async (
    since: Day,
    filled: readonly (BackfillProgress | undefined)[],
    now: Date,
  ): Promise<void> => {
    const all = filled.filter((stream) => stream !== undefined);
    if (all.length < filled.length || !(await audit.filled(since, all, now))) return;
    await markBackfilled(store, source, since, now);
  };

  const connector: Connector = {
    collectDays: (days, signal, observer) => {
      // The newest days first: they are what is waited for, and what a full budget or disk must not keep out.
      const newestFirst = days.toSorted().reverse();
      const slices = newestFirst.flatMap((day) => streams.map((stream) => ({ source, stream, day })));
      return connector.collectSlices(slices, signal, observer);
    },
    collectSlices: async (slices, signal, observer) => {
      const since = await readPollingSince(store, source);
      const planned = slices.map((slice): PlannedListing => ({
        slice,
        listing: 'whole',
        purpose: 'catch-up',
        requests: 1,
      }));
      return run('collect', planned, since, signal, observer);
    },
    poll: async (signal, observer) => {
      const now = clock.now();
      const wanted = addDays(dayOf(now), -Math.max(lookbackDays, parts.backfillDays));
      const oldest = oldestDayKept(now);
      const { since, filledAt } = await pollingSince(store, source, wanted < oldest ? oldest : wanted);
      const known = await Promise.all(
        streams.map(async (stream) => ({ stream, states: await readSliceStates(store, source, stream) })),
      );
      if (filledAt === undefined) {
        const filled = known.map(({ stream, states }) => backfillProgress(stream, since, states, now));
        await reportBackfilled(since, filled, now);
      }
      const plans = known.map(({ stream, states }) =>
        planStream({ source, stream, now, lookbackDays, since, states }),
      );
      return run('poll', mergePlans(plans), since, signal, observer);
    },
    reports,
    get requests() {
      return client.requests;
    },
  };
  return connector;
};

/** What was delivered, to be looked at. */
export interface Archive {
  status(now: Date, lookbackDays?: number): Promise<StreamStatus[]>;
  /** How the sources are that are polled. Of one that was only ever collected by hand nothing is expected. */
  health(expected: Expectations, now: Date): Promise<SourceHealth[]>;
  /** Keys of files that stand where those of sources do, and name none: they are not used. */
  foreignSources(): Promise<readonly string[]>;
  events(filter: EventFilter): AsyncIterable<StoredEvent>;
  /** Those of some slices that were not read whole since an instant. */
  unreadSince(slices: readonly Slice[], since: Date): Promise<Slice[]>;
  /** Recomputes everything from the objects alone. */
  verify(options: VerifyOptions): Promise<VerifyReport>;
  /** Compares what is stored with what Zoom still lists. */
  compareWithZoom(reports: Reports, options: ZoomComparisonOptions): Promise<ZoomComparison>;
  /** Projects days anew, into a version beside the old one. */
  replay(options: ReplayOptions): Promise<ReplayReport>;
}

/** Looks at what was delivered to a store. */
export const createArchive = (store: ObjectStore): Archive => ({
  status: (now, lookbackDays = DEFAULT_LOOKBACK_DAYS) => readStatus(store, now, lookbackDays),
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
  verify: (options) => verifyStore(store, options),
  compareWithZoom: (reports, options) => verifyAgainstZoom(store, reports, options),
  replay: (options) => replayDays(store, options),
});
