import { Command, Option } from 'commander';
import { openLocalArchive } from '../shared/connect-local.ts';
import { ConfigurationError } from '../shared/errors.ts';
import { clockFrom } from '../shared/runtime/clock.ts';
import { OPTIONS, wholeNumber } from './arguments.ts';
import { type DeploymentOptions, findDeployment } from './deployed-source.ts';
import { DEPLOYMENT_OPTIONS } from './deployment-options.ts';
import { readFolderHealth } from './folder-health.ts';
import { openHealth } from './open-health.ts';
import { paintFor } from './paint.ts';
import {
  deploymentToJson,
  deploymentToText,
  isDeploymentWell,
  readDeploymentStatus,
} from './status-deployed.ts';
import { statusToText } from './status-to-text.ts';
import { isWell } from './stream-health.ts';
import type { ExitCode, Surroundings } from './surroundings.ts';
import { watchScreen } from './watch-screen.ts';

interface StatusFlags extends DeploymentOptions {
  readonly out?: string;
  readonly deployed?: true;
  readonly source?: string;
  readonly dropOffMinutes?: number;
  readonly lookbackDays: number;
  /** Seconds; true if none were given. */
  readonly watch?: number | true;
  readonly now?: Date;
  readonly json?: true;
}

/** What is seen at one moment, and whether it is well. */
interface Seen {
  readonly text: string;
  readonly well: boolean;
}

const WATCH_SECONDS = 30;

/** `status`: where each stream stands, and how it is. */
export const statusCommand = (surroundings: Surroundings, exit: (code: ExitCode) => void): Command =>
  new Command('status')
    .description(
      'how each stream is, and where it stands: verdict, up to when it is complete, newest event, last run, last error',
    )
    .addOption(OPTIONS.out().makeOptionMandatory(false))
    .addOption(
      new Option('--deployed', 'what was deployed, with its alarms, instead of --out').conflicts([
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
        `look again every so many seconds (${WATCH_SECONDS}), until Ctrl-C`,
      ).argParser(wholeNumber(1, 3600)),
    )
    .addOption(OPTIONS.now())
    .addOption(OPTIONS.json())
    .action(async (flags: StatusFlags, command: Command) => {
      if (!flags.deployed && flags.out === undefined) {
        command.error(
          "error: required option '--out <dir>' not specified (or --deployed, for what was deployed)",
        );
      }
      const look = flags.deployed
        ? await lookAtDeployment(flags, surroundings)
        : lookAtFolder(flags, flags.out ?? '', surroundings);
      const clock = flags.now ? clockFrom(flags.now, surroundings.clock) : surroundings.clock;
      if (flags.watch === undefined) {
        const { text, well } = await look(flags.now ?? clock.now());
        surroundings.out(text);
        exit(well ? 0 : 1);
        return;
      }
      const seconds = flags.watch === true ? WATCH_SECONDS : flags.watch;
      await watchScreen(async () => (await look(clock.now())).text, seconds * 1000, surroundings);
    });

const lookAtFolder =
  ({ source, dropOffMinutes, lookbackDays, json }: StatusFlags, out: string, surroundings: Surroundings) =>
  async (now: Date): Promise<Seen> => {
    const archive = await openLocalArchive(out, surroundings);
    const found = await readFolderHealth(archive, out, { dropOffMinutes, lookbackDays }, now);
    const streams = found.filter((stream) => source === undefined || stream.source === source);
    if (streams.length === 0) throw noSuchSource(source, out);
    const text = json ? `${JSON.stringify(streams)}\n` : statusToText(streams, now, paintFor(surroundings));
    return { text, well: streams.every(isWell) };
  };

const lookAtDeployment = async (
  flags: StatusFlags,
  surroundings: Surroundings,
): Promise<(now: Date) => Promise<Seen>> => {
  const found = await findDeployment(flags, flags.source);
  const health = openHealth(found, surroundings);
  const paint = paintFor(surroundings);
  return async (now) => {
    const status = await readDeploymentStatus(found, health, flags.source, now);
    const text = flags.json ? deploymentToJson(status) : deploymentToText(status, paint);
    return { text, well: isDeploymentWell(status) };
  };
};

const noSuchSource = (source: string | undefined, out: string): ConfigurationError =>
  new ConfigurationError(
    'unknown-source',
    `Nothing in ${out} is of the source "${source ?? ''}". Without --source, status shows which there are.`,
  );
