import pLimit from 'p-limit';
import {
  BudgetSpentError,
  ConfigurationError,
  messageOf,
  RateLimitedError,
  reasonOf,
  UpstreamError,
  zoomTrackingIdOf,
} from '../errors.ts';
import type { Day } from '../model/day.ts';
import { plural } from '../model/format-count.ts';
import { labelOf, type Slice } from '../model/slice.ts';
import type { StreamName } from '../model/stream.ts';
import type { ClosingNotice } from './ledger/close-days.ts';
import { type Collector, collectSlice, type SliceOutcome } from './collect-slice.ts';
import type { PlannedListing } from './plan.ts';
import type { BeforeRequest } from './ports.ts';
import { addCounts } from './slice-counts.ts';
import type { UnreadableRows } from './unreadable-rows.ts';

/** After this many consecutive slices of a stream that Zoom failed, the others are left for the next run. */
const MAX_UPSTREAM_FAILURES_IN_A_ROW = 3;

/** How often a slice is listed again to prove copies across a page edge. */
const MAX_LISTINGS_TO_SETTLE = 5;

/** A slice that a run did not finish, and why. */
export interface Missing {
  readonly slice: Slice;
  readonly reason: string;
  readonly message: string;
  readonly zoomTrackingId?: string | undefined;
}

/** The results of the slices of a run. */
export interface CollectedSlices {
  readonly outcomes: readonly SliceOutcome[];
  /** What was delivered from slices that a failure then stopped: each is in `missing` or `deferred` as well. */
  readonly partial: readonly SliceOutcome[];
  readonly missing: readonly Missing[];
  /** Slices left for a later run, in whole or in part, because the day's budget is used up. */
  readonly deferred: readonly Slice[];
  /** Until when Zoom accepts no requests, if it stated that. */
  readonly parkedUntil: Date | undefined;
}

/** The result of a run. */
export interface RunReport extends CollectedSlices {
  /** Notices for the operator. */
  readonly notices: readonly ClosingNotice[];
  /** Streams whose last rows could not be parsed, so that they did not become events. */
  readonly unreadable: readonly UnreadableStream[];
  /** Streams whose rows count as not parsed, by the same assessment as in `status` and the alarms. */
  readonly notParsing: readonly NotParsedStream[];
  readonly cost: RunCost;
  /** Why lines of the collector's own log could not be written, if any. */
  readonly auditFailures: readonly string[];
}

export interface UnreadableStream extends UnreadableRows {
  readonly stream: StreamName;
}

export interface NotParsedStream {
  readonly stream: StreamName;
  /** The reason, as a sentence without a full stop. */
  readonly because: string;
  /** The first and the last day of the rows. */
  readonly from: Day;
  readonly to: Day;
}

/** Requests to Zoom, those that met a limit or a failure, and the elapsed time. */
export interface RunCost {
  readonly requests: number;
  readonly throttled: number;
  readonly failed: number;
  readonly milliseconds: number;
}

/** The progress events of a run. */
export interface RunObserver {
  readonly sliceDone?: (outcome: SliceOutcome) => void;
  /** What was delivered from a slice that a failure stopped; `sliceMissing` follows unless it is deferred. */
  readonly slicePartial?: (outcome: SliceOutcome) => void;
  readonly sliceMissing?: (missing: Missing) => void;
}

/** Decides whether a run or a listing may begin, and the number of concurrent listings. */
export interface AdmissionControl {
  /** Called once, before the first slice; if it throws, none is collected. */
  readonly run: () => Promise<void>;
  /** Whether the day's budget suffices for a listing. */
  readonly listing: (planned: PlannedListing) => boolean;
  /**
   * Counts a request of a listing before it is made. Throws BudgetSpentError if the day's budget is used up, and what
   * `assertWanted` throws.
   */
  readonly request: (planned: PlannedListing, assertWanted: () => void) => Promise<void>;
  /** The number of concurrent listings. */
  readonly concurrency: number;
}

/**
 * Collects slices, a few at a time, in the order given. A failure of one slice does not stop the others, except where
 * they would fail in the same way: a refused stream, a refused source, a limit, a stream whose report is down. Never throws for them:
 * each slice is in the report, as an outcome, as deferred, or as missing with its reason.
 */
export const collectSlices = async (
  collector: Collector,
  admission: AdmissionControl,
  planned: readonly PlannedListing[],
  signal: AbortSignal,
  observer: RunObserver = {},
): Promise<CollectedSlices> => {
  const outcomes: SliceOutcome[] = [];
  const partial: SliceOutcome[] = [];
  const missing: Missing[] = [];
  const deferred: Slice[] = [];
  const breaker = new CircuitBreaker();
  const miss = (slice: Slice, error: unknown): void => {
    const entry = {
      slice,
      reason: error === STOPPED ? 'stopped' : reasonOf(error),
      message: messageOf(error),
      zoomTrackingId: zoomTrackingIdOf(error),
    };
    missing.push(entry);
    observer.sliceMissing?.(entry);
  };

  if (planned.length > 0) await admission.run().catch((error: unknown) => breaker.close(error));
  const limit = pLimit(admission.concurrency);
  await Promise.all(
    planned.map((listing) =>
      limit(async () => {
        const { slice } = listing;
        const closed = signal.aborted ? STOPPED : breaker.closedFor(slice.stream);
        if (closed !== undefined) {
          miss(slice, closed);
          return;
        }
        if (!admission.listing(listing)) {
          deferred.push(slice);
          return;
        }
        try {
          const beforeRequest: BeforeRequest = (assertWanted) => admission.request(listing, assertWanted);
          const outcome = await collectUntilConfirmed(collector, listing, signal, beforeRequest, (part) => {
            partial.push(part);
            observer.slicePartial?.(part);
          });
          breaker.succeeded(slice.stream);
          outcomes.push(outcome);
          observer.sliceDone?.(outcome);
          if (outcome.cutShort) deferred.push(slice);
          else if (outcome.held > 0 && listing.listing === 'whole') miss(slice, notReadyToClose(outcome));
        } catch (error) {
          if (error instanceof BudgetSpentError) {
            deferred.push(slice);
            return;
          }
          breaker.failed(slice.stream, error);
          miss(slice, isAborted(signal) ? STOPPED : error);
        }
      }),
    ),
  );
  return { outcomes, partial, missing, deferred, parkedUntil: breaker.parkedUntil };
};

/** Whether the run was stopped, possibly during a wait. */
export const isAborted = (signal: AbortSignal): boolean => signal.aborted;

/**
 * A whole listing with unconfirmed copies is repeated immediately: two that agree row for row prove them. If it throws, it first
 * calls `brokenOff` with what was delivered until then.
 */
const collectUntilConfirmed = async (
  collector: Collector,
  { slice, listing }: PlannedListing,
  signal: AbortSignal,
  beforeRequest: BeforeRequest,
  brokenOff: (outcome: SliceOutcome) => void,
): Promise<SliceOutcome> => {
  let sum: SliceOutcome | undefined;
  const add = (outcome: SliceOutcome): SliceOutcome =>
    (sum = sum ? { ...outcome, ...addCounts(sum, outcome) } : outcome);
  try {
    for (let round = 1; ; round += 1) {
      const all = add(
        await collectSlice(collector, slice, listing, signal, beforeRequest, (part) => void add(part)),
      );
      const needsAnotherListing = listing === 'whole' && all.held > 0 && !all.cutShort;
      if (!needsAnotherListing || round === MAX_LISTINGS_TO_SETTLE) return all;
    }
  } catch (error) {
    if (sum) brokenOff({ ...sum, complete: false });
    throw error;
  }
};

const STOPPED = new UpstreamError(
  'The run was stopped before this slice was read to its end. The next run continues here.',
);

const notReadyToClose = ({ slice, held }: SliceOutcome): UpstreamError =>
  new UpstreamError(
    `${labelOf(slice)}: ${plural(held, 'possible duplicate')} ${held === 1 ? 'is' : 'are'} split across pages, and Zoom's list changed ` +
      `during the listing. Run it again later to confirm ${held === 1 ? 'it' : 'them'}.`,
  );

/**
 * Remembers failures that would repeat for further slices in this run. Only failures of the whole source apply to all streams, so
 * that no stream is skipped, or reported, because of a failure in another.
 */
class CircuitBreaker {
  #closedStreams = new Map<StreamName, unknown>();
  #closed: unknown;
  #upstreamFailures = new Map<StreamName, number>();
  parkedUntil: Date | undefined;

  close(error: unknown): void {
    this.#closed ??= error;
    if (error instanceof RateLimitedError) this.parkedUntil = error.retryAt;
  }

  closedFor(stream: StreamName): unknown {
    return this.#closed ?? this.#closedStreams.get(stream);
  }

  succeeded(stream: StreamName): void {
    this.#upstreamFailures.delete(stream);
  }

  failed(stream: StreamName, error: unknown): void {
    if (error instanceof RateLimitedError) this.close(error);
    if (error instanceof ConfigurationError) {
      if (error.scope === 'stream') this.#closedStreams.set(stream, error);
      else this.close(error);
    }
    if (error instanceof UpstreamError) {
      const failures = (this.#upstreamFailures.get(stream) ?? 0) + 1;
      this.#upstreamFailures.set(stream, failures);
      if (failures >= MAX_UPSTREAM_FAILURES_IN_A_ROW) this.#closedStreams.set(stream, error);
    }
  }
}
