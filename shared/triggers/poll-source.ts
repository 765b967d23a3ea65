import type { RunReport } from '../collect/collect-slices.ts';
import type { StreamName } from '../model/stream.ts';
import type { Log } from '../runtime/log.ts';
import type { MetricRecorder } from '../runtime/metrics.ts';
import type { TriggeredConnector } from './ports.ts';
import { logRun, runObserver, type RunSummary } from './run-log.ts';
import { recordRunMetrics } from './run-metrics.ts';

/** A run that reads nothing for one of these reasons has not failed: it waits for a limit to end, or for the next run. */
const WAITING = new Set(['rate-limited', 'stopped']);

/** The dependencies of a poll. */
export interface PollContext {
  readonly source: string;
  readonly streams: readonly StreamName[];
  readonly log: Log;
  readonly metrics: MetricRecorder;
}

/**
 * One poll of a source. Failures are logged, and the next poll retries. It throws NothingCollectedError if it could read
 * nothing at all, so that the function's `Errors` metric has one meaning: this source is not collected (its credentials are
 * refused, or Zoom is down). The monitor (shared/health) reports why, and whether an operator must act.
 */
export const pollSource = async (
  connector: TriggeredConnector,
  { source, streams, log, metrics }: PollContext,
  signal: AbortSignal,
): Promise<RunSummary> => {
  const report = await connector.poll(signal, runObserver(log));
  recordRunMetrics(metrics, source, streams, report);
  const summary = logRun(log, 'poll', report);
  assertNotStandingStill(report, source);
  return summary;
};

const assertNotStandingStill = ({ outcomes, missing }: RunReport, source: string): void => {
  const cause = missing.find(({ reason }) => !WAITING.has(reason));
  if (outcomes.length > 0 || !cause) return;
  throw new NothingCollectedError(
    `Nothing could be collected from "${source}" (${cause.reason}): ${cause.message}`,
  );
};

/** A failed run that is already in its record, its metrics and its log. */
export class NothingCollectedError extends Error {
  override readonly name = 'NothingCollectedError';
}
