import type { DeployedHealth, AlarmStatus } from '../shared/app/health-console.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { AlarmIdentity } from '../shared/contract/alarms.ts';
import { type DeploymentOptions, findDeployment, type FoundDeployment } from './deployed-source.ts';
import { openHealth } from './open-health.ts';
import type { CliContext } from './context.ts';

/** A deployment and the state of its alarms. */
export interface FoundAlarms {
  readonly found: FoundDeployment;
  readonly health: DeployedHealth;
  readonly alarms: readonly AlarmStatus[];
}

/** Finds the alarms of a deployment, or those of one source, with those of the deployment as a whole. */
export const findAlarms = async (
  options: DeploymentOptions & { readonly source?: string },
  context: CliContext,
): Promise<FoundAlarms> => {
  const found = await findDeployment(options, context, options.source);
  const health = openHealth(found, context);
  const alarms = (await health.alarms()).filter(
    ({ identity: { source } }) =>
      options.source === undefined || source === undefined || source === options.source,
  );
  return { found, health, alarms };
};

/** The name of an alarm without the prefix of the stack. */
export const shortName = (stack: string, { name }: Pick<AlarmIdentity, 'name'>): string =>
  name.slice(stack.length + 1);

/** The alarm of that name, with or without the prefix of the stack. Throws ConfigurationError, naming all alarms. */
export const alarmNamed = (
  { found, alarms }: Pick<FoundAlarms, 'found' | 'alarms'>,
  name: string,
): AlarmStatus => {
  const { stack } = found.deployment;
  const matches = alarms.filter(({ identity }) => identity.name === name);
  if (matches.length === 0) {
    matches.push(...alarms.filter(({ identity }) => shortName(stack, identity) === name));
  }
  const [match, other] = matches;
  if (match && !other) return match;
  if (match) {
    const names = matches.map(({ identity }) => identity.name).join(' or ');
    throw new ConfigurationError('unknown-alarm', `"${name}" is ambiguous. Use ${names}.`);
  }
  const names = alarms.map(({ identity }) => `  ${shortName(stack, identity)}\n`).join('');
  throw new ConfigurationError(
    'unknown-alarm',
    `The deployment ${stack} has no alarm "${name}". It has:\n${names.trimEnd()}`,
  );
};

/** The sources that an alarm affects. An alarm of the whole deployment affects all. */
export const affectedSources = (
  alarms: readonly AlarmStatus[],
  { sources }: Pick<FoundDeployment, 'sources'>,
): string[] => {
  const all = sources.map(({ name }) => name);
  return all.filter((name) =>
    alarms.some(({ identity: { source } }) => source === undefined || source === name),
  );
};

/** The error for an alarm that sources.json requires and the stack lacks. */
export const alarmNotDeployed = (name: string): ConfigurationError =>
  new ConfigurationError(
    'not-deployed',
    `CloudWatch has no alarm ${name}: the deployment is older than this release, or the alarm was deleted. Deploy again: npm run deploy`,
  );
