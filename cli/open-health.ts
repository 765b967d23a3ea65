import { type DeployedHealth, openDeployedHealth } from '../shared/app/health-console.ts';
import { messageOf } from '../shared/errors.ts';
import type { FoundDeployment } from './deployed-source.ts';
import type { CliContext } from './context.ts';
import { printable } from './text.ts';

/** Opens the health of a deployment; that a log can't be read is a warning. */
export const openHealth = (
  { deployment }: Pick<FoundDeployment, 'deployment'>,
  { clock, random, proxies, stderr }: Pick<CliContext, 'clock' | 'random' | 'proxies' | 'stderr'>,
): DeployedHealth =>
  openDeployedHealth(deployment, {
    clock,
    random,
    proxies,
    onLogUnavailable: (source, problem) =>
      stderr(
        `The log of the poller of ${source} was not read, and may say more: ${printable(messageOf(problem))}\n`,
      ),
  });
