import { Command, Option } from 'commander';
import { createLocalConnector } from '../shared/app/local.ts';
import { openCollected, openLocalArchive } from '../shared/app/open-store.ts';
import {
  type ArchiveVerifyReport,
  createArchive,
  type Difference,
  isNote,
  type ZoomComparison,
} from '../shared/app/archive.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { Day } from '../shared/model/day.ts';
import { CONTENT_STREAM_NAMES, isContentStream } from '../shared/model/content-stream.ts';
import { type AnyStreamName, STREAM_NAMES } from '../shared/model/stream.ts';
import { FORMATS, type Format, OCSF_VERSIONS } from '../shared/normalize/index.ts';
import { clockFrom } from '../shared/runtime/clock.ts';
import { assertInOrder, OPTIONS } from './arguments.ts';
import { assertSource } from './assert-source.ts';
import { oneOf } from './choices.ts';
import type { Column } from './output/column.ts';
import {
  OUTPUT_OPTIONS,
  type OutputFlags,
  type OutputFormat,
  outputFormatOf,
} from './output/output-format.ts';
import { recordsToText } from './output/print-records.ts';
import { onlyFailedRunsToText } from './only-failed-runs.ts';
import { fitProse } from './output/prose.ts';
import type { ExitCode, CliContext } from './context.ts';
import { plural, printable } from './text.ts';
import { contentLines, proofLines } from './verified-streams.ts';

interface VerifyFlags extends OutputFlags {
  readonly out: string;
  readonly source?: string;
  readonly stream?: AnyStreamName;
  readonly from?: Day;
  readonly to?: Day;
  readonly format?: readonly Format[];
  readonly files?: true;
  readonly againstZoom?: true;
  readonly now?: Date;
}

/** The default source name of `collect`. */
const DEFAULT_SOURCE = 'zoom';

/** The `--format` of other commands, but without a default. */
const requiredFormats = (): Option =>
  Object.assign(OPTIONS.format().default(undefined), {
    description: 'Check these formats (default: all formats present)',
  });

/** The `--stream` of other commands, but also for content. */
const anyStream = (): Option =>
  new Option('--stream <stream>', `Limit to one stream: ${ANY_STREAM.join(', ')}`).argParser((text: string) =>
    oneOf<AnyStreamName>(ANY_STREAM, text),
  );

const ANY_STREAM: readonly AnyStreamName[] = [...STREAM_NAMES, ...CONTENT_STREAM_NAMES];

/** `verify`: checks that the stored objects are complete and unchanged. */
export const verifyCommand = (context: CliContext, exit: (code: ExitCode) => void): Command =>
  new Command('verify')
    .description('Recompute everything from the stored objects and list every difference.')
    .addOption(OPTIONS.out())
    .addOption(OPTIONS.onlySource())
    .addOption(anyStream())
    .addOption(OPTIONS.from().makeOptionMandatory(false))
    .addOption(OPTIONS.to().makeOptionMandatory(false))
    .addOption(requiredFormats())
    .option('--files', 'Also read the bytes of every file of content and compare their SHA-256')
    .option('--against-zoom', 'Also compare with the rows that Zoom still lists; writes nothing')
    .addOption(OPTIONS.now())
    .addOption(OUTPUT_OPTIONS.output())
    .addOption(OUTPUT_OPTIONS.json())
    .action(async (flags: VerifyFlags) => exit(await verify(flags, context)));

const verify = async (flags: VerifyFlags, context: CliContext): Promise<ExitCode> => {
  const { source, stream, from, to, format } = flags;
  assertInOrder(from, to);
  if (flags.againstZoom && stream && isContentStream(stream)) {
    throw new ConfigurationError(
      'usage',
      `--against-zoom compares the logs only, and --stream ${stream} is content. Omit one of them. To compare the files: --files.`,
    );
  }
  const store = await openCollected(flags.out, context);
  if (source !== undefined) await assertSource(store, source, flags.out);
  const archive = createArchive(store);
  const compared = flags.againstZoom && (await compareWithZoom(flags, context));
  const report = await archive.verify({
    sources: source === undefined ? undefined : [source],
    streams: stream && [stream],
    from,
    to,
    formats: format,
    readsFiles: flags.files === true,
    signal: context.signal,
  });
  if (
    report.streams.length === 0 &&
    report.content.length === 0 &&
    report.differences.length === 0 &&
    !compared
  ) {
    const failed = await onlyFailedRunsToText(store, flags.out, source);
    if (failed !== undefined) {
      context.stderr(failed);
      return 1;
    }
    throw new ConfigurationError(
      'nothing-there',
      `${flags.out} has no matching objects, so there is nothing to verify. To see its streams: zoom-log-source status.`,
    );
  }
  const differences = [...report.differences, ...(compared?.differences ?? [])];
  const all = { ...report, differences };
  context.stdout(printed(all, compared, outputFormatOf(flags), context.columns));
  return differences.every(isNote) ? 0 : 1;
};

const compareWithZoom = async (
  flags: VerifyFlags,
  { environment, random, proxies, clock: systemClock, signal }: CliContext,
): Promise<ZoomComparison> => {
  const { out, stream, from, to, source = DEFAULT_SOURCE } = flags;
  const clock = flags.now ? clockFrom(flags.now, systemClock) : systemClock;
  const streams = stream && !isContentStream(stream) ? [stream] : STREAM_NAMES;
  const connector = await createLocalConnector({
    environment,
    random,
    proxies,
    clock,
    out,
    source,
    streams,
    formats: FORMATS,
    ocsfVersion: OCSF_VERSIONS[0],
    readOnly: true,
  });
  try {
    const archive = await openLocalArchive(out, { clock, random, proxies });
    const options = { source, streams, from, to, now: clock.now(), signal };
    const compared = await archive.compareWithZoom(connector.reports, options);
    if (compared.days > 0) return compared;
    throw new ConfigurationError(
      'nothing-to-compare',
      `Zoom keeps no stored day of the source "${source}" any more. Choose another source with --source, or other days.`,
    );
  } finally {
    await connector.close();
  }
};

/** The whole report as text or JSON; the other formats contain one record per difference or note. */
const printed = (
  report: ArchiveVerifyReport,
  compared: ZoomComparison | undefined,
  format: OutputFormat,
  columns: number | undefined,
): string => {
  switch (format) {
    case 'json':
      return verifiedToJson(report, compared);
    case 'table':
      return fitProse(verifiedToText(report, compared), columns);
    case 'vertical':
    case 'csv':
    case 'markdown':
      return recordsToText(report.differences, { format, columns: DIFFERENCE_COLUMNS });
  }
};

const DIFFERENCE_COLUMNS: readonly Column<Difference>[] = [
  {
    name: 'verdict',
    title: 'VERDICT',
    text: (difference) => (isNote(difference) ? 'note' : 'difference'),
  },
  { name: 'kind', title: 'KIND', text: ({ kind }) => kind },
  { name: 'key', title: 'OBJECT', text: ({ key }) => key },
  {
    name: 'line',
    title: 'LINE',
    text: ({ line }) => (line === undefined ? '' : String(line)),
    value: ({ line = '' }) => line,
  },
  { name: 'message', title: 'MESSAGE', text: ({ message }) => message },
];

const verifiedToJson = (
  { streams, content, differences }: ArchiveVerifyReport,
  compared: ZoomComparison | undefined,
): string => {
  const wrong = differences.filter((difference) => !isNote(difference));
  const json = {
    verified: wrong.length === 0,
    streams: [...streams, ...content],
    ...(compared && { zoom: { days: compared.days, rows: compared.rows } }),
    differences: wrong,
    notes: differences.filter(isNote),
  };
  return `${JSON.stringify(json)}\n`;
};

/** What was recomputed, then every difference. */
const verifiedToText = (
  { streams, content, differences }: ArchiveVerifyReport,
  compared: ZoomComparison | undefined,
): string => {
  const wrong = differences.filter((difference) => !isNote(difference));
  const notes = differences.filter(isNote);
  const lines = [
    ...streams.flatMap(proofLines),
    ...content.flatMap(contentLines),
    ...(compared
      ? [`Compared with Zoom: ${plural(compared.days, 'slice')}, ${plural(compared.rows, 'row')}.`]
      : []),
    ...(notes.length > 0 ? ['', 'Notes:', ...notes.flatMap(differenceLines)] : []),
    ...(wrong.length > 0 ? ['', ...wrong.flatMap(differenceLines)] : []),
    '',
    wrong.length === 0 ? 'Verified: no differences.' : `NOT VERIFIED: ${plural(wrong.length, 'difference')}.`,
  ];
  return lines.map((line) => `${line}\n`).join('');
};

const differenceLines = ({ kind, key, line, message }: Difference): string[] => [
  printable(`${kind}  ${key}${line === undefined ? '' : `, line ${line}`}`),
  `  ${printable(message).replaceAll('\n', ' ')}`,
];
