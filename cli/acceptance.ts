import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { ConfigurationError } from '../shared/errors.ts';
import { STREAM_NAMES, type StreamName } from '../shared/model/stream.ts';
import {
  type CollectorCommand,
  NotStartedError,
  playAll,
  type Scenario,
  type ScenarioScore,
  SCENARIOS,
} from '../simulator/acceptance/index.ts';
import {
  SCENARIO_COLUMNS,
  scenariosToJson,
  SCORE_COLUMNS,
  scoresToJson,
  scoresToText,
} from './acceptance-to-text.ts';
import { OPTIONS, wholeNumber } from './arguments.ts';
import { OUTPUT_OPTIONS, type OutputFlags, outputFormatOf } from './output/output-format.ts';
import { recordsToText, screenFor } from './output/print-records.ts';
import { recordsToTable, tableToText } from './output/table.ts';
import type { ExitCode, CliContext } from './context.ts';

interface AcceptanceFlags extends OutputFlags {
  readonly scenario?: readonly Scenario[];
  readonly stream?: StreamName;
  readonly seed: number;
  readonly timeout: number;
  readonly jobs: number;
  readonly keep?: string;
  readonly list?: true;
}

/** How our own collector is run, if no other is named. */
const OUR_COMMAND: CollectorCommand = [join(import.meta.dirname, 'acceptance-collector.sh')];

const scenarioNamed = (name: string, named: readonly Scenario[] = []): Scenario[] => {
  const found = SCENARIOS.find((scenario) => scenario.name === name.toLowerCase());
  if (!found) throw new InvalidArgumentError(`Known: ${SCENARIOS.map((one) => one.name).join(', ')}.`);
  return [...named.filter((scenario) => scenario !== found), found];
};

/** `acceptance`: any collector's command against the simulated Zoom, scenario by scenario. */
export const acceptanceCommand = (context: CliContext, exit: (code: ExitCode) => void): Command =>
  new Command('acceptance')
    .description("run any collector's command against a simulated Zoom, and count what it loses and repeats")
    .usage('[options] [-- COMMAND ...]')
    .argument('[command...]', 'starts the collector once; by default our own (docs/acceptance.md)')
    .option('--scenario <names...>', 'only these', scenarioNamed)
    .addOption(OPTIONS.stream())
    .option('--seed <number>', 'same seed, same rows', wholeNumber(0, 999_999_999), 1)
    .option('--timeout <seconds>', 'a run that takes longer is ended', wholeNumber(1, 86_400), 120)
    .option('--jobs <count>', 'scenarios at a time', wholeNumber(1, 64), 1)
    .option('--keep <folder>', 'leave there what each run printed and wrote, and which rows differ')
    .option('--list', 'name the scenarios, and run nothing')
    .addOption(OUTPUT_OPTIONS.output())
    .addOption(OUTPUT_OPTIONS.json())
    .action(async (command: readonly string[], flags: AcceptanceFlags) =>
      exit(await acceptance(command, flags, context)),
    );

const acceptance = async (
  [program, ...args]: readonly string[],
  flags: AcceptanceFlags,
  context: CliContext,
): Promise<ExitCode> => {
  const { environment, stdout, stderr, signal } = context;
  const format = outputFormatOf(flags);
  const scenarios = SCENARIOS.filter((one) => flags.scenario?.includes(one) ?? true);
  if (flags.list) {
    stdout(
      format === 'json'
        ? scenariosToJson(scenarios)
        : format === 'table'
          ? tableToText(recordsToTable(SCENARIO_COLUMNS, scenarios, screenFor(context)))
          : recordsToText(scenarios, { format, columns: SCENARIO_COLUMNS }),
    );
    return 0;
  }
  assertUnused(flags.keep);
  const report = ({ name, passed, seconds }: ScenarioScore): void =>
    stderr(`${passed ? 'passed' : 'FAILED'}  ${name}  (${seconds.toFixed(1)} s)\n`);
  try {
    const scores = await playAll(
      scenarios,
      {
        command: program === undefined ? OUR_COMMAND : [program, ...args],
        environment,
        streams: flags.stream ? [flags.stream] : STREAM_NAMES,
      },
      {
        seed: flags.seed,
        timeoutMs: flags.timeout * 1000,
        jobs: flags.jobs,
        keep: flags.keep === undefined ? undefined : resolve(flags.keep),
        signal,
        onScore: format === 'json' ? () => undefined : report,
      },
    );
    stdout(
      format === 'json'
        ? scoresToJson(scores, flags.seed)
        : format === 'table'
          ? scoresToText(scores, flags, context.columns)
          : recordsToText(scores, { format, columns: SCORE_COLUMNS }),
    );
    return scores.every(({ passed }) => passed) ? 0 : 1;
  } catch (error) {
    if (error instanceof NotStartedError) {
      throw new ConfigurationError(
        'command',
        `${error.message} Write it after --, as a shell would find it.`,
      );
    }
    if (!signal.aborted) throw error;
    stderr('Stopped.\n');
    return 1;
  }
};

/** What lies there from before would be scored, too. */
const assertUnused = (folder: string | undefined): void => {
  if (folder === undefined || !existsSync(folder) || readdirSync(folder).length === 0) return;
  throw new ConfigurationError('folder', `The folder ${folder} is not empty. Name another one with --keep.`);
};
