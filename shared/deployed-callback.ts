import { answerCallback, type CallbackAnswer } from './connect/answer-callback.ts';
import { parseCallbackEvent } from './connect/callback-event.ts';
import type { Connecting } from './connect/ports.ts';
import { type DeployedOptions, openConnecting, readDeployment } from './connect-deployed.ts';
import { createMeter } from './runtime/meter.ts';
import { createLog, type LambdaLog } from './runtime/logger.ts';

/** The callback of all sources of a deployment. */
export interface Callback {
  readonly log: LambdaLog;
  /** Answers an event of the HTTP API; `reference` stands on the page, and finds the line in the log. */
  readonly answer: (event: unknown, reference: string, signal: AbortSignal) => Promise<HttpResponse>;
}

export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Puts the callback together. Throws ConfigurationError for an environment that is not the deployment's. */
export const createCallback = (options: DeployedOptions): Callback => {
  const { stack, sources, bucket, secrets, collectQueues } = readDeployment(options.environment, [
    'stack',
    'sources',
    'bucket',
    'secrets',
    'collectQueues',
  ]);
  const log = createLog('oauth-callback');
  const meter = createMeter(stack);
  const opened = new Map(
    sources.map((source): [string, Connecting] => {
      const { name } = source;
      const places = { bucket, secretId: secrets[name] ?? '', queueUrl: collectQueues[name] ?? '' };
      return [name, openConnecting(source, places, options)];
    }),
  );
  return {
    log,
    answer: async (event, reference, signal) => {
      const request = parseCallbackEvent(event, reference);
      const answer = await answerCallback(request, (source) => opened.get(source), signal);
      if (answer.line.stranger) {
        meter.tell('CallbackStrangers', 1, {});
        meter.write();
      }
      return respond(answer, log);
    },
  };
};

const respond = ({ status, headers, body, line }: CallbackAnswer, log: LambdaLog): HttpResponse => {
  const { level, ...fields } = line;
  log[level]('callback', { ...fields, status });
  return { statusCode: status, headers: { ...headers }, body };
};
