import { Command, Option } from 'commander';
import { addDays, dayOf } from '../shared/model/day.ts';
import { openCollected } from '../shared/app/open-store.ts';
import { compareText } from '../shared/model/raw-row.ts';
import type { Detection, Level } from '../shared/app/query.ts';
import { clockFrom } from '../shared/runtime/clock.ts';
import { OPTIONS } from './arguments.ts';
import { assertSource } from './assert-source.ts';
import { withChoices } from './choices.ts';
import { type Finding, FINDING_COLUMNS, findingToJson, SEVERITIES } from './finding.ts';
import { findingsToText } from './findings-to-text.ts';
import { onlyFailedRunsToText } from './only-failed-runs.ts';
import { OUTPUT_OPTIONS, type OutputFlags, outputFormatOf } from './output/output-format.ts';
import { openRecordPrinter, screenFor } from './output/print-records.ts';
import { printProse } from './output/prose.ts';
import { DAYS_BEFORE, runDetections } from './run-detections.ts';
import type { ExitCode, CliContext } from './context.ts';
import { unprojectedToText } from './unprojected-to-text.ts';

interface DetectFlags extends OutputFlags {
  readonly out: string;
  readonly source?: string;
  readonly since?: Date;
  readonly replayed?: string;
  readonly severity: Level;
  readonly limit?: number;
  readonly fail?: true;
  readonly now?: Date;
}

/** The default number of findings per detection in a table. */
const FINDINGS_FOR_PEOPLE = 5;

const HELP = `
Detections are SQL files in detections/ and detections/sql/.
detections/README.md describes each, with its remedy. With a bucket
(--out s3://…), the last 30 days are read, or ${DAYS_BEFORE} days before --since and all
days after it.

  bin/zoom-log-source detect --out demo --severity high`;

/** `detect`: runs the detections of this project. */
export const detectCommand = (context: CliContext, exit: (code: ExitCode) => void): Command =>
  new Command('detect')
    .description('Run all detections over the events and print the findings.')
    .requiredOption('--out <dir>', 'Output folder or s3://bucket/prefix')
    .addOption(OPTIONS.onlySource())
    .addOption(OPTIONS.since())
    .addOption(OPTIONS.replayed())
    .addOption(
      withChoices(
        new Option('--severity <level>', 'Run only detections of this severity or higher'),
        SEVERITIES,
      ).default(SEVERITIES[0]),
    )
    .addOption(
      OPTIONS.limit().default(
        undefined,
        `${FINDINGS_FOR_PEOPLE} of each detection in a table; all in other formats`,
      ),
    )
    .option('--fail', 'Exit with 1 if a detection has findings')
    .addOption(OUTPUT_OPTIONS.output())
    .addOption(OUTPUT_OPTIONS.json())
    .addOption(OPTIONS.now())
    .addHelpText('after', HELP)
    .action(async (flags: DetectFlags) => exit(await detect(flags, context)));

const detect = async (flags: DetectFlags, context: CliContext): Promise<ExitCode> => {
  const store = await openCollected(flags.out, context);
  const { out, source } = flags;
  if (source !== undefined) await assertSource(store, source, out);
  const failed = await onlyFailedRunsToText(store, out, source);
  if (failed !== undefined) {
    context.stderr(failed);
    return 1;
  }
  const { openForQueries, readDetections } = await import('../shared/app/query.ts');
  const least = SEVERITIES.indexOf(flags.severity);
  const detections = readDetections().filter(({ level }) => SEVERITIES.indexOf(level) >= least);
  const findings: Finding[] = [];
  const options = {
    out,
    since: firstDay(flags),
    sources: source === undefined ? undefined : [source],
    version: flags.replayed,
    clock: flags.now ? clockFrom(flags.now, context.clock) : context.clock,
    random: context.random,
    proxies: context.proxies,
    signal: context.signal,
  };
  await openForQueries(options, detections.map(({ sql }) => sql).join('\n'), async (prompt) => {
    for await (const finding of runDetections(prompt, detections)) {
      if (isSince(finding, flags.since)) findings.push(finding);
    }
  });
  print(findings, detections, flags, context);
  const { sources, version } = options;
  const unseen = await unprojectedToText(store, ['flat'], out, { sources, version });
  if (unseen !== '') {
    context.stderr(unseen);
    return 1;
  }
  return flags.fail && findings.length > 0 ? 1 : 0;
};

/** A folder is read whole. From a bucket, only the days that the detections need are downloaded. */
const firstDay = ({ out, since }: DetectFlags) =>
  since && out.startsWith('s3://') ? addDays(dayOf(since), -DAYS_BEFORE) : undefined;

/** A finding without a readable time is always shown. */
const isSince = ({ time }: Finding, since: Date | undefined): boolean =>
  since === undefined || !(new Date(time) < since);

/** Sorts by a key: the same findings are always printed in the same order. */
const sortBy = (findings: readonly Finding[], keyOf: (finding: Finding) => string): Finding[] =>
  findings.toSorted((a, b) => compareText(keyOf(a), keyOf(b)));

const print = (
  findings: readonly Finding[],
  detections: readonly Detection[],
  flags: DetectFlags,
  context: CliContext,
): void => {
  const format = outputFormatOf(flags);
  const inTime = sortBy(findings, ({ time, detection, id }) => `${time} ${detection.name} ${id}`);
  if (format === 'table') {
    const limit = flags.limit ?? FINDINGS_FOR_PEOPLE;
    printProse(findingsToText(inTime, detections, limit, screenFor(context)), context);
    return;
  }
  const output = { format, columns: FINDING_COLUMNS, toJson: findingToJson };
  const printer = openRecordPrinter(output, context);
  inTime.slice(-(flags.limit ?? inTime.length)).forEach(printer.print);
  printer.end();
};
