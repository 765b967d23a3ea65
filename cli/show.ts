import { Command, InvalidArgumentError, Option } from 'commander';
import { openCollected } from '../shared/app/local.ts';
import { createArchive, type StoredEvent } from '../shared/app/connector.ts';
import { STREAM_NAMES, type StreamName } from '../shared/model/stream.ts';
import { type Area, AREAS, eventToLine, readingToFlat } from '../shared/normalize/index.ts';
import { OPTIONS } from './arguments.ts';
import { assertSource } from './assert-source.ts';
import { withChoices } from './choices.ts';
import { EVENT_COLUMNS } from './event-columns.ts';
import { onlyFailedRunsToText } from './only-failed-runs.ts';
import {
  type FormerOutputFlags,
  isForPeople,
  OUTPUT_OPTIONS,
  outputFormatOf,
} from './output/output-format.ts';
import { openRecordPrinter, printLatest } from './output/print-records.ts';
import { showAudit } from './show-audit.ts';
import type { ExitCode, CliContext } from './context.ts';
import { plural } from './text.ts';

/** What a person can look over. */
export const DEFAULT_LIMIT = 50;

interface ShowOptions extends FormerOutputFlags {
  readonly out: string;
  readonly source?: string;
  readonly stream?: StreamName;
  readonly area?: Area;
  readonly since?: Date;
  readonly limit?: number;
  readonly audit?: true;
}

const atLeastOne = (text: string): number => {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new InvalidArgumentError('It is a whole number from 1 on.');
};

/** `show`: the events, newest last. */
export const showCommand = (context: CliContext, exit: (code: ExitCode) => void): Command =>
  new Command('show')
    .description('Print events, newest last')
    .addOption(OPTIONS.out())
    .addOption(OPTIONS.onlySource())
    .addOption(OPTIONS.stream())
    .addOption(withChoices(new Option('--area <area>', 'only events of this area'), AREAS))
    .addOption(
      new Option(
        '--audit',
        "the collector's own log instead: who did what to it, and what it noticed",
      ).conflicts(['area', 'stream']),
    )
    .addOption(OPTIONS.since())
    .addOption(
      new Option('--limit <count>', 'Only the latest so many')
        .argParser(atLeastOne)
        .default(undefined, `${DEFAULT_LIMIT}; all for json and csv`),
    )
    .addOption(OUTPUT_OPTIONS.output())
    .addOption(OUTPUT_OPTIONS.json())
    .addOption(OUTPUT_OPTIONS.formerFormat())
    .action(async (options: ShowOptions) => {
      const format = outputFormatOf(options, options.format);
      const limit = options.limit ?? (isForPeople(format) ? DEFAULT_LIMIT : Infinity);
      if (options.audit) return showAudit({ ...options, format, limit }, context);
      const { out, source, stream, area, since } = options;
      const store = await openCollected(out, context);
      if (source !== undefined) await assertSource(store, source, out);
      const events = createArchive(store).events({
        sources: source === undefined ? undefined : [source],
        streams: stream ? [stream] : STREAM_NAMES,
        since,
      });
      const toJson = ({ parsedRow, provenance }: StoredEvent): string =>
        eventToLine(readingToFlat(parsedRow, provenance));
      const printer = openRecordPrinter({ format, columns: EVENT_COLUMNS, toJson }, context);
      const { shown, earlier } = await printLatest(ofArea(events, area), limit, printer);
      const failed = shown === 0 ? await onlyFailedRunsToText(store, out, source) : undefined;
      if (failed !== undefined) {
        context.stderr(failed);
        exit(1);
        return;
      }
      if (shown === 0 && isForPeople(format)) context.stderr('No events match.\n');
      if (earlier > 0)
        context.stderr(
          `${plural(earlier, 'earlier event')} not shown: --limit, --since and --area choose.\n`,
        );
    });

async function* ofArea(
  events: AsyncIterable<StoredEvent>,
  area: Area | undefined,
): AsyncGenerator<StoredEvent, void, undefined> {
  for await (const event of events) if (area === undefined || event.parsedRow.area === area) yield event;
}
