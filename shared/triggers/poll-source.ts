import type { Connector, RunReport } from '../connector.ts';
import type { Log } from '../runtime/log.ts';
import { logRun, runObserver, type RunSummary } from './run-log.ts';

/** A run that reads nothing for one of these reasons has not failed: it waits for a limit to end, or for the next run. */
const WAITING = new Set(['rate-limited', 'stopped']);

/**
 * One poll of a source. What a poll could not read is logged, and found again by the next one. It throws only if it could
 * read nothing at all, so that the function's `Errors` metric means one thing: this source stands still (its credentials are
 * refused, or Zoom is down). One stream of two that is refused is for the drop-off alarm, which names the cause.
 */
export const pollSource = async (
  connector: Connector,
  source: string,
  log: Log,
  signal: AbortSignal,
): Promise<RunSummary> => {
  const before = connector.requests;
  const report = await connector.poll(signal, runObserver(log));
  const summary = logRun(log, 'poll', report, connector.requests - before);
  assertNotStandingStill(report, source);
  return summary;
};

const assertNotStandingStill = ({ outcomes, missing }: RunReport, source: string): void => {
  const cause = missing.find(({ reason }) => !WAITING.has(reason));
  if (outcomes.length > 0 || !cause) return;
  throw new Error(`Nothing could be collected from "${source}" (${cause.reason}): ${cause.message}`);
};
