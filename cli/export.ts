import { Command, Option } from 'commander';
import {
  EXPORT_FORMATS,
  EXPORT_TYPES,
  type ExportFormat,
  exportIntoFolder,
  type ExportReport,
  type ExportSelection,
  type ExportType,
} from '../shared/app/export.ts';
import { openCollected } from '../shared/app/open-store.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { Day } from '../shared/model/day.ts';
import { formatBytes } from '../shared/model/format-bytes.ts';
import { jsonToLine } from '../shared/normalize/index.ts';
import { assertInOrder, dayRanges, OPTIONS } from './arguments.ts';
import { oneOf, withChoices } from './choices.ts';
import { emailsOf, wordsOf } from './content-options.ts';
import { sourcesOf } from './content-selection.ts';
import type { CliContext, ExitCode } from './context.ts';
import { printProse } from './output/prose.ts';
import { oneLine, plural } from './text.ts';

interface ExportFlags {
  readonly out: string;
  readonly into: string;
  readonly format: ExportFormat;
  readonly people: 'all' | readonly string[];
  readonly from: Day;
  readonly to: Day;
  readonly types?: readonly ExportType[];
  readonly source?: string;
  readonly hidden?: true;
  readonly json?: true;
}

const typesOf = (text: string): ExportType[] => [
  ...new Set(wordsOf(text).map((word) => oneOf(EXPORT_TYPES, word))),
];

/** `export`: writes what is held of some people and days into a folder, in a form that others read. */
export const exportCommand = (context: CliContext, exit: (code: ExitCode) => void): Command =>
  new Command('export')
    .description('Export content that is held as a bag, as RSMF or as a load file, with a certificate.')
    .addOption(OPTIONS.out())
    .requiredOption('--into <dir>', 'Write the export into this new or empty folder')
    .addOption(
      withChoices(
        new Option(
          '--format <format>',
          'BagIt 1.0, RSMF 2.0 (messages only), or load files with native files',
        ),
        EXPORT_FORMATS,
      ).makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--people <emails>',
        'Select hosts of recordings and members or senders of chat sessions by address, or "all"',
      )
        .argParser((text: string) => (text.toLowerCase() === 'all' ? 'all' : emailsOf(text)))
        .makeOptionMandatory(),
    )
    .addOption(OPTIONS.from())
    .addOption(OPTIONS.to())
    .addOption(
      new Option('--types <types>', `Limit to these types: ${EXPORT_TYPES.join(',')}`)
        .argParser(typesOf)
        .default(undefined, 'all that the format can hold'),
    )
    .addOption(OPTIONS.onlySource())
    .option('--hidden', 'Include files that a mirror hides, because they left Zoom')
    .addOption(OPTIONS.now())
    .addOption(OPTIONS.json())
    .action(async (flags: ExportFlags) => exit(await exportContent(flags, context)));

const exportContent = async (flags: ExportFlags, context: CliContext): Promise<ExitCode> => {
  const { out, into, json } = flags;
  const { stdout, stderr, signal, version: toolVersion } = context;
  assertFitting(flags);
  const store = await openCollected(out, context);
  const selection = toSelection(flags, await sourcesOf(store, flags));
  try {
    const report = await exportIntoFolder(store, selection, {
      into,
      collected: out.startsWith('s3://') ? undefined : out,
      toolVersion,
      signal,
    });
    if (json) stdout(jsonToLine({ into, selection, ...report }));
    else printProse(exportToText(report, into), context);
    return report.isComplete ? 0 : 1;
  } catch (error) {
    if (!signal.aborted) throw error;
    stderr('Stopped. Files that were written are whole. Run the same command again to continue.\n');
    return 1;
  }
};

/** Throws ConfigurationError for options that do not fit together. */
const assertFitting = ({ format, types, from, to }: ExportFlags): void => {
  assertInOrder(from, to);
  if (format === 'rsmf' && types?.some((type) => type !== 'messages') === true) {
    throw new ConfigurationError(
      'usage',
      'RSMF holds messages only. Leave out --types, or use --format bagit or loadfile for other types.',
    );
  }
};

/** In one order, so that equal selections give equal certificates. */
const toSelection = (
  { format, people, from, to, types, hidden }: ExportFlags,
  sources: readonly string[],
): ExportSelection => ({
  format,
  sources: sources.toSorted(),
  people: people === 'all' ? 'all' : people.toSorted(),
  from,
  to,
  types: types?.toSorted(),
  ...(hidden && { hidden }),
});

/** How many files and people a summary names. */
const NAMED = 10;

const exportToText = (report: ExportReport, into: string): string => {
  const { counts, notExported, hidden, days, without } = report;
  const missing = days.filter(({ state }) => state === 'missing');
  const open = days.filter(({ state }) => state === 'open');
  const unknown = without.filter(({ isKnown }) => !isKnown);
  const ranges = (some: ExportReport['days']): string[] =>
    [...Map.groupBy(some, ({ source, stream }) => `${source} ${stream}`)].map(
      ([subject, group]) => `${subject}: ${dayRanges(group.map(({ day }) => day))}`,
    );
  return [
    `${plural(counts.recordings, 'file')} of recordings, ${plural(counts.messages, 'message')} of ${plural(counts.sessions, 'chat session')} by day, ${plural(counts.chatFiles, 'chat file')}`,
    `${plural(counts.files, 'file')} written to ${into} (${formatBytes(counts.bytes)}). See certificate.json.`,
    ...(hidden === 0
      ? []
      : [
          `${plural(hidden, 'hidden file')} left out, because the mirror hides what left Zoom: --hidden includes them.`,
        ]),
    ...ranges(open).map((text) => `Open, more may come: ${text}`),
    ...without
      .filter(({ isKnown }) => isKnown)
      .slice(0, NAMED)
      .map(({ person }) => `Nothing of ${person} in these days.`),
    ...ranges(missing).map((text) => `\nNOT COLLECTED ${text}`),
    ...unknown
      .slice(0, NAMED)
      .map(({ person }) => `\nUNKNOWN ${person}: no list of people, recording or chat has this address.`),
    ...notExported
      .slice(0, NAMED)
      .map(
        ({ source, day, stream, name, state, reason, item, message }) =>
          `\nNOT EXPORTED ${source} ${stream} ${day} "${oneLine(name)}" (item ${item}): ${state}${reason === undefined ? '' : ` (${reason})`}${message === undefined ? '' : `\n  ${oneLine(message)}`}`,
      ),
    ...(notExported.length > NAMED
      ? [`\nand ${plural(notExported.length - NAMED, 'more file')}: see not_exported in certificate.json`]
      : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
};
