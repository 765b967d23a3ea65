import { createSecretsManager } from './aws/clients.ts';
import { SourceSecrets } from './aws/source-secrets.ts';
import { connectDeployed, type DeployedOptions, readDeployment } from './connect-deployed.ts';
import type { Connector } from './connector.ts';
import { createLog, type LambdaLog } from './runtime/logger.ts';
import { answerTrigger } from './triggers/answer-trigger.ts';

/** The poller of one source of a deployment. */
export interface Poller {
  readonly log: LambdaLog;
  /** Answers an event of the schedule or of the collect queue. */
  readonly answer: (event: unknown, signal: AbortSignal) => ReturnType<typeof answerTrigger>;
}

/** Puts the poller together. Throws ConfigurationError for an environment that is not the deployment's. */
export const createPoller = (options: DeployedOptions): Poller => {
  const { source, secrets } = readDeployment(options.environment, ['source', 'secrets']);
  const log = createLog('poller', { source: source.name });
  const connector = reconnecting(options, source.name, secrets[source.name] ?? '');
  return {
    log,
    answer: (event, signal) => answerTrigger(event, { source: source.name, connector, log }, signal),
  };
};

/**
 * The connector of a source, kept from one invocation to the next (for a rotated grant that could not be stored lives in it
 * alone), until the source is connected in another way, or disconnected.
 */
const reconnecting = (
  options: DeployedOptions,
  source: string,
  secretId: string,
): (() => Promise<Connector>) => {
  const secrets = new SourceSecrets(createSecretsManager(options.aws ?? {}), options, source, secretId);
  let kept: { connector: Awaited<ReturnType<typeof connectDeployed>>; connection: string } | undefined;
  return async () => {
    const { app, accountId, grant } = (await secrets.read()).secret;
    const connection = JSON.stringify([app, accountId, grant !== undefined]);
    if (kept?.connection === connection) return kept.connector;
    await kept?.connector.close();
    kept = undefined;
    const connector = await connectDeployed(options);
    kept = { connector, connection };
    return connector;
  };
};
