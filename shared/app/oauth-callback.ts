import { handleCallback, type CallbackResponse } from '../connect/handle-callback.ts';
import { parseCallbackEvent } from '../connect/callback-event.ts';
import type { ConnectionContext } from '../connect/ports.ts';
import { openConnectionContext } from './connection.ts';
import { type DeployedOptions, readDeployment } from './deployed.ts';
import { createMetricRecorder } from '../runtime/metrics.ts';
import { createLog, type LambdaLog } from '../runtime/logger.ts';

/** The callback of all sources of a deployment. */
export interface Callback {
  readonly log: LambdaLog;
  /** Handles an event of the HTTP API; `reference` is printed on the page, and identifies the line in the log. */
  readonly handle: (event: unknown, reference: string, signal: AbortSignal) => Promise<HttpResponse>;
}

export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Creates the callback. Throws ConfigurationError for an environment that is not the deployment's. */
export const createCallback = (options: DeployedOptions): Callback => {
  const { stack, sources, bucket, secrets, collectQueues } = readDeployment(options.environment, [
    'stack',
    'sources',
    'bucket',
    'secrets',
    'collectQueues',
  ]);
  const log = createLog('oauth-callback');
  const metrics = createMetricRecorder(stack);
  const opened = new Map(
    sources.map((source): [string, ConnectionContext] => {
      const { name } = source;
      const resources = { bucket, secretId: secrets[name] ?? '', queueUrl: collectQueues[name] ?? '' };
      return [name, openConnectionContext(source, resources, options)];
    }),
  );
  return {
    log,
    handle: async (event, reference, signal) => {
      const request = parseCallbackEvent(event, reference);
      const response = await handleCallback(request, (source) => opened.get(source), signal);
      if (response.line.stranger) {
        metrics.record('CallbackStrangers', 1, {});
        metrics.write();
      }
      return respond(response, log);
    },
  };
};

const respond = ({ status, headers, body, line }: CallbackResponse, log: LambdaLog): HttpResponse => {
  const { level, ...fields } = line;
  log[level]('callback', { ...fields, status });
  return { statusCode: status, headers: { ...headers }, body };
};
