import type { Connector } from '../connector.ts';
import { ConfigurationError } from '../errors.ts';
import type { Log } from '../runtime/log.ts';
import { collectMessages, type FailedMessages } from './collect-messages.ts';
import { pollSource } from './poll-source.ts';
import type { RunSummary } from './run-log.ts';
import { parseTrigger } from './trigger.ts';

/** What a collecting function works with. */
export interface Triggered {
  readonly source: string;
  /** The source's connector, as the source is connected now. Throws ConfigurationError if it is not. */
  readonly connector: () => Promise<Connector>;
  readonly log: Log;
}

/**
 * Answers a schedule with a poll, and a queue with what its messages ask for; refuses everything else. A source that nobody
 * has connected yet, or that was disconnected, is no failure of the schedule.
 */
export const answerTrigger = async (
  event: unknown,
  { source, connector, log }: Triggered,
  signal: AbortSignal,
): Promise<RunSummary | FailedMessages | 'not-connected'> => {
  const trigger = parseTrigger(event);
  if (trigger.kind === 'queue') {
    return collectMessages(await connector(), source, trigger.records, log, signal);
  }
  const connected = await connector().catch((error: unknown) => {
    if (error instanceof ConfigurationError && error.reason === 'not-connected') return error;
    throw error;
  });
  if (!(connected instanceof ConfigurationError)) return pollSource(connected, source, log, signal);
  log.warn('not connected', { problem: connected.message });
  return 'not-connected';
};
