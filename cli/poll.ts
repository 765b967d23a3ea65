import { Command } from 'commander';
import { OPTIONS } from './arguments.ts';
import { NO_EXTENT, run, type RunOptions } from './run.ts';
import type { ExitCode, CliContext } from './context.ts';

/** `poll`: runs one scheduled poll. */
export const pollCommand = (context: CliContext, exit: (code: ExitCode) => void): Command =>
  new Command('poll')
    .description('Run one scheduled poll.')
    .addOption(OPTIONS.out())
    .addOption(OPTIONS.source())
    .addOption(OPTIONS.stream())
    .addOption(OPTIONS.format())
    .addOption(OPTIONS.ocsf())
    .addOption(OPTIONS.lookback())
    .addOption(OPTIONS.backfill())
    .addOption(OPTIONS.requestsPerDay())
    .addOption(OPTIONS.groupReadable())
    .addOption(OPTIONS.now())
    .addOption(OPTIONS.json())
    .action(async (options: RunOptions) => {
      exit(
        await run('poll', options, context, NO_EXTENT, (connector, observer) =>
          connector.poll(context.signal, observer),
        ),
      );
    });
