import { Command } from 'commander';
import { type CompactReport, compactStore, leftUndone } from '../shared/compact/compact-store.ts';
import { openCollected } from '../shared/app/open-store.ts';
import type { Day } from '../shared/model/day.ts';
import { labelOf } from '../shared/model/slice.ts';
import type { StreamName } from '../shared/model/stream.ts';
import { assertInOrder, OPTIONS } from './arguments.ts';
import { assertSource } from './assert-source.ts';
import { onlyFailedRunsToText } from './only-failed-runs.ts';
import { printProse } from './output/prose.ts';
import type { ExitCode, CliContext } from './context.ts';
import { plural, printable } from './text.ts';

interface CompactFlags {
  readonly out: string;
  readonly from?: Day;
  readonly to?: Day;
  readonly source?: string;
  readonly stream?: StreamName;
  readonly groupReadable?: true;
  readonly json?: true;
}

/** `compact`: writes closed days as one Parquet file each, beside the delivered events. */
export const compactCommand = (context: CliContext, exit: (code: ExitCode) => void): Command =>
  new Command('compact')
    .description('Write closed days as Parquet files beside the delivered events.')
    .addOption(OPTIONS.out())
    .addOption(OPTIONS.from().makeOptionMandatory(false))
    .addOption(OPTIONS.to().makeOptionMandatory(false))
    .addOption(OPTIONS.onlySource())
    .addOption(OPTIONS.stream())
    .addOption(OPTIONS.groupReadable())
    .addOption(OPTIONS.json())
    .action(async (flags: CompactFlags) => exit(await compact(flags, context)));

const compact = async (flags: CompactFlags, context: CliContext): Promise<ExitCode> => {
  const { out, from, to, source, stream, groupReadable, json } = flags;
  assertInOrder(from, to);
  const store = await openCollected(out, { ...context, groupReadable });
  if (source !== undefined) await assertSource(store, source, out);
  const failed = await onlyFailedRunsToText(store, out, source);
  if (failed !== undefined) {
    context.stderr(failed);
    return 1;
  }
  const report = await compactStore(store, {
    sources: source === undefined ? undefined : [source],
    streams: stream && [stream],
    from,
    to,
    signal: context.signal,
  });
  if (json) context.stdout(`${JSON.stringify(report)}\n`);
  else printProse(compactedToText(report, out), context);
  return leftUndone(report).length + report.remaining === 0 ? 0 : 1;
};

const compactedToText = (report: CompactReport, out: string): string => {
  const written = report.slices.filter((one) => one.kind === 'written');
  const left = report.slices.filter(({ kind }) => kind === 'left').length - leftUndone(report).length;
  const events = written.reduce((sum, one) => sum + one.events, 0);
  return [
    `${plural(written.length, 'daily file')} with ${plural(events, 'event')} written to ${out}/curated/`,
    ...(left > 0 ? [`${plural(left, 'day')} skipped: a gap, or without flat lines`] : []),
    ...(report.remaining > 0 ? [`Stopped: ${plural(report.remaining, 'day')} left. Run it again.`] : []),
    ...leftUndone(report).map(
      ({ slice, reason, message }) =>
        `\nNOT COMPACTED ${labelOf(slice)} (${reason}):\n  ${printable(message)}`,
    ),
  ]
    .map((line) => `${line}\n`)
    .join('');
};
