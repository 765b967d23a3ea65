import { Command } from 'commander';
import { planMirror, readMirrorState, releaseBrake, type MirrorPlan } from '../shared/app/mirror.ts';
import { openCollected } from '../shared/app/open-store.ts';
import type { ObjectStore } from '../shared/collect/ports.ts';
import { DEFAULT_MIRROR_RULES } from '../shared/model/content-config.ts';
import { jsonToLine } from '../shared/normalize/index.ts';
import { OPTIONS } from './arguments.ts';
import { confirmPlan } from './confirm-plan.ts';
import { sourcesOf } from './content-selection.ts';
import type { CliContext, ExitCode } from './context.ts';
import { brakeLines, mirrorPlanToText, MOST_NAMED } from './mirror-to-text.ts';
import { printProse } from './output/prose.ts';
import type { Prompt } from './prompt.ts';

interface MirrorFlags {
  readonly out: string;
  readonly source?: string;
  readonly now?: Date;
  readonly json?: true;
  readonly yes?: true;
}

/** `mirror`: shows what the mirror of a source hides next, and releases its brake. */
export const mirrorCommand = (
  context: CliContext,
  exit: (code: ExitCode) => void,
  prompt: Prompt | undefined,
): Command => {
  const of = (name: string, description: string): Command =>
    new Command(name)
      .description(description)
      .addOption(OPTIONS.out())
      .addOption(OPTIONS.onlySource())
      .addOption(OPTIONS.now());
  const commands = [
    of('plan', 'Show what the next run hides and shows, what waits, what a hold keeps, and the brake.')
      .addOption(OPTIONS.json())
      .action(async (flags: MirrorFlags) => exit(await showPlan(flags, context))),
    of('release', 'Release the files that the brake named, so that later runs hide them.')
      .option('--yes', 'Skip the confirmation prompt')
      .action(async (flags: MirrorFlags) => exit(await release(flags, context, prompt))),
  ];
  const mirror = new Command('mirror').description(
    'Show what a mirror hides next, and release its brake. Nothing that is held is removed.',
  );
  for (const command of commands) mirror.addCommand(command);
  return mirror;
};

const showPlan = async (flags: MirrorFlags, context: CliContext): Promise<ExitCode> => {
  const store = await openCollected(flags.out, context);
  let isBraked = false;
  for (const source of await sourcesOf(store, flags)) {
    const plan = await planOf(store, source, flags, context);
    isBraked ||= plan.brake !== undefined;
    if (flags.json) context.stdout(jsonToLine(planToJson(source, plan)));
    else printProse(mirrorPlanToText(source, plan), context);
  }
  return isBraked ? 1 : 0;
};

/** With the rules of the last run. */
const planOf = async (
  store: ObjectStore,
  source: string,
  { now }: MirrorFlags,
  { clock }: CliContext,
): Promise<MirrorPlan> => {
  const rules = (await readMirrorState(store, source))?.rules ?? DEFAULT_MIRROR_RULES;
  return planMirror(store, source, rules, now ?? clock.now());
};

const release = async (
  flags: MirrorFlags,
  context: CliContext,
  prompt: Prompt | undefined,
): Promise<ExitCode> => {
  const store = await openCollected(flags.out, context);
  let found = 0;
  for (const source of await sourcesOf(store, flags)) {
    const { brake } = await planOf(store, source, flags, context);
    if (!brake) continue;
    found += 1;
    const text = `${brakeLines(source, brake, MOST_NAMED).join('\n')}\nAfter the release, they are hidden once their grace is over.\n`;
    if (!(await confirmPlan(text, context, prompt, flags.yes))) return 1;
    const actor = { kind: 'operator', name: context.operator } as const;
    await releaseBrake(store, { source, actor, at: flags.now ?? context.clock.now() }, brake);
    printProse(`${source}: released. The next run hides what is due.\n`, context);
  }
  if (found === 0) printProse('No brake is on. Nothing was changed.\n', context);
  return 0;
};

const planToJson = (source: string, plan: MirrorPlan): object => {
  const { mode, files, hidden, due, show, waiting, kept, brake } = plan;
  const item = ({ slice: { stream, day }, file, gone }: MirrorPlan['due'][number]): object => ({
    stream,
    day,
    item: file.item,
    topic: file.topic,
    gone_at: gone?.at,
  });
  return {
    source,
    mode,
    files,
    hidden: hidden.map(item),
    hide: brake ? [] : due.map(item),
    show: show.map((one) => ({ ...item(one.item), because: one.because })),
    waiting: waiting.map((one) => ({ ...item(one.item), until: one.until })),
    kept: kept.map((one) => ({ ...item(one.item), hold: one.hold })),
    ...(brake && { brake: { total: brake.total, items: brake.items.map(item) } }),
  };
};
