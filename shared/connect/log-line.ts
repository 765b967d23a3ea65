import { type CallbackResult, isStrangers } from './callback-result.ts';

/** The log line of a callback: never a code, a state or a token. */
export interface LogLine {
  /** `info`: no problem. `warn`: nothing was lost. `error`: an operator must act. */
  readonly level: 'info' | 'warn' | 'error';
  readonly outcome: string;
  readonly source?: string;
  /** It had no state that we issued: counted, with an alarm if there are many. */
  readonly stranger?: true;
  readonly [field: string]: unknown;
}

export const resultToLine = (result: CallbackResult, source: string): LogLine => {
  if (result.outcome === 'connected') {
    const { outcome, accountId, pollRequested, streams } = result;
    const streamStates: Record<string, string> = Object.fromEntries(
      streams.map((check) => [check.stream, check.readable ? 'readable' : check.reason]),
    );
    const isWell = pollRequested && streams.every((check) => check.readable);
    return {
      level: isWell ? 'info' : 'warn',
      outcome,
      source,
      accountId,
      kicked: pollRequested,
      ...streamStates,
    };
  }
  const level = result.outcome === 'declined' ? 'info' : 'warn';
  if (isStrangers(result)) return { level, source, ...result, stranger: true };
  if (result.outcome === 'another-account') {
    // The audit log names the administrator; the log of the function needn't.
    const { outcome, pinned, by, offered, revoked } = result;
    return { level, source, outcome, pinned, by, offered, revoked };
  }
  if (!('message' in result)) return { level, source, ...result };
  const { message: problem, zoomTrackingId, ...rest } = result;
  return { level, source, ...rest, problem, zoomTrackingId };
};

/** The log line of a failure that is not Zoom's. */
export const errorToLine = (error: unknown, source: string): LogLine => ({
  level: 'error',
  outcome: 'unexpected',
  source,
  error,
});
