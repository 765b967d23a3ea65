import { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from './log.ts';
import { redact } from './redact.ts';

/** The part of Lambda's context that log lines contain. */
export type InvocationContext = Parameters<Logger['addContext']>[0];

/** A log for CloudWatch: JSON lines, each with the request that it belongs to. */
export interface LambdaLog extends Log {
  /** From here on the lines belong to this invocation. */
  readonly begin: (context: InvocationContext) => void;
}

/** The log of a function. `fields` are on every line. Anything that looks like a secret is removed. */
export const createLog = (service: string, fields: Readonly<Record<string, string>> = {}): LambdaLog => {
  const logger = new Logger({
    serviceName: service,
    persistentKeys: { ...fields },
    jsonReplacerFn: redact,
  });
  return {
    begin: (context) => logger.addContext(context),
    debug: (message, more) => logger.debug(message, { ...more }),
    info: (message, more) => logger.info(message, { ...more }),
    warn: (message, more) => logger.warn(message, { ...more }),
    error: (message, more) => logger.error(message, { ...more }),
  };
};
