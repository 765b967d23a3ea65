import { Command, type Option } from 'commander';
import { connectLocally, openLocalArchive } from '../shared/connect-local.ts';
import {
  type Difference,
  isNote,
  type StreamProof,
  type VerifyReport,
  type ZoomComparison,
} from '../shared/connector.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { Day } from '../shared/model/day.ts';
import { STREAM_NAMES, type StreamName, STREAMS } from '../shared/model/stream.ts';
import { FORMATS, type Format, OCSF_VERSIONS } from '../shared/normalize/index.ts';
import { clockFrom } from '../shared/runtime/clock.ts';
import { OPTIONS } from './arguments.ts';
import type { ExitCode, Surroundings } from './surroundings.ts';
import { plural, printable } from './text.ts';

interface VerifyFlags {
  readonly out: string;
  readonly source?: string;
  readonly stream?: StreamName;
  readonly from?: Day;
  readonly to?: Day;
  readonly format?: readonly Format[];
  readonly againstZoom?: true;
  readonly now?: Date;
  readonly json?: true;
}

/** The name that `collect` gives a source, unless told otherwise. */
const DEFAULT_SOURCE = 'zoom';

/** As every command's, but that nothing is said unless the operator says it. */
const requiredFormats = (): Option =>
  Object.assign(OPTIONS.format().default(undefined), {
    description: 'what every raw object must have beside it (default: what its source has anywhere)',
  });

/** `verify`: whether what is stored is what was collected, and all of it. */
export const verifyCommand = (surroundings: Surroundings, exit: (code: ExitCode) => void): Command =>
  new Command('verify')
    .description('recompute everything from the stored objects alone, and name every difference')
    .addOption(OPTIONS.out())
    .addOption(OPTIONS.source().default(undefined))
    .addOption(OPTIONS.stream())
    .addOption(OPTIONS.from().makeOptionMandatory(false))
    .addOption(OPTIONS.to().makeOptionMandatory(false))
    .addOption(requiredFormats())
    .option('--against-zoom', 'compare with what Zoom still lists, too; writes nothing')
    .addOption(OPTIONS.now())
    .addOption(OPTIONS.json())
    .action(async (flags: VerifyFlags) => exit(await verify(flags, surroundings)));

const verify = async (flags: VerifyFlags, surroundings: Surroundings): Promise<ExitCode> => {
  const { source, stream, from, to, format } = flags;
  if (from && to && from > to) {
    throw new ConfigurationError('day', `--from ${from} is after --to ${to}. Swap them.`);
  }
  const archive = await openLocalArchive(flags.out, surroundings);
  const compared = flags.againstZoom && (await compareWithZoom(flags, surroundings));
  const report = await archive.verify({
    sources: source === undefined ? undefined : [source],
    streams: stream && [stream],
    from,
    to,
    formats: format,
    signal: surroundings.signal,
  });
  if (report.streams.length === 0 && report.differences.length === 0 && !compared) {
    throw new ConfigurationError(
      'nothing-there',
      `${flags.out} has nothing of that kind, so there is nothing to verify. See what it has: zoom-log-source status.`,
    );
  }
  const differences = [...report.differences, ...(compared?.differences ?? [])];
  const all = { ...report, differences };
  surroundings.out(flags.json ? verifiedToJson(all, compared) : verifiedToText(all, compared));
  return differences.every(isNote) ? 0 : 1;
};

const compareWithZoom = async (
  flags: VerifyFlags,
  { environment, random, clock: systemClock, signal }: Surroundings,
): Promise<ZoomComparison> => {
  const { out, stream, from, to, source = DEFAULT_SOURCE } = flags;
  const clock = flags.now ? clockFrom(flags.now, systemClock) : systemClock;
  const streams = stream ? [stream] : STREAM_NAMES;
  const connector = await connectLocally({
    environment,
    random,
    clock,
    out,
    source,
    streams,
    formats: FORMATS,
    ocsfVersion: OCSF_VERSIONS[0],
  });
  try {
    const archive = await openLocalArchive(out, { clock, random });
    const options = { source, streams, from, to, now: clock.now(), signal };
    const compared = await archive.compareWithZoom(connector.reports, options);
    if (compared.days > 0) return compared;
    throw new ConfigurationError(
      'nothing-to-compare',
      `There is no day of the source "${source}" that Zoom still keeps. Name another source with --source, or other days.`,
    );
  } finally {
    await connector.close();
  }
};

const verifiedToJson = (
  { streams, differences }: VerifyReport,
  compared: ZoomComparison | undefined,
): string => {
  const wrong = differences.filter((difference) => !isNote(difference));
  const json = {
    verified: wrong.length === 0,
    streams,
    ...(compared && { zoom: { days: compared.days, rows: compared.rows } }),
    differences: wrong,
    notes: differences.filter(isNote),
  };
  return `${JSON.stringify(json)}\n`;
};

/** What was recomputed, and under it every difference by name. */
const verifiedToText = (
  { streams, differences }: VerifyReport,
  compared: ZoomComparison | undefined,
): string => {
  const wrong = differences.filter((difference) => !isNote(difference));
  const notes = differences.filter(isNote);
  const lines = [
    ...streams.flatMap(proofLines),
    ...(compared
      ? [`Compared with Zoom: ${plural(compared.days, 'list')} of a day, ${plural(compared.rows, 'row')}.`]
      : []),
    ...(notes.length > 0 ? ['', 'Worth knowing:', ...notes.flatMap(differenceLines)] : []),
    ...(wrong.length > 0 ? ['', ...wrong.flatMap(differenceLines)] : []),
    '',
    wrong.length === 0 ? 'Verified: no differences.' : `NOT VERIFIED: ${plural(wrong.length, 'difference')}.`,
  ];
  return lines.map((line) => `${line}\n`).join('');
};

const proofLines = (proof: StreamProof): string[] => {
  const { source, stream, firstDay, lastDay, days, objects, events, rows } = proof;
  const { completeDays, gapDays, chain, otherMappings = [] } = proof;
  const rejected = rows - events;
  const range = firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`;
  const figures = [
    plural(objects, 'object'),
    plural(events, 'event'),
    ...(rejected > 0 ? [`${plural(rejected, 'row')} without a readable time`] : []),
  ].join(', ');
  const gaps = gapDays > 0 ? `, ${plural(gapDays, 'day')} that Zoom had forgotten` : '';
  return [
    `${source} ${STREAMS[stream].title}: ${plural(days, 'day')} (${range}), ${figures}`,
    `  ledger: ${plural(completeDays, 'day')} complete${gaps}, ${days - completeDays - gapDays} not closed`,
    ...otherMappings.map(
      ({ mapping, lines }) =>
        `  mapping version ${mapping}: ${plural(lines, 'line')}; ids, times, the rows' own fields, order and counts checked. ` +
        'Replay re-normalizes them.',
    ),
    ...chain.map(({ from, to, head }) => `  chain: ${from} to ${to}, head ${head}`),
  ];
};

const differenceLines = ({ kind, key, line, message }: Difference): string[] => [
  printable(`${kind}  ${key}${line === undefined ? '' : `, line ${line}`}`),
  `  ${printable(message).replaceAll('\n', ' ')}`,
];
