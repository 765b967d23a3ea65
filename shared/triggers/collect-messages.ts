import { messageOf, reasonOf } from '../errors.ts';
import { parseCollectMessage } from '../model/collect-message.ts';
import { labelOf, type Slice } from '../model/slice.ts';
import { type PollContext, pollSource } from './poll-source.ts';
import type { TriggeredConnector } from './ports.ts';
import { logRun, runObserver } from './run-log.ts';
import { recordRunMetrics } from './run-metrics.ts';
import type { QueueRecord } from './trigger.ts';

/** The messages that the queue is to deliver again, and in the end to its dead-letter queue. */
export interface FailedMessages {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

type RequestedWork =
  | { readonly kind: 'poll' }
  | { readonly kind: 'slice'; readonly slice: Slice }
  | { readonly kind: 'unreadable'; readonly problem: string };

/**
 * Handles messages of a collect queue: slices concurrently, a poll once, however often it was requested. A message fails
 * alone if it could not be completed, can't be read, or belongs to another source: it may be a day of logs, so it is never
 * dropped.
 */
export const collectMessages = async (
  connector: TriggeredConnector,
  context: PollContext,
  records: readonly QueueRecord[],
  signal: AbortSignal,
): Promise<FailedMessages> => {
  const { source, log } = context;
  const wanted = records.map(({ messageId, body }) => ({ messageId, ...toRequestedWork(body, source) }));
  for (const message of wanted) {
    if (message.kind === 'unreadable') {
      log.error('message refused', { messageId: message.messageId, problem: message.problem });
    }
  }
  const slices = wanted.flatMap((message) => (message.kind === 'slice' ? [message.slice] : []));
  const done = await collected(connector, slices, context, signal);
  const isDone = wanted.some(({ kind }) => kind === 'poll') && (await isPolled(connector, context, signal));

  const failed = wanted.filter((message) => {
    if (message.kind === 'poll') return !isDone;
    return message.kind === 'unreadable' || !done.has(labelOf(message.slice));
  });
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};

const toRequestedWork = (body: string, source: string): RequestedWork => {
  try {
    const message = parseCollectMessage(body);
    const theirs = 'poll' in message ? message.poll : message.source;
    if (theirs !== source) {
      return {
        kind: 'unreadable',
        problem: `It is for the source "${theirs}", but this function collects "${source}".`,
      };
    }
    return 'poll' in message ? { kind: 'poll' } : { kind: 'slice', slice: message };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { kind: 'unreadable', problem: error.message };
  }
};

/** The labels of the slices that were brought to their end. */
const collected = async (
  connector: TriggeredConnector,
  slices: readonly Slice[],
  { source, streams, log, metrics }: PollContext,
  signal: AbortSignal,
): Promise<Set<string>> => {
  if (slices.length === 0) return new Set();
  const distinct = [...new Map(slices.map((slice) => [labelOf(slice), slice])).values()];
  const report = await connector.collectSlices(distinct, signal, runObserver(log));
  recordRunMetrics(metrics, source, streams, report);
  logRun(log, 'collect', report);
  const done = new Set(report.outcomes.map(({ slice }) => labelOf(slice)));
  for (const { slice } of report.missing) done.delete(labelOf(slice));
  for (const slice of report.deferred) done.delete(labelOf(slice));
  return done;
};

const isPolled = (
  connector: TriggeredConnector,
  context: PollContext,
  signal: AbortSignal,
): Promise<boolean> =>
  pollSource(connector, context, signal).then(
    () => true,
    (error: unknown) => {
      context.log.error('poll failed', { reason: reasonOf(error), problem: messageOf(error) });
      return false;
    },
  );
