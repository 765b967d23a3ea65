import { Command, Option } from 'commander';
import { openCollected } from '../shared/app/open-store.ts';
import { createArchive, type ReplayReport } from '../shared/app/archive.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { Day } from '../shared/model/day.ts';
import { labelOf } from '../shared/model/slice.ts';
import type { StreamName } from '../shared/model/stream.ts';
import type { Format, OcsfVersion } from '../shared/normalize/index.ts';
import { assertInOrder, OPTIONS, replayLabel } from './arguments.ts';
import { assertSource } from './assert-source.ts';
import { recordAuditEntry, operatorAt } from './audit-line.ts';
import { onlyFailedRunsToText } from './only-failed-runs.ts';
import { printProse } from './output/prose.ts';
import type { ExitCode, CliContext } from './context.ts';
import { plural, printable } from './text.ts';

interface ReplayFlags {
  readonly from: Day;
  readonly to: Day;
  readonly out: string;
  readonly into: string;
  readonly source?: string;
  readonly stream?: StreamName;
  readonly format: readonly Format[];
  readonly ocsf: OcsfVersion;
  readonly groupReadable?: true;
  readonly json?: true;
}

/** `replay`: makes projections again from the raw log with the mapping of this release, beside the old ones. */
export const replayCommand = (context: CliContext, exit: (code: ExitCode) => void): Command =>
  new Command('replay')
    .description('Re-normalize stored days into a new version, without calling Zoom.')
    .addOption(OPTIONS.from())
    .addOption(OPTIONS.to())
    .addOption(OPTIONS.out())
    .addOption(
      new Option('--into <label>', 'Name the new version: v2 writes flat.v2/ and ocsf.v2/')
        .argParser(replayLabel)
        .makeOptionMandatory(),
    )
    .addOption(OPTIONS.onlySource())
    .addOption(OPTIONS.stream())
    .addOption(OPTIONS.format())
    .addOption(OPTIONS.ocsf())
    .addOption(OPTIONS.groupReadable())
    .addOption(OPTIONS.json())
    .action(async (flags: ReplayFlags) => exit(await replay(flags, context)));

const replay = async (flags: ReplayFlags, context: CliContext): Promise<ExitCode> => {
  const { signal } = context;
  const { from, to, into, source, stream, format: formats, ocsf: ocsfVersion } = flags;
  assertInOrder(from, to);
  const options = { ...context, groupReadable: flags.groupReadable };
  const store = await openCollected(flags.out, options);
  if (source !== undefined) await assertSource(store, source, flags.out);
  const archive = createArchive(store);
  const report = await archive.replay({
    sources: source === undefined ? undefined : [source],
    streams: stream && [stream],
    from,
    to,
    label: into,
    formats,
    ocsfVersion,
    signal,
  });
  if (report.slices === 0) {
    const failed = await onlyFailedRunsToText(store, flags.out, source);
    if (failed !== undefined) {
      context.stderr(failed);
      return 1;
    }
    throw new ConfigurationError(
      'nothing-there',
      `${flags.out} has no objects of these days. Nothing was replayed.`,
    );
  }
  for (const { source: name, ...counts } of report.sources) {
    const line = {
      at: context.clock.now().toISOString(),
      code: 'replayed',
      source: name,
      actor: operatorAt(context),
      ...(stream && { stream }),
      from,
      to,
      summary: `The days were re-normalized into ${formats.map((format) => `${format}.${into}/`).join(' and ')}.`,
      details: { into, formats: formats.join(', '), ocsf_version: ocsfVersion, ...counts },
    } as const;
    await recordAuditEntry(store, line, context);
  }
  if (flags.json) context.stdout(`${JSON.stringify(report)}\n`);
  else printProse(replayedToText(report, flags), context);
  return report.damaged.length === 0 ? 0 : 1;
};

const replayedToText = (
  { slices, rawObjects, rows, written, damaged }: ReplayReport,
  { into, format, out }: ReplayFlags,
): string =>
  [
    `${plural(rows, 'row')} in ${plural(rawObjects, 'raw object')} of ${plural(slices, 'slice')}`,
    `${plural(written, 'object')} written to ${format.map((name) => `${out}/${name}.${into}/`).join(' and ')}`,
    ...damaged.map(({ slice, message }) => `\nNOT REPLAYED ${labelOf(slice)}:\n  ${printable(message)}`),
  ]
    .map((line) => `${line}\n`)
    .join('');
