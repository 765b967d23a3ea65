import { Command, Option } from 'commander';
import { OPTIONS, parseDuration } from './arguments.ts';
import { clockFrom } from '../shared/runtime/clock.ts';
import type { DeploymentOptions } from './deployed-source.ts';
import { DEPLOYMENT_OPTIONS } from './deployment-options.ts';
import { OUTPUT_OPTIONS, type OutputFlags } from './output/output-format.ts';
import type { ExitCode, CliContext } from './context.ts';

/** So long that nobody is told, at most: longer is no mute, but a change of sources.json. */
const MOST_DAYS = 14;

interface Flags extends DeploymentOptions {
  readonly now?: Date;
}

interface ManyFlags extends Flags {
  readonly source?: string;
}

/** The world as the person pretends it to be. */
const at = ({ now }: Flags, context: CliContext): CliContext =>
  now ? { ...context, clock: clockFrom(now, context.clock) } : context;

/** `alarm`: the alarms of a deployment. */
export const alarmCommand = (context: CliContext, exit: (code: ExitCode) => void): Command => {
  const of = (name: string, description: string): Command =>
    new Command(name)
      .description(description)
      .addOption(DEPLOYMENT_OPTIONS.config())
      .addOption(DEPLOYMENT_OPTIONS.stack())
      .addOption(OPTIONS.now());
  const commands = [
    of('list', 'every alarm: its state, since when, why, and whether anybody hears it')
      .addOption(OPTIONS.onlySource())
      .addOption(OUTPUT_OPTIONS.output())
      .addOption(OUTPUT_OPTIONS.json())
      .action(async (flags: ManyFlags & OutputFlags) => {
        const { alarmList } = await import('./alarm-list.ts');
        exit(await alarmList(flags, at(flags, context)));
      }),
    of('test', 'send a test, marked as one, through the whole path of an alarm')
      .argument('<name>', ONE)
      .action(async (name: string, flags: Flags) => {
        const { alarmTest } = await import('./alarm-test.ts');
        exit(await alarmTest(name, flags, at(flags, context)));
      }),
    of('mute', 'have nobody told of an alarm for a while; it ends by itself')
      .argument('<name>', ONE_OR_ALL)
      .addOption(OPTIONS.onlySource())
      .addOption(
        new Option('--for <time>', `how long: 15m, 2h, 3d; ${MOST_DAYS}d at most`)
          .argParser(parseDuration(MOST_DAYS))
          .makeOptionMandatory(),
      )
      .option('--why <text>', 'what others should know of it')
      .action(async (name: string, flags: ManyFlags & { for: number; why?: string }) => {
        const { alarmMute } = await import('./alarm-mute.ts');
        exit(await alarmMute(name, flags, at(flags, context)));
      }),
    of('unmute', 'have people told again; what they missed is told now')
      .argument('<name>', ONE_OR_ALL)
      .addOption(OPTIONS.onlySource())
      .action(async (name: string, flags: ManyFlags) => {
        const { alarmUnmute } = await import('./alarm-mute.ts');
        exit(await alarmUnmute(name, flags, at(flags, context)));
      }),
  ];
  const alarm = new Command('alarm').description('the alarms of what was deployed: list, test, mute, unmute');
  for (const command of commands) alarm.addCommand(command);
  return alarm;
};

const ONE = "the alarm's name, with or without the stack's before it";
const ONE_OR_ALL = `${ONE}; "all" for all of them`;
