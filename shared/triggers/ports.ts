import type { RunObserver, RunReport } from '../collect/collect-slices.ts';
import type { Slice } from '../model/slice.ts';

/** The part of a source's connector that triggers use. */
export interface TriggeredConnector {
  /** One scheduled run: all that is due by the clock and the ledger. */
  poll(signal: AbortSignal, observer?: RunObserver): Promise<RunReport>;
  /** Collects single slices whole. */
  collectSlices(slices: readonly Slice[], signal: AbortSignal, observer?: RunObserver): Promise<RunReport>;
}
