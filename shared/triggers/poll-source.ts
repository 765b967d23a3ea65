import type { Connector, RunReport } from '../app/connector.ts';
import type { StreamName } from '../model/stream.ts';
import type { Log } from '../runtime/log.ts';
import type { MetricRecorder } from '../runtime/metrics.ts';
import { logRun, runObserver, type RunSummary } from './run-log.ts';
import { recordRunMetrics } from './run-metrics.ts';

/** A run that reads nothing for one of these reasons has not failed: it waits for a limit to end, or for the next run. */
const WAITING = new Set(['rate-limited', 'stopped']);

/** What a poll tells to whom. */
export interface PollContext {
  readonly source: string;
  readonly streams: readonly StreamName[];
  readonly log: Log;
  readonly metrics: MetricRecorder;
}

/**
 * One poll of a source. What a poll could not read is logged, and found again by the next one. It throws NothingCollectedError
 * if it could read nothing at all, so that the function's `Errors` metric means one thing: this source stands still (its
 * credentials are refused, or Zoom is down). Why, and whether anybody must act, the watch says (shared/health).
 */
export const pollSource = async (
  connector: Connector,
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

/** A run that is told of everywhere already: in its record, its metrics and its log. */
export class NothingCollectedError extends Error {
  override readonly name = 'NothingCollectedError';
}
