import { ConfigurationError, messageOf, reasonOf } from '../errors.ts';
import type { StreamName } from '../model/stream.ts';
import type { Log } from '../runtime/log.ts';
import type { MetricRecorder } from '../runtime/metrics.ts';
import { collectMessages, type FailedMessages } from './collect-messages.ts';
import { NothingCollectedError, pollSource } from './poll-source.ts';
import type { TriggeredConnector } from './ports.ts';
import type { RunSummary } from './run-log.ts';
import { parseTrigger } from './trigger.ts';

/** What a collecting function works with. */
export interface TriggerContext {
  readonly source: string;
  readonly streams: readonly StreamName[];
  /** The source's connector, as the source is connected now. Throws ConfigurationError if it is not. */
  readonly connector: () => Promise<TriggeredConnector>;
  /** Records for the monitor that a poll could not begin. */
  readonly recordFailure: (reason: string, message: string) => Promise<void>;
  readonly log: Log;
  readonly metrics: MetricRecorder;
}

/**
 * Handles a schedule event with a poll, and a queue event with its requested slices; refuses everything else. A source that
 * is not connected yet, or was disconnected, is not a failure of the schedule.
 */
export const handleEvent = async (
  event: unknown,
  context: TriggerContext,
  signal: AbortSignal,
): Promise<RunSummary | FailedMessages | 'not-connected'> => {
  const trigger = parseTrigger(event);
  if (trigger.kind === 'queue') {
    return collectMessages(await context.connector(), context, trigger.records, signal);
  }
  try {
    return await pollSource(await context.connector(), context, signal);
  } catch (error) {
    if (error instanceof NothingCollectedError) throw error;
    const isConnected = !(error instanceof ConfigurationError && error.reason === 'not-connected');
    await reportFailure(error, context, isConnected ? context.log.error : context.log.warn);
    if (isConnected) throw error;
    return 'not-connected';
  }
};

/**
 * Reports why a poll failed in two places, because one of them may have failed: in the log (which the monitor reads when a
 * source has no polls), and in the records of the source's runs.
 */
const reportFailure = async (
  error: unknown,
  { source, streams, recordFailure, log, metrics }: TriggerContext,
  write: Log['error'],
): Promise<void> => {
  const [reason, message] = [reasonOf(error), messageOf(error)];
  write('poll failed', { reason, problem: message });
  for (const stream of streams) metrics.record('PollSuccess', 0, { source, stream });
  metrics.write();
  await recordFailure(reason, message).catch((problem: unknown) => log.warn('failure not kept', { problem }));
};
