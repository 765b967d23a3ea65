import { Command, Option } from 'commander';
import { OPTIONS, parseDuration } from './arguments.ts';
import { clockFrom } from '../shared/runtime/clock.ts';
import type { DeploymentOptions } from './deployed-source.ts';
import { DEPLOYMENT_OPTIONS } from './deployment-options.ts';
import { OUTPUT_OPTIONS, type OutputFlags } from './output/output-format.ts';
import type { ExitCode, CliContext } from './context.ts';

/** The longest mute. To silence an alarm for longer, change sources.json. */
const MOST_DAYS = 14;

interface Flags extends DeploymentOptions {
  readonly now?: Date;
}

interface ManyFlags extends Flags {
  readonly source?: string;
}

/** The context with the clock of `--now`. */
const at = ({ now }: Flags, context: CliContext): CliContext =>
  now ? { ...context, clock: clockFrom(now, context.clock) } : context;

/** `alarm`: lists, tests, mutes and unmutes the alarms of a deployment. */
export const alarmCommand = (context: CliContext, exit: (code: ExitCode) => void): Command => {
  const of = (name: string, description: string): Command =>
    new Command(name)
      .description(description)
      .addOption(DEPLOYMENT_OPTIONS.config())
      .addOption(DEPLOYMENT_OPTIONS.stack())
      .addOption(OPTIONS.now());
  const commands = [
    of('list', 'List all alarms with state, start, reason and mute.')
      .addOption(OPTIONS.onlySource())
      .addOption(OUTPUT_OPTIONS.output())
      .addOption(OUTPUT_OPTIONS.json())
      .action(async (flags: ManyFlags & OutputFlags) => {
        const { alarmList } = await import('./alarm-list.ts');
        exit(await alarmList(flags, at(flags, context)));
      }),
    of('test', 'Send a test notification through the whole path of an alarm.')
      .argument('<name>', ONE)
      .action(async (name: string, flags: Flags) => {
        const { alarmTest } = await import('./alarm-test.ts');
        exit(await alarmTest(name, flags, at(flags, context)));
      }),
    of('mute', 'Silence an alarm for a time; expires automatically.')
      .argument('<name>', ONE_OR_ALL)
      .addOption(OPTIONS.onlySource())
      .addOption(
        new Option('--for <time>', `Mute for this long: 15m, 2h, 3d; ${MOST_DAYS}d at most`)
          .argParser(parseDuration(MOST_DAYS))
          .makeOptionMandatory(),
      )
      .option('--why <text>', 'Record a reason that others can see')
      .action(async (name: string, flags: ManyFlags & { for: number; why?: string }) => {
        const { alarmMute } = await import('./alarm-mute.ts');
        exit(await alarmMute(name, flags, at(flags, context)));
      }),
    of('unmute', 'Resume notifications; sends what was missed.')
      .argument('<name>', ONE_OR_ALL)
      .addOption(OPTIONS.onlySource())
      .action(async (name: string, flags: ManyFlags) => {
        const { alarmUnmute } = await import('./alarm-mute.ts');
        exit(await alarmUnmute(name, flags, at(flags, context)));
      }),
  ];
  const alarm = new Command('alarm').description('List, test, mute and unmute the alarms of a deployment.');
  for (const command of commands) alarm.addCommand(command);
  return alarm;
};

const ONE = "Name of the alarm, with or without the stack's prefix";
const ONE_OR_ALL = `${ONE}; "all" for all alarms`;
