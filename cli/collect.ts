import { Command } from 'commander';
import type { Day } from '../shared/model/day.ts';
import { STREAM_NAMES } from '../shared/model/stream.ts';
import type { Ask } from './ask.ts';
import { daysToCollect, OPTIONS } from './arguments.ts';
import type { CollectDeployedOptions } from './collect-deployed.ts';
import { DEPLOYMENT_OPTIONS } from './deployment-options.ts';
import { estimateCollect, estimateToText, isLong } from './estimate.ts';
import { run, type RunOptions } from './run.ts';
import { stoppable } from './stoppable.ts';
import { printProse } from './output/prose.ts';
import type { ExitCode, Surroundings } from './surroundings.ts';

interface CollectFlags {
  readonly from: Day;
  readonly to: Day;
  readonly deployed?: true;
}

/** `collect`: brings a range of days. */
export const collectCommand = (
  surroundings: Surroundings,
  exit: (code: ExitCode) => void,
  ask: Ask | undefined,
): Command =>
  new Command('collect')
    .description('bring every event of a range of days; what is there stays, what is missing comes')
    .addOption(OPTIONS.from())
    .addOption(OPTIONS.to())
    .addOption(OPTIONS.out().makeOptionMandatory(false))
    .addOption(OPTIONS.source())
    .addOption(OPTIONS.stream())
    .addOption(OPTIONS.format())
    .addOption(OPTIONS.ocsf())
    .addOption(OPTIONS.lookback())
    .addOption(OPTIONS.requestsPerDay())
    .addOption(OPTIONS.groupReadable())
    .addOption(OPTIONS.dryRun())
    .addOption(OPTIONS.now())
    .addOption(OPTIONS.json())
    .option('--deployed', 'ask the deployed source for the days, instead of bringing them to --out')
    .option('--wait', 'with --deployed: wait until they are there')
    .addOption(DEPLOYMENT_OPTIONS.config())
    .addOption(DEPLOYMENT_OPTIONS.stack())
    .action(async (options: RunOptions & CollectDeployedOptions & CollectFlags, command: Command) => {
      const now = options.now ?? surroundings.clock.now();
      const days = daysToCollect(options.from, options.to, now);
      if (options.deployed) {
        const named = command.getOptionValueSource('source') === 'default' ? undefined : options.source;
        const [{ collectDeployed }, { chooseSource }] = await Promise.all([
          import('./collect-deployed.ts'),
          import('./deployed-source.ts'),
        ]);
        exit(
          await stoppable(surroundings, async () => {
            const source = named ?? (await chooseSource(options.config, ask));
            return collectDeployed({ ...options, source }, days, surroundings);
          }),
        );
        return;
      }
      if ((options.out as string | undefined) === undefined) {
        command.error(
          "error: required option '--out <dir>' not specified (or --deployed, for a deployed source)",
        );
      }
      const estimate = await estimateCollect(options, days, now, surroundings);
      if (options.dryRun) {
        if (options.json) surroundings.out(`${JSON.stringify(estimate)}\n`);
        else printProse(estimateToText(estimate), surroundings);
        exit(0);
        return;
      }
      if (!options.json && isLong(estimate)) surroundings.err(estimateToText(estimate));
      const extent = { days: days.length, streams: options.stream ? 1 : STREAM_NAMES.length };
      exit(
        await run('collect', options, surroundings, extent, (connector, observer) =>
          connector.collectDays(days, surroundings.signal, observer),
        ),
      );
    });
