import type { LastFailure } from '../../shared/health/observations.ts';
import type { Log } from '../../shared/runtime/log.ts';

export type LogLevel = keyof Log;

/** Called for every line. */
export type LineWitness = (
  level: LogLevel,
  message: string,
  fields: Readonly<Record<string, unknown>>,
) => void;

/** A log that passes its lines to a callback. */
export const logTo = (witness: LineWitness): Log => {
  const at =
    (level: LogLevel): Log['info'] =>
    (message, fields) =>
      witness(level, message, fields);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};

/** A line as it is written, with all properties of errors. */
export const formatLine = (message: string, fields: Readonly<Record<string, unknown>>): string =>
  `${message} ${JSON.stringify(fields, (_, value: unknown) => (value instanceof Error ? formatError(value) : value))}`;

const formatError = ({ name, message, stack, cause }: Error): unknown => ({ name, message, stack, cause });

/** The last failure in the poller's log, as the monitor finds it. */
export class PollerLog {
  #last: LastFailure | undefined;

  failed(at: Date, { reason, problem }: Readonly<Record<string, unknown>>): void {
    this.#last = { at, reason: String(reason), message: String(problem) };
  }

  lastFailure(after: Date): LastFailure | undefined {
    return this.#last && this.#last.at > after ? this.#last : undefined;
  }
}
