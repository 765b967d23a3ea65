import { Command } from 'commander';
import type { Day } from '../shared/model/day.ts';
import { type AnyStreamName, STREAM_NAMES } from '../shared/model/stream.ts';
import type { Prompt } from './prompt.ts';
import { daysToCollect, OPTIONS } from './arguments.ts';
import type { CollectDeployedOptions } from './collect-deployed.ts';
import { assertFits, CONTENT_OPTIONS, type ContentFlags, isContentStream } from './content-options.ts';
import { DEPLOYMENT_OPTIONS } from './deployment-options.ts';
import { estimateCollect, estimateToText, isLong } from './estimate.ts';
import { run, type RunOptions } from './run.ts';
import { reportInterrupts } from './report-interrupts.ts';
import { printProse } from './output/prose.ts';
import type { ExitCode, CliContext } from './context.ts';

interface CollectFlags extends ContentFlags {
  readonly from?: Day;
  readonly to?: Day;
  readonly content?: true;
  readonly deployed?: true;
}

type AllFlags = Omit<RunOptions, 'stream'> &
  Omit<CollectDeployedOptions, 'stream'> &
  CollectFlags & { readonly stream?: AnyStreamName };

/** `collect`: collects a range of days, of the logs or of content. */
export const collectCommand = (
  context: CliContext,
  exit: (code: ExitCode) => void,
  prompt: Prompt | undefined,
): Command =>
  new Command('collect')
    .description('Collect all events, or with --content all content, in a date range. Safe to re-run.')
    .addOption(OPTIONS.from().makeOptionMandatory(false))
    .addOption(OPTIONS.to().makeOptionMandatory(false))
    .addOption(OPTIONS.out().makeOptionMandatory(false))
    .addOption(OPTIONS.source())
    .addOption(CONTENT_OPTIONS.content())
    .addOption(CONTENT_OPTIONS.stream())
    .addOption(CONTENT_OPTIONS.types())
    .addOption(CONTENT_OPTIONS.bots())
    .addOption(CONTENT_OPTIONS.people())
    .addOption(CONTENT_OPTIONS.groups())
    .addOption(CONTENT_OPTIONS.exclude())
    .addOption(CONTENT_OPTIONS.futurePeople())
    .addOption(CONTENT_OPTIONS.mode())
    .addOption(CONTENT_OPTIONS.graceDays())
    .addOption(CONTENT_OPTIONS.onDeauthorization())
    .addOption(OPTIONS.format())
    .addOption(OPTIONS.ocsf())
    .addOption(OPTIONS.lookback())
    .addOption(OPTIONS.requestsPerDay())
    .addOption(OPTIONS.groupReadable())
    .addOption(OPTIONS.dryRun())
    .addOption(OPTIONS.now())
    .addOption(OPTIONS.json())
    .option('--deployed', 'Request the days from the deployed source instead of collecting them into --out')
    .option('--yes', 'With --content: change the mode of the source without a confirmation prompt')
    .option('--wait', 'With --deployed: wait until the days are collected')
    .addOption(DEPLOYMENT_OPTIONS.config())
    .addOption(DEPLOYMENT_OPTIONS.stack())
    .action(async (flags: AllFlags, command: Command) => {
      assertFits(command, flags.content ?? false, flags.stream);
      if (flags.content) {
        const { collectContent } = await import('./collect-content.ts');
        const isNamed = command.getOptionValueSource('config') === 'cli';
        const { stream, config, ...rest } = flags;
        const out = rest.out as string | undefined;
        if (out === undefined) command.error("error: required option '--out <dir>' not specified");
        exit(
          await collectContent(
            {
              ...rest,
              config: isNamed ? config : undefined,
              stream: stream && isContentStream(stream) ? stream : undefined,
            },
            context,
            prompt,
          ),
        );
        return;
      }
      const { stream, ...others } = flags;
      const options = { ...others, ...(stream && !isContentStream(stream) && { stream }) };
      const { from, to } = options;
      if (from === undefined) command.error("error: required option '--from <day>' not specified");
      if (to === undefined) command.error("error: required option '--to <day>' not specified");
      const now = options.now ?? context.clock.now();
      const days = daysToCollect(from, to, now);
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
