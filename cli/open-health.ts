import { type DeployedHealth, openDeployedHealth } from '../shared/app/health-console.ts';
import { messageOf } from '../shared/errors.ts';
import type { FoundDeployment } from './deployed-source.ts';
import type { CliContext } from './context.ts';
import { printable } from './text.ts';

/** Opens the health of a deployment. A log that can't be read causes a warning. */
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
        `The poller log of ${source} could not be read, so details may be missing: ${printable(messageOf(problem))}\n`,
      ),
  });
