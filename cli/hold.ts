import { Command, InvalidArgumentError, Option } from 'commander';
import { knownSources } from '../shared/app/archive.ts';
import {
  findEarlierPerson,
  HoldNameSchema,
  readHolds,
  type RecordedHold,
  recordHold,
  recordHoldRelease,
} from '../shared/app/mirror.ts';
import { openCollected } from '../shared/app/open-store.ts';
import type { ObjectStore } from '../shared/collect/ports.ts';
import type { Day } from '../shared/model/day.ts';
import { jsonToLine } from '../shared/normalize/index.ts';
import { assertInOrder, OPTIONS } from './arguments.ts';
import { assertSource } from './assert-source.ts';
import { operatorAt } from './audit-line.ts';
import { emailsOf } from './content-options.ts';
import type { CliContext, ExitCode } from './context.ts';
import { instantColumn } from './event-columns.ts';
import type { Column } from './output/column.ts';
import { isForPeople, OUTPUT_OPTIONS, type OutputFlags, outputFormatOf } from './output/output-format.ts';
import { openRecordPrinter } from './output/print-records.ts';
import { printProse } from './output/prose.ts';
import { printable } from './text.ts';

interface HoldFlags extends OutputFlags {
  readonly out: string;
  readonly source?: string;
  readonly now?: Date;
  readonly why?: string;
}

interface AddFlags extends HoldFlags {
  readonly people: 'all' | string[];
  readonly from?: Day;
  readonly to?: Day;
}

const nameOf = (text: string): string => {
  if (HoldNameSchema.safeParse(text).success) return text;
  throw new InvalidArgumentError('It must be 1 to 40 lower-case letters, digits and hyphens.');
};

/** `hold`: adds, lists and releases holds. */
export const holdCommand = (context: CliContext, exit: (code: ExitCode) => void): Command => {
  const of = (name: string, description: string): Command =>
    new Command(name).description(description).addOption(OPTIONS.out()).addOption(OPTIONS.now());
  const commands = [
    of('add', 'Keep content of some people and days in view, whatever leaves Zoom.')
      .argument('<name>', 'Name of the hold; it is never used again', nameOf)
      .addOption(
        new Option(
          '--people <emails>',
          'Keep recordings that they host and files of chat sessions that they are in, or "all"',
        )
          .argParser((text: string) => (text.toLowerCase() === 'all' ? 'all' : emailsOf(text)))
          .makeOptionMandatory(),
      )
      .addOption(OPTIONS.from().makeOptionMandatory(false))
      .addOption(OPTIONS.to().makeOptionMandatory(false))
      .addOption(OPTIONS.onlySource())
      .option('--why <text>', 'Record a reason')
      .action(async (name: string, flags: AddFlags) => exit(await add(name, flags, context))),
    of('list', 'List all holds, those that are released as well.')
      .addOption(OUTPUT_OPTIONS.output())
      .addOption(OUTPUT_OPTIONS.json())
      .action(async (flags: HoldFlags) => exit(await list(flags, context))),
    of('release', 'Release a hold. Its record stays, and later runs hide what it kept.')
      .argument('<name>', 'Name of the hold', nameOf)
      .option('--why <text>', 'Record a reason')
      .action(async (name: string, flags: HoldFlags) => exit(await release(name, flags, context))),
  ];
  const hold = new Command('hold').description('Add, list and release holds, which a mirror obeys.');
  for (const command of commands) hold.addCommand(command);
  return hold;
};

const add = async (name: string, flags: AddFlags, context: CliContext): Promise<ExitCode> => {
  const { out, people, from, to, source, why, now } = flags;
  assertInOrder(from, to);
  const store = await openCollected(out, context);
  if (source !== undefined) await assertSource(store, source, out);
  const hold = {
    name,
    at: (now ?? context.clock.now()).toISOString(),
    by: context.operator,
    people,
    ...(why !== undefined && { why }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(source !== undefined && { source }),
  };
  const sources = await sourcesAbout(store, source);
  const unknown = people === 'all' ? [] : await unknownPeople(store, sources, people);
  await recordHold(store, hold, operatorAt(context), sources);
  printProse(
    `The hold ${name} is on. The next run of a mirror shows again what it keeps. To end it: hold release ${name}\n`,
    context,
  );
  if (unknown.length > 0) {
    context.stderr(
      `WARNING: no collected list of people has ${unknown.map(printable).join(', ')}. The hold keeps nothing of them, except files of chat ` +
        `sessions that they are in.\nIf it is a typing error, release the hold and add another one.\n`,
    );
  }
  return 0;
};

/** Those of some addresses that no collected list of people has. */
const unknownPeople = async (
  store: ObjectStore,
  sources: readonly string[],
  emails: readonly string[],
): Promise<string[]> => {
  const unknown: string[] = [];
  for (const email of emails) {
    const found = await Promise.all(sources.map((source) => findEarlierPerson(store, source, email)));
    if (found.every((person) => person === undefined)) unknown.push(email);
  }
  return unknown;
};

const release = async (
  name: string,
  { out, why, now }: HoldFlags,
  context: CliContext,
): Promise<ExitCode> => {
  const store = await openCollected(out, context);
  const found = (await readHolds(store)).find(({ hold }) => hold.name === name);
  const done = await recordHoldRelease(
    store,
    {
      name,
      at: (now ?? context.clock.now()).toISOString(),
      by: context.operator,
      ...(why !== undefined && { why }),
    },
    operatorAt(context),
    await sourcesAbout(store, found?.hold.source),
  );
  printProse(
    done
      ? `The hold ${name} is released. Its record stays.\n`
      : `The hold ${name} was released before. Nothing was changed.\n`,
    context,
  );
  return 0;
};

/** The sources that a hold is about. */
const sourcesAbout = async (store: ObjectStore, source: string | undefined): Promise<readonly string[]> =>
  source === undefined ? knownSources(store) : [source];

const list = async (flags: HoldFlags, context: CliContext): Promise<ExitCode> => {
  const store = await openCollected(flags.out, context);
  const holds = await readHolds(store);
  const format = outputFormatOf(flags);
  const toJson = ({ hold, release }: RecordedHold): string =>
    jsonToLine({
      ...hold,
      ...(release && { released_at: release.at, released_by: release.by, released_why: release.why }),
    });
  const { print, end } = openRecordPrinter({ format, columns: HOLD_COLUMNS, toJson }, context);
  holds.forEach(print);
  end();
  if (holds.length === 0 && isForPeople(format)) context.stderr('There is no hold.\n');
  return 0;
};

const HOLD_COLUMNS: readonly Column<RecordedHold>[] = [
  { name: 'name', title: 'NAME', text: ({ hold }) => hold.name },
  { name: 'state', title: 'STATE', text: ({ release }) => (release ? 'released' : 'on') },
  instantColumn('SINCE (UTC)', 'since', ({ hold }) => hold.at),
  {
    name: 'people',
    title: 'PEOPLE',
    text: ({ hold: { people } }) => (people === 'all' ? 'all' : people.join(', ')),
    least: 16,
    weight: 2,
    lines: 3,
  },
  { name: 'from', title: 'FROM', text: ({ hold: { from = '' } }) => from },
  { name: 'to', title: 'TO', text: ({ hold: { to = '' } }) => to },
  { name: 'source', title: 'SOURCE', text: ({ hold: { source = 'all' } }) => source },
  { name: 'by', title: 'BY', text: ({ hold }) => hold.by, keep: 1 },
  { name: 'why', title: 'WHY', text: ({ hold: { why = '' } }) => why, least: 12, lines: 3, keep: 2 },
];
