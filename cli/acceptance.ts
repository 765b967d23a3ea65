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

/** The default command: this project's collector. */
const OUR_COMMAND: CollectorCommand = [join(import.meta.dirname, 'acceptance-collector.sh')];

const scenarioNamed = (name: string, named: readonly Scenario[] = []): Scenario[] => {
  const found = SCENARIOS.find((scenario) => scenario.name === name.toLowerCase());
  if (!found) throw new InvalidArgumentError(`Known: ${SCENARIOS.map((one) => one.name).join(', ')}.`);
  return [...named.filter((scenario) => scenario !== found), found];
};

/** `acceptance`: tests any collector's command against the simulated Zoom, scenario by scenario. */
export const acceptanceCommand = (context: CliContext, exit: (code: ExitCode) => void): Command =>
  new Command('acceptance')
    .description('Test any collector against a simulated Zoom and count lost and repeated rows.')
    .usage('[options] [-- COMMAND ...]')
    .argument(
      '[command...]',
      "Command that runs the collector once (default: this project's; see docs/acceptance.md)",
    )
    .option('--scenario <names...>', 'Run only these scenarios', scenarioNamed)
    .addOption(OPTIONS.stream())
    .option('--seed <number>', 'Generate the rows from this seed', wholeNumber(0, 999_999_999), 1)
    .option('--timeout <seconds>', 'End a run that takes longer', wholeNumber(1, 86_400), 120)
    .option('--jobs <count>', 'Run this many scenarios in parallel', wholeNumber(1, 64), 1)
    .option('--keep <folder>', 'Keep the output of each run and the differing rows in this folder')
    .option('--list', 'List the scenarios and run nothing')
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
      throw new ConfigurationError('command', `${error.message} Write it after --, as in a shell.`);
    }
    if (!signal.aborted) throw error;
    stderr('Stopped.\n');
    return 1;
  }
};

/** Existing files would be scored as well. */
const assertUnused = (folder: string | undefined): void => {
  if (folder === undefined || !existsSync(folder) || readdirSync(folder).length === 0) return;
  throw new ConfigurationError('folder', `The folder ${folder} is not empty. Name another one with --keep.`);
};
