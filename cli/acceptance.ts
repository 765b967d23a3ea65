import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { ConfigurationError } from '../shared/errors.ts';
import { STREAM_NAMES, type StreamName } from '../shared/model/stream.ts';
import {
  type CollectorCommand,
  CONTENT_SCENARIOS,
  NotStartedError,
  play,
  playAll,
  type PlayAllOptions,
  playContent,
  SCENARIOS,
} from '../simulator/acceptance/index.ts';
import {
  type AnyScenario,
  type AnyScore,
  CONTENT_SCORES,
  LOG_SCORES,
  SCENARIO_COLUMNS,
  scenariosToJson,
  type ScoreForm,
  scoresToJson,
  scoresToText,
} from './acceptance-to-text.ts';
import { OPTIONS, wholeNumber } from './arguments.ts';
import { OUTPUT_OPTIONS, type OutputFlags, outputFormatOf } from './output/output-format.ts';
import { recordsToText, screenFor } from './output/print-records.ts';
import { recordsToTable, tableToText } from './output/table.ts';
import type { ExitCode, CliContext } from './context.ts';

interface AcceptanceFlags extends OutputFlags {
  readonly content?: true;
  readonly scenario?: readonly AnyScenario[];
  readonly stream?: StreamName;
  readonly seed: number;
  readonly timeout: number;
  readonly jobs: number;
  readonly keep?: string;
  readonly list?: true;
}

/** The default commands: this project's collector of the logs, and of recordings. */
const OUR_COMMAND: CollectorCommand = [join(import.meta.dirname, 'acceptance-collector.sh')];
const OUR_DOWNLOADER: CollectorCommand = [join(import.meta.dirname, 'acceptance-downloader.sh')];

const scenarioNamed = (name: string, named: readonly AnyScenario[] = []): AnyScenario[] => {
  const all: readonly AnyScenario[] = [...SCENARIOS, ...CONTENT_SCENARIOS];
  const found = all.find((scenario) => scenario.name === name.toLowerCase());
  if (!found) {
    throw new InvalidArgumentError(
      `Known: ${namesOf(SCENARIOS)}; with --content: ${namesOf(CONTENT_SCENARIOS)}.`,
    );
  }
  return [...named.filter((scenario) => scenario !== found), found];
};

const namesOf = (scenarios: readonly AnyScenario[]): string => scenarios.map(({ name }) => name).join(', ');

/** `acceptance`: tests any collector's command against the simulated Zoom, scenario by scenario. */
export const acceptanceCommand = (context: CliContext, exit: (code: ExitCode) => void): Command =>
  new Command('acceptance')
    .description('Test any collector against a simulated Zoom and count lost and repeated rows or files.')
    .usage('[options] [-- COMMAND ...]')
    .argument(
      '[command...]',
      "Command that runs the collector once (default: this project's; see docs/acceptance.md)",
    )
    .option('--content', 'Test a downloader of recordings: files are compared by SHA-256')
    .option('--scenario <names...>', 'Run only these scenarios', scenarioNamed)
    .addOption(OPTIONS.stream())
    .option('--seed <number>', 'Generate the rows from this seed', wholeNumber(0, 999_999_999), 1)
    .option('--timeout <seconds>', 'End a run that takes longer', wholeNumber(1, 86_400), 120)
    .option('--jobs <count>', 'Run this many scenarios in parallel', wholeNumber(1, 64), 1)
    .option('--keep <folder>', 'Keep the output of each run and the differing rows in this folder')
    .option('--list', 'List the scenarios and run nothing')
    .addOption(OUTPUT_OPTIONS.output())
    .addOption(OUTPUT_OPTIONS.json())
    .action(async (command: readonly string[], flags: AcceptanceFlags, self: Command) => {
      const isContent = flags.content ?? false;
      const known: readonly AnyScenario[] = isContent ? CONTENT_SCENARIOS : SCENARIOS;
      const other = flags.scenario?.find((scenario) => !known.includes(scenario));
      if (other) {
        self.error(
          `error: the scenario '${other.name}' ${isContent ? 'is for the logs: leave out --content' : 'needs --content'}`,
        );
      }
      if (isContent && flags.stream !== undefined) {
        self.error("error: option '--stream <stream>' is for the logs: it cannot be used with --content");
      }
      exit(await acceptance(command, flags, context));
    });

const acceptance = async (
  [program, ...args]: readonly string[],
  flags: AcceptanceFlags,
  context: CliContext,
): Promise<ExitCode> => {
  const { environment } = context;
  const isChosen = (one: AnyScenario): boolean => flags.scenario?.includes(one) ?? true;
  const given: CollectorCommand | undefined = program === undefined ? undefined : [program, ...args];
  if (flags.content) {
    const scenarios = CONTENT_SCENARIOS.filter(isChosen);
    return score(scenarios, CONTENT_SCORES, flags, context, (options) =>
      playAll(playContent, scenarios, { command: given ?? OUR_DOWNLOADER, environment }, options),
    );
  }
  const scenarios = SCENARIOS.filter(isChosen);
  const streams = flags.stream ? [flags.stream] : STREAM_NAMES;
  return score(scenarios, LOG_SCORES, flags, context, (options) =>
    playAll(play, scenarios, { command: given ?? OUR_COMMAND, environment, streams }, options),
  );
};

/** Plays scenarios and prints their scores. */
const score = async <Score extends AnyScore>(
  scenarios: readonly AnyScenario[],
  form: ScoreForm<Score>,
  flags: AcceptanceFlags,
  context: CliContext,
  playEach: (options: PlayAllOptions<Score>) => Promise<Score[]>,
): Promise<ExitCode> => {
  const { stdout, stderr, signal } = context;
  const format = outputFormatOf(flags);
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
  const report = ({ name, passed, seconds }: Score): void =>
    stderr(`${passed ? 'passed' : 'FAILED'}  ${name}  (${seconds.toFixed(1)} s)\n`);
  try {
    const scores = await playEach({
      seed: flags.seed,
      timeoutMs: flags.timeout * 1000,
      jobs: flags.jobs,
      keep: flags.keep === undefined ? undefined : resolve(flags.keep),
      signal,
      onScore: format === 'json' ? () => undefined : report,
    });
    stdout(
      format === 'json'
        ? scoresToJson(scores, flags.seed)
        : format === 'table'
          ? scoresToText(scores, form, flags, context.columns)
          : recordsToText(scores, { format, columns: form.columns }),
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
