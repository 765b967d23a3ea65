import { messageOnFailure } from '../audit/message-on-failure.ts';
import { recordConfigurationChange } from '../audit/record-configuration-change.ts';
import { createSecretsManager } from '../aws/clients.ts';
import { SourceSecrets } from '../aws/source-secrets.ts';
import { writeFailedStart } from '../collect/state/last-run.ts';
import { openBucket } from './aws-resources.ts';
import { createDeployedConnector, type DeployedOptions, readDeployment } from './deployed.ts';
import type { Connector } from './connector.ts';
import { dayOf } from '../model/day.ts';
import { PolledSourceSchema } from '../model/polled-source.ts';
import { createLog, type LambdaLog } from '../runtime/logger.ts';
import { createMetricRecorder } from '../runtime/metrics.ts';
import { handleEvent } from '../triggers/handle-event.ts';

/** The poller of one source of a deployment. */
export interface Poller {
  readonly log: LambdaLog;
  /** Handles an event of the schedule or of the collect queue. */
  readonly handle: (event: unknown, signal: AbortSignal) => ReturnType<typeof handleEvent>;
}

/** Creates the poller. Throws ConfigurationError for an environment that is not the deployment's. */
export const createPoller = (options: DeployedOptions): Poller => {
  const { source, secrets, bucket, stack } = readDeployment(options.environment, [
    'source',
    'secrets',
    'bucket',
    'stack',
  ]);
  const { name, streams } = source;
  const log = createLog('poller', { source: name });
  const metrics = createMetricRecorder(stack);
  const connector = cachedConnector(options, name, secrets[name] ?? '');
  const store = openBucket(`s3://${bucket}`, options);
  const recordFailure = async (reason: string, message: string): Promise<void> => {
    const error = { day: dayOf(options.clock.now()), reason, message };
    await Promise.all(
      streams.map((stream) => writeFailedStart(store, name, stream, error, options.clock.now())),
    );
  };
  const context = { source: name, streams, connector, recordFailure, log, metrics };
  const recordConfigurationOnce = onceDone(async () => {
    const recording = recordConfigurationChange(
      store,
      name,
      PolledSourceSchema.parse(source),
      options.clock.now(),
    );
    const problem = await messageOnFailure(recording);
    if (problem !== undefined) log.warn('audit log not written', { problem });
    return problem === undefined;
  });
  return {
    log,
    handle: async (event, signal) => {
      await recordConfigurationOnce();
      return handleEvent(event, context, signal);
    },
  };
};

/** Repeats an action on each call until it succeeds: for work that a process does once. */
const onceDone = (work: () => Promise<boolean>): (() => Promise<void>) => {
  let done = false;
  return async () => {
    done ||= await work();
  };
};

/**
 * The connector of a source, kept from one invocation to the next (it has the only copy of a rotated grant that could not be
 * stored), until the source is connected in another way, or disconnected.
 */
const cachedConnector = (
  options: DeployedOptions,
  source: string,
  secretId: string,
): (() => Promise<Connector>) => {
  const secrets = new SourceSecrets(createSecretsManager(options.aws ?? {}), options, source, secretId);
  let kept:
    { connector: Awaited<ReturnType<typeof createDeployedConnector>>; connection: string } | undefined;
  return async () => {
    const { app, accountId, grant } = (await secrets.read()).secret;
    const connection = JSON.stringify([app, accountId, grant !== undefined]);
    if (kept?.connection === connection) return kept.connector;
    await kept?.connector.close();
    kept = undefined;
    const connector = await createDeployedConnector(options);
    kept = { connector, connection };
    return connector;
  };
};
