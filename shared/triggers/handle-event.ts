import type { Connector } from '../app/connector.ts';
import { ConfigurationError, messageOf, reasonOf } from '../errors.ts';
import type { StreamName } from '../model/stream.ts';
import type { Log } from '../runtime/log.ts';
import type { MetricRecorder } from '../runtime/metrics.ts';
import { collectMessages, type FailedMessages } from './collect-messages.ts';
import { NothingCollectedError, pollSource } from './poll-source.ts';
import type { RunSummary } from './run-log.ts';
import { parseTrigger } from './trigger.ts';

/** What a collecting function works with. */
export interface TriggerContext {
  readonly source: string;
  readonly streams: readonly StreamName[];
  /** The source's connector, as the source is connected now. Throws ConfigurationError if it is not. */
  readonly connector: () => Promise<Connector>;
  /** Keeps that a poll could not begin, where the watch will find it. */
  readonly recordFailure: (reason: string, message: string) => Promise<void>;
  readonly log: Log;
  readonly metrics: MetricRecorder;
}

/**
 * Answers a schedule with a poll, and a queue with what its messages ask for; refuses everything else. A source that nobody
 * has connected yet, or that was disconnected, is no failure of the schedule.
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
 * Says why a poll failed in two places, for one of them may be what failed: in the log (whose last words the watch reads when
 * a source falls silent), and among what is kept of the source's runs.
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
