import { Command, Option } from 'commander';
import { isFull } from '../shared/app/local.ts';
import { openCollected } from '../shared/app/open-store.ts';
import { createArchive } from '../shared/app/archive.ts';
import { ConfigurationError } from '../shared/errors.ts';
import { clockFrom } from '../shared/runtime/clock.ts';
import { OPTIONS, wholeNumber } from './arguments.ts';
import { assertSource } from './assert-source.ts';
import type { DeploymentOptions } from './deployed-source.ts';
import { DEPLOYMENT_OPTIONS } from './deployment-options.ts';
import { diskIsFull, FREE_SPACE, readFolderHealth } from './folder-health.ts';
import { OUTPUT_OPTIONS, type OutputFlags, outputFormatOf } from './output/output-format.ts';
import { recordsToText } from './output/print-records.ts';
import { colorizeFor } from './colorize.ts';
import { lineOf, readContentHealth } from './content-health.ts';
import { statusToText, streamColumns } from './status-to-text.ts';
import { isWell, type StreamLine } from './stream-health.ts';
import type { ExitCode, CliContext } from './context.ts';
import { oneLine } from './text.ts';
import { watchScreen } from './watch-screen.ts';

interface StatusFlags extends DeploymentOptions, OutputFlags {
  readonly out?: string;
  readonly deployed?: true;
  readonly source?: string;
  readonly dropOffMinutes?: number;
  readonly lookbackDays: number;
  /** Seconds; true if the option has no value. */
  readonly watch?: number | true;
  readonly now?: Date;
}

/** The status at one moment, and whether it is healthy. */
interface Seen {
  readonly text: string;
  readonly well: boolean;
}

const WATCH_SECONDS = 30;

/** `status`: the health and completeness of each stream. */
export const statusCommand = (context: CliContext, exit: (code: ExitCode) => void): Command =>
  new Command('status')
    .description('Show the health and completeness of each stream.')
    .addOption(OPTIONS.out().makeOptionMandatory(false))
    .addOption(
      new Option('--deployed', 'Show a deployment with its alarms instead of --out').conflicts([
        'out',
        'dropOffMinutes',
        'lookbackDays',
      ]),
    )
    .addOption(OPTIONS.onlySource())
    .addOption(OPTIONS.dropOff())
    .addOption(OPTIONS.lookback())
    .addOption(DEPLOYMENT_OPTIONS.config())
    .addOption(DEPLOYMENT_OPTIONS.stack())
    .addOption(
      new Option(
        '--watch [seconds]',
        `Refresh at this interval until Ctrl-C (default: ${WATCH_SECONDS})`,
      ).argParser(wholeNumber(1, 3600)),
    )
    .addOption(OPTIONS.now())
    .addOption(OUTPUT_OPTIONS.output())
    .addOption(OUTPUT_OPTIONS.json())
    .action(async (flags: StatusFlags, command: Command) => {
      if (!flags.deployed && flags.out === undefined) {
        command.error("error: required option '--out <dir>' not specified (or --deployed, for a deployment)");
      }
      const look = flags.deployed
        ? await inspectDeployment(flags, context)
        : inspectFolder(flags, flags.out ?? '', context);
      const clock = flags.now ? clockFrom(flags.now, context.clock) : context.clock;
      if (flags.watch === undefined) {
        const { text, well } = await look(flags.now ?? clock.now());
        context.stdout(text);
        exit(well ? 0 : 1);
        return;
      }
      const seconds = flags.watch === true ? WATCH_SECONDS : flags.watch;
      await watchScreen(async () => (await look(clock.now())).text, seconds * 1000, context);
    });

const inspectFolder =
  (flags: StatusFlags, out: string, context: CliContext) =>
  async (now: Date): Promise<Seen> => {
    const { source, dropOffMinutes, lookbackDays } = flags;
    const store = await openCollected(out, context);
    const archive = createArchive(store);
    for (const key of await archive.foreignSources()) {
      context.stderr(`${oneLine(key)} does not name a source and was ignored. Move it out of this folder.\n`);
    }
    if (source !== undefined) await assertSource(store, source, out);
    const found = await readFolderHealth(archive, out, { dropOffMinutes, lookbackDays }, now);
    const streams = found.filter((stream) => source === undefined || stream.source === source);
    if (streams.length === 0) throw await nothingThere(out);
    const content = (await readContentHealth(archive, now)).filter(
      (stream) => source === undefined || stream.source === source,
    );
    const text = printed(flags, [...streams, ...content.map(lineOf)], now, {
      json: () => `${JSON.stringify([...streams, ...content])}\n`,
      table: () => statusToText(streams, now, colorizeFor(context), context.columns, content),
    });
    return { text, well: [...streams, ...content].every(isWell) };
  };

const inspectDeployment = async (
  flags: StatusFlags,
  context: CliContext,
): Promise<(now: Date) => Promise<Seen>> => {
  const [{ findDeployment }, { openHealth }, deployed] = await Promise.all([
    import('./deployed-source.ts'),
    import('./open-health.ts'),
    import('./status-deployed.ts'),
  ]);
  const found = await findDeployment(flags, context, flags.source);
  const health = openHealth(found, context);
  return async (now) => {
    const status = await deployed.readDeploymentStatus(found, health, flags.source, now);
    const text = printed(flags, status.streams, now, {
      json: () => deployed.deploymentToJson(status),
      table: () => deployed.deploymentToText(status, colorizeFor(context), context.columns),
    });
    return { text, well: deployed.isDeploymentWell(status) };
  };
};

/** The whole status as text or JSON; the other formats contain the streams only. */
const printed = (
  flags: StatusFlags,
  streams: readonly StreamLine[],
  now: Date,
  whole: { readonly json: () => string; readonly table: () => string },
): string => {
  const format = outputFormatOf(flags);
  return format === 'json' || format === 'table'
    ? whole[format]()
    : recordsToText(streams, { format, columns: streamColumns(now) });
};

const nothingThere = async (out: string): Promise<ConfigurationError> =>
  (await isFull(out))
    ? new ConfigurationError(
        'folder-full',
        `${diskIsFull(out)} No run has left a record there. ${FREE_SPACE}`,
      )
    : new ConfigurationError(
        'folder-empty',
        `Nothing was collected into ${out} yet, and no run has left a record there. Run collect or poll and read its output.`,
      );
