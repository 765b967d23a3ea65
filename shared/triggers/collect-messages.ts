import type { Connector } from '../connector.ts';
import { parseCollectMessage } from '../model/collect-message.ts';
import { labelOf, type Slice } from '../model/slice.ts';
import type { Log } from '../runtime/log.ts';
import { pollSource } from './poll-source.ts';
import { logRun, runObserver } from './run-log.ts';
import type { QueueRecord } from './trigger.ts';

/** The messages that the queue is to deliver again, and in the end to its dead-letter queue. */
export interface FailedMessages {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

type Wanted =
  | { readonly kind: 'poll' }
  | { readonly kind: 'slice'; readonly slice: Slice }
  | { readonly kind: 'unreadable'; readonly problem: string };

/**
 * Does what messages of a collect queue ask for: slices side by side, a poll once, however often it was asked for. A message
 * fails alone if it could not be done whole, if it can't be read, or if it is another source's: it may be a day of logs, so
 * it is never dropped.
 */
export const collectMessages = async (
  connector: Connector,
  source: string,
  records: readonly QueueRecord[],
  log: Log,
  signal: AbortSignal,
): Promise<FailedMessages> => {
  const wanted = records.map(({ messageId, body }) => ({ messageId, ...wantedBy(body, source) }));
  for (const message of wanted) {
    if (message.kind === 'unreadable') {
      log.error('message refused', { messageId: message.messageId, problem: message.problem });
    }
  }
  const slices = wanted.flatMap((message) => (message.kind === 'slice' ? [message.slice] : []));
  const done = await collected(connector, slices, log, signal);
  const polled =
    wanted.some(({ kind }) => kind === 'poll') && (await isPolled(connector, source, log, signal));

  const failed = wanted.filter((message) => {
    if (message.kind === 'poll') return !polled;
    return message.kind === 'unreadable' || !done.has(labelOf(message.slice));
  });
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};

const wantedBy = (body: string, source: string): Wanted => {
  try {
    const message = parseCollectMessage(body);
    const theirs = 'poll' in message ? message.poll : message.source;
    if (theirs !== source) {
      return {
        kind: 'unreadable',
        problem: `It is for the source "${theirs}"; this function is "${source}"'s.`,
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
  connector: Connector,
  slices: readonly Slice[],
  log: Log,
  signal: AbortSignal,
): Promise<Set<string>> => {
  if (slices.length === 0) return new Set();
  const distinct = [...new Map(slices.map((slice) => [labelOf(slice), slice])).values()];
  const before = connector.requests;
  const report = await connector.collectSlices(distinct, signal, runObserver(log));
  logRun(log, 'collect', report, connector.requests - before);
  const done = new Set(report.outcomes.map(({ slice }) => labelOf(slice)));
  for (const { slice } of report.missing) done.delete(labelOf(slice));
  return done;
};

const isPolled = (connector: Connector, source: string, log: Log, signal: AbortSignal): Promise<boolean> =>
  pollSource(connector, source, log, signal).then(
    () => true,
    (error: unknown) => {
      log.error('poll failed', { error });
      return false;
    },
  );
