import { Command } from 'commander';
import type { Day } from '../shared/model/day.ts';
import { STREAM_NAMES } from '../shared/model/stream.ts';
import type { Prompt } from './prompt.ts';
import { daysToCollect, OPTIONS } from './arguments.ts';
import type { CollectDeployedOptions } from './collect-deployed.ts';
import { DEPLOYMENT_OPTIONS } from './deployment-options.ts';
import { estimateCollect, estimateToText, isLong } from './estimate.ts';
import { run, type RunOptions } from './run.ts';
import { reportInterrupts } from './report-interrupts.ts';
import { printProse } from './output/prose.ts';
import type { ExitCode, CliContext } from './context.ts';

interface CollectFlags {
  readonly from: Day;
  readonly to: Day;
  readonly deployed?: true;
}

/** `collect`: collects a range of days. */
export const collectCommand = (
  context: CliContext,
  exit: (code: ExitCode) => void,
  prompt: Prompt | undefined,
): Command =>
  new Command('collect')
    .description('Collect all events in a date range. Safe to re-run.')
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
    .option('--deployed', 'Request the days from the deployed source instead of collecting them into --out')
    .option('--wait', 'With --deployed: wait until the days are collected')
    .addOption(DEPLOYMENT_OPTIONS.config())
    .addOption(DEPLOYMENT_OPTIONS.stack())
    .action(async (options: RunOptions & CollectDeployedOptions & CollectFlags, command: Command) => {
      const now = options.now ?? context.clock.now();
      const days = daysToCollect(options.from, options.to, now);
      if (options.deployed) {
        const named = command.getOptionValueSource('source') === 'default' ? undefined : options.source;
        const [{ collectDeployed }, { chooseSource }] = await Promise.all([
          import('./collect-deployed.ts'),
          import('./deployed-source.ts'),
        ]);
        exit(
          await reportInterrupts(context, async () => {
            const source = named ?? (await chooseSource(options.config, prompt));
            return collectDeployed({ ...options, source }, days, context);
          }),
        );
        return;
      }
      if ((options.out as string | undefined) === undefined) {
        command.error(
          "error: required option '--out <dir>' not specified (or --deployed, for a deployed source)",
        );
      }
      const estimate = await estimateCollect(options, days, now, context);
      if (options.dryRun) {
        if (options.json) context.stdout(`${JSON.stringify(estimate)}\n`);
        else printProse(estimateToText(estimate), context);
        exit(0);
        return;
      }
      if (!options.json && isLong(estimate)) context.stderr(estimateToText(estimate));
      const extent = { days: days.length, streams: options.stream ? 1 : STREAM_NAMES.length };
      exit(
        await run('collect', options, context, extent, (connector, observer) =>
          connector.collectDays(days, context.signal, observer),
        ),
      );
    });
