import { z } from 'zod';
import type { SourceResources } from '../shared/app/connection.ts';
import { OUTPUTS } from '../shared/contract/outputs.ts';
import type { MonitoredDeployment } from '../shared/app/health-console.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { SourceConfig } from '../shared/model/source-config.ts';
import { configuredSource, readSources } from './configured-source.ts';
import type { Prompt } from './prompt.ts';
import type { CliContext } from './context.ts';

/** A configured source and its resources in the stack. */
export interface DeployedSource {
  readonly source: SourceConfig;
  readonly resources: SourceResources;
  /** The OAuth redirect URL; undefined for other sources. */
  readonly redirectUrl: string | undefined;
}

export interface DeploymentOptions {
  /** The sources file. */
  readonly config: string;
  /** The stack, if not the one in the sources file. */
  readonly stack?: string;
}

/** Finds a source in the sources file and in AWS. Throws ConfigurationError, naming where it is missing. */
export const findDeployedSource = async (
  name: string,
  { config, stack }: DeploymentOptions,
  context: Pick<CliContext, 'proxies'>,
): Promise<DeployedSource> => {
  const file = readSources(config);
  const source = configuredSource(name, file, config);
  const stackName = stack ?? file.stack;
  const outputs = await outputsOf(stackName, context);
  const secretId = outputs.secrets[name];
  const queueUrl = outputs.collectQueues[name];
  if (secretId === undefined || queueUrl === undefined) throw notDeployed(stackName, name);
  const resources = { bucket: outputs.bucket, secretId, queueUrl };
  return { source, resources, redirectUrl: outputs.redirectUrls[name] };
};

/** A configured deployment and its resources. */
export interface FoundDeployment {
  readonly deployment: MonitoredDeployment;
  /** The sources in the sources file that the stack has. */
  readonly sources: readonly SourceConfig[];
  /** The sources in the sources file that the stack lacks. */
  readonly undeployed: readonly string[];
  /** ARN of the alarm topic; undefined if the stack predates alarms. */
  readonly alarmsTopic: string | undefined;
}

/** Finds a deployment, or one source of it, by the sources file and the outputs of the stack. Throws as `findDeployedSource` does. */
export const findDeployment = async (
  { config, stack }: DeploymentOptions,
  context: Pick<CliContext, 'proxies'>,
  only?: string,
): Promise<FoundDeployment> => {
  const file = readSources(config);
  if (only !== undefined) configuredSource(only, file, config);
  const stackName = stack ?? file.stack;
  const { bucket, secrets, pollerLogs, alarmsTopic } = await outputsOf(stackName, context);
  const sources = file.sources.filter(({ name }) => secrets[name] !== undefined);
  const undeployed = file.sources.map(({ name }) => name).filter((name) => secrets[name] === undefined);
  const lacking = undeployed.find((name) => (only === undefined ? sources.length === 0 : name === only));
  if (lacking !== undefined) throw notDeployed(stackName, lacking);
  const monitorConfig = { sources, quietDays: file.quietDays };
  const deployment = { stack: stackName, bucket, pollerLogs, monitorConfig, optionalParts: file };
  return { deployment, sources, undeployed, alarmsTopic };
};

/** The only source of the sources file, or the one that the operator chooses. Throws ConfigurationError without a terminal. */
export const chooseSource = async (config: string, prompt: Prompt | undefined): Promise<string> => {
  const names = readSources(config).sources.map(({ name }) => name);
  const [first, ...others] = names;
  if (first !== undefined && others.length === 0) return first;
  if (prompt) return prompt.choice('Which source?', names);
  throw new ConfigurationError(
    'source-unnamed',
    `${config} has the sources ${names.join(', ')}. Select one with --source.`,
  );
};

const notDeployed = (stack: string, source: string): ConfigurationError =>
  new ConfigurationError(
    'not-deployed',
    `The stack ${stack} was deployed without the source "${source}". Deploy again: npm run deploy`,
  );

const byName = z
  .string()
  .default('{}')
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.record(z.string(), z.string()));

const OutputsSchema = z.object({
  [OUTPUTS.bucket]: z.string(),
  [OUTPUTS.redirectUrls]: byName,
  [OUTPUTS.secrets]: byName,
  [OUTPUTS.collectQueues]: byName,
  [OUTPUTS.pollerLogs]: byName,
  [OUTPUTS.alarmsTopic]: z.string().optional(),
});

interface Outputs {
  readonly bucket: string;
  readonly redirectUrls: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly collectQueues: Readonly<Record<string, string>>;
  readonly pollerLogs: Readonly<Record<string, string>>;
  readonly alarmsTopic: string | undefined;
}

const outputsOf = async (stack: string, { proxies }: Pick<CliContext, 'proxies'>): Promise<Outputs> => {
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const { throughProxies } = await import('../shared/app/deployed.ts');
  const client = new CloudFormationClient(proxies ? throughProxies(proxies) : {});
  const found = await client.send(new DescribeStacksCommand({ StackName: stack })).catch((error: unknown) => {
    throw unreachable(stack, error);
  });
  const outputs = Object.fromEntries(
    (found.Stacks?.[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]),
  );
  const parsed = OutputsSchema.safeParse(outputs);
  if (!parsed.success) {
    throw new ConfigurationError(
      'not-deployed',
      `The stack ${stack} lacks the outputs of a zoom-log-source deployment, or is still being deployed. Deploy it: npm run deploy`,
    );
  }
  return {
    bucket: parsed.data[OUTPUTS.bucket],
    redirectUrls: parsed.data[OUTPUTS.redirectUrls],
    secrets: parsed.data[OUTPUTS.secrets],
    collectQueues: parsed.data[OUTPUTS.collectQueues],
    pollerLogs: parsed.data[OUTPUTS.pollerLogs],
    alarmsTopic: parsed.data[OUTPUTS.alarmsTopic],
  };
};

const unreachable = (stack: string, cause: unknown): ConfigurationError => {
  if (cause instanceof ConfigurationError) return cause;
  const { name, message } = cause as Error;
  if (message.includes('does not exist')) {
    return new ConfigurationError(
      'not-deployed',
      `There is no stack ${stack} in this AWS account and region. Deploy it (npm run deploy), name another stack with --stack, or ` +
        `choose another account or region with AWS_PROFILE and AWS_REGION.`,
      { cause },
    );
  }
  return new ConfigurationError(
    'aws',
    `Cannot read the stack ${stack} from AWS (${name}). Log in, or choose an account and region with AWS_PROFILE and AWS_REGION.`,
    { cause },
  );
};
