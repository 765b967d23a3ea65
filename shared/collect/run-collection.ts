import type { BackfillProgress } from './backfill.ts';
import { type Collector, type SliceOutcome } from './collect-slice.ts';
import {
  type AdmissionControl,
  type CollectedSlices,
  collectSlices,
  type NotParsedStream,
  type RunObserver,
  type RunReport,
  type UnreadableStream,
} from './collect-slices.ts';
import { closeDays, type ClosingNotice } from './ledger/close-days.ts';
import { readWatermark, streamWatermark, writeWatermark } from './ledger/watermark.ts';
import { type PlannedListing, yieldsToLiveDays } from './plan.ts';
import { DailyBudget, type RemainingQuota, rateLimitedUntilError } from './state/daily-budget.ts';
import { type Run, writeLastRun } from './state/last-run.ts';
import { markBackfilled } from './state/polling-since.ts';
import { pinAccount } from './state/pinned-account.ts';
import type { SliceState } from './state/slice-state.ts';
import { readSliceStates } from './state/slice-states.ts';
import { unreadableRows, type UnreadableRows } from './unreadable-rows.ts';
import { type Day, dayOf } from '../model/day.ts';
import type { StreamName } from '../model/stream.ts';

/** A poll collects days of a back-fill for this long, and leaves the rest to the next: the newest rows must not wait for it. */
const YIELD_AFTER_MS = 3 * 60_000;

/** The counters of the Zoom client. */
interface ClientCounts {
  /** Requests made so far. */
  readonly requests: number;
  /** Requests that met a limit or a failure, including those repeated with success. */
  readonly errorCounts: { readonly throttled: number; readonly failed: number };
  /** The account's quota of the day, if a response named it. */
  readonly quota: RemainingQuota | undefined;
}

/** The audit log of the collector. A line that cannot be written does not fail the run. */
interface CollectionAudit {
  seen(outcomes: readonly SliceOutcome[], now: Date): Promise<void>;
  rejected(outcomes: readonly SliceOutcome[], now: Date): Promise<void>;
  onNotice(notice: ClosingNotice): Promise<void>;
  filled(from: Day, filled: readonly BackfillProgress[], now: Date): Promise<boolean>;
  /** Why lines could not be written since the last call. */
  takeFailures(): readonly string[];
}

/** The dependencies of a run. */
export interface CollectionContext {
  readonly source: string;
  readonly streams: readonly StreamName[];
  readonly lookbackDays: number;
  /** The maximum number of requests per day. */
  readonly requestsPerDay: number;
  /** The number of concurrent slices. */
  readonly concurrency: number;
  readonly collector: Collector;
  /** Gets an access token. Throws the error for refused credentials. */
  readonly authorize: (signal: AbortSignal) => Promise<unknown>;
  readonly client: ClientCounts;
  readonly audit: CollectionAudit;
  /** Whether the rows of a stream can be parsed: undefined if they can. */
  readonly assessParsing: (
    states: ReadonlyMap<Day, SliceState>,
    unreadable: UnreadableRows | undefined,
    now: Date,
  ) => Pick<NotParsedStream, 'because' | 'from' | 'to'> | undefined;
}

/** The task of a run. */
export interface PlannedRun {
  readonly name: Run;
  readonly listings: readonly PlannedListing[];
  /** The day since which the source is polled; undefined before its first poll. */
  readonly since: Day | undefined;
}

/**
 * Collects the planned slices, closes the days that are due, and publishes the watermark and the record of the run. Throws what
 * the store throws; a failure of Zoom's is in the report.
 */
export const runCollection = async (
  context: CollectionContext,
  { name, listings, since }: PlannedRun,
  signal: AbortSignal,
  observer?: RunObserver,
): Promise<RunReport> => {
  const { source, streams, client, audit, collector } = context;
  const { store, clock } = collector;
  const startedAt = clock.now();
  const [requestsBefore, errorCountsBefore] = [client.requests, client.errorCounts];
  const budget = await DailyBudget.open({
    store,
    source,
    perDay: context.requestsPerDay,
    clock,
    quota: () => client.quota,
    expected: listings.reduce((sum, { requests }) => sum + requests, 0),
  });

  const admission = admissionFor(context, budget, name, startedAt, signal);
  const report = await collectSlices(collector, admission, listings, signal, observer);
  await budget.record(report.parkedUntil);
  const delivered = [...report.outcomes, ...report.partial];
  await audit.seen(delivered, clock.now());
  await audit.rejected(delivered, clock.now());
  const { notices, unreadable, notParsing } = await publish(context, report, since, startedAt);
  await Promise.all(streams.map((stream) => writeLastRun(store, source, stream, name, report, clock.now())));

  const isRequested = ({ stream, from, to }: NotParsedStream | UnreadableStream): boolean =>
    name === 'poll' ||
    listings.some(({ slice }) => slice.stream === stream && slice.day >= from && slice.day <= to);
  return {
    ...report,
    notices,
    unreadable: unreadable.filter(isRequested),
    notParsing: notParsing.filter(isRequested),
    cost: {
      requests: client.requests - requestsBefore,
      throttled: client.errorCounts.throttled - errorCountsBefore.throttled,
      failed: client.errorCounts.failed - errorCountsBefore.failed,
      milliseconds: clock.now().getTime() - startedAt.getTime(),
    },
    auditFailures: audit.takeFailures(),
  };
};

const admissionFor = (
  { source, collector, authorize, concurrency }: CollectionContext,
  budget: DailyBudget,
  name: Run,
  startedAt: Date,
  signal: AbortSignal,
): AdmissionControl => ({
  run: async () => {
    if (budget.parkedUntil) throw rateLimitedUntilError(budget.parkedUntil);
    await authorize(signal); // credentials that Zoom refuses must not pin the source to an account
    await pinAccount(collector.store, source, collector.mapping.accountId);
  },
  listing: (listing) => {
    const late = name === 'poll' && collector.clock.now().getTime() - startedAt.getTime() > YIELD_AFTER_MS;
    return budget.allows(listing) && !(late && yieldsToLiveDays(listing.purpose));
  },
  request: ({ purpose }, assertWanted) => budget.spend(purpose, assertWanted),
  concurrency,
});

/** Records once that the back-fill is complete: `filled` has an entry for each stream, undefined while days are missing. */
export const reportBackfilled = async (
  { source, audit, collector }: CollectionContext,
  since: Day,
  filled: readonly (BackfillProgress | undefined)[],
  now: Date,
): Promise<void> => {
  const complete = filled.filter((stream) => stream !== undefined);
  if (complete.length < filled.length || !(await audit.filled(since, complete, now))) return;
  await markBackfilled(collector.store, source, since, now);
};

/** Closes the days that are due, and publishes up to which day each stream is complete. */
const publish = async (
  { source, streams, lookbackDays, collector, audit, assessParsing }: CollectionContext,
  report: CollectedSlices,
  since: Day | undefined,
  startedAt: Date,
): Promise<Pick<RunReport, 'notices' | 'unreadable' | 'notParsing'>> => {
  const { store, clock } = collector;
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
    const problem = assessParsing(states, unreadableOfStream, now);
    if (problem) notParsing.push({ stream, because: problem.because, from: problem.from, to: problem.to });
    const readToday = report.outcomes.some(
      ({ slice, cutShort }) => !cutShort && slice.stream === stream && slice.day === dayOf(startedAt),
    );
    const bestEffort = readToday ? startedAt.toISOString() : before?.streams[stream]?.best_effort_up_to;
    watermarks[stream] = streamWatermark(states, since, bestEffort);
  }
  if (Object.keys(watermarks).length > 0) await writeWatermark(store, source, watermarks, clock.now());
  return { notices, unreadable, notParsing };
};
