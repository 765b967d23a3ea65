import { RunAudit } from '../audit/run-audit.ts';
import { backfillProgress } from '../collect/backfill.ts';
import type { Collector } from '../collect/collect-slice.ts';
import type { RunObserver, RunReport } from '../collect/collect-slices.ts';
import { limitsFor, sliceConcurrency } from '../collect/log/concurrency.ts';
import type { Mapping } from '../collect/log/projection.ts';
import { mergePlans, planStream, type PlannedListing } from '../collect/plan.ts';
import type { Clock, ObjectStore, Reports } from '../collect/ports.ts';
import { type CollectionContext, reportBackfilled, runCollection } from '../collect/run-collection.ts';
import { pollingSince, readPollingSince } from '../collect/state/polling-since.ts';
import { readSliceStates } from '../collect/state/slice-states.ts';
import { assessParsing } from '../health/parsing.ts';
import { addDays, type Day, dayOf, oldestDayKept } from '../model/day.ts';
import type { Slice } from '../model/slice.ts';
import type { StreamName } from '../model/stream.ts';
import { toDayObservations } from '../monitor/read-observations.ts';
import type { AccessTokens } from '../zoom/access-token.ts';
import type { ZoomClient } from '../zoom/zoom-client.ts';
import { ZoomReports } from '../zoom/zoom-reports.ts';

export { DEFAULT_LOOKBACK_DAYS, DEFAULT_REQUESTS_PER_DAY } from '../model/source-config.ts';
export { estimateRun, type RunEstimate } from '../collect/estimate-run.ts';
export { type Run, writeFailedStart } from '../collect/state/last-run.ts';
export { type RunRecord, writeRunRecord } from '../collect/run-record.ts';
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

/** The parts of a connector, for a machine or a deployment. */
export interface ConnectorParts {
  readonly source: string;
  readonly streams: readonly StreamName[];
  readonly lookbackDays: number;
  /** Days that the first poll collects in addition to the lookback. */
  readonly backfillDays: number;
  /** Maximum requests per day and per second. */
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
  /** Collects all streams of whole days, in the order given. */
  collectDays(days: readonly Day[], signal: AbortSignal, observer?: RunObserver): Promise<RunReport>;
  /** Collects single slices whole, as requested by a queue. */
  collectSlices(slices: readonly Slice[], signal: AbortSignal, observer?: RunObserver): Promise<RunReport>;
  /** One scheduled run: all that is due by the clock and the ledger. */
  poll(signal: AbortSignal, observer?: RunObserver): Promise<RunReport>;
  /** Zoom's reports as the connector reads them. */
  readonly reports: Reports;
  /** Requests made to Zoom's API so far. */
  readonly requests: number;
}

/** Creates a connector from its parts. */
export const createConnector = (parts: ConnectorParts): Connector => {
  const { source, streams, lookbackDays, store, client, clock } = parts;
  const reports = new ZoomReports(client);
  const concurrency = sliceConcurrency(parts.requestsPerSecond);
  const collector: Collector = {
    store,
    reports,
    clock,
    mapping: parts.mapping,
    limits: limitsFor(concurrency),
  };
  const audit = new RunAudit(store, source, (name) => client.redact(name));
  const context: CollectionContext = {
    source,
    streams,
    lookbackDays,
    requestsPerDay: parts.requestsPerDay,
    concurrency,
    collector,
    authorize: (signal) => parts.tokens.current(signal),
    client,
    audit,
    assessParsing: (states, unreadable, now) =>
      assessParsing({ days: toDayObservations(states), unreadable }, now),
  };

  const connector: Connector = {
    collectDays: (days, signal, observer) => {
      // The newest days first: readers wait for them, and a used-up budget or a full disk must not prevent them.
      const newestFirst = days.toSorted().reverse();
      const slices = newestFirst.flatMap((day) => streams.map((stream) => ({ source, stream, day })));
      return connector.collectSlices(slices, signal, observer);
    },
    collectSlices: async (slices, signal, observer) => {
      const since = await readPollingSince(store, source);
      const listings = slices.map((slice): PlannedListing => ({
        slice,
        listing: 'whole',
        purpose: 'catch-up',
        requests: 1,
      }));
      return runCollection(context, { name: 'collect', listings, since }, signal, observer);
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
        await reportBackfilled(context, since, filled, now);
      }
      const plans = known.map(({ stream, states }) =>
        planStream({ source, stream, now, lookbackDays, since, states }),
      );
      return runCollection(context, { name: 'poll', listings: mergePlans(plans), since }, signal, observer);
    },
    reports,
    get requests() {
      return client.requests;
    },
  };
  return connector;
};
