import { Command, Option } from 'commander';
import { openCollected } from '../shared/app/open-store.ts';
import { createArchive, type StoredEvent } from '../shared/app/archive.ts';
import { STREAM_NAMES, type StreamName } from '../shared/model/stream.ts';
import { type Area, AREAS, eventToLine, parsedRowToFlat } from '../shared/normalize/index.ts';
import { atLeastOne, DEFAULT_LIMIT, OPTIONS } from './arguments.ts';
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

interface ShowOptions extends FormerOutputFlags {
  readonly out: string;
  readonly source?: string;
  readonly stream?: StreamName;
  readonly area?: Area;
  readonly since?: Date;
  readonly limit?: number;
  readonly audit?: true;
  readonly collection?: true;
}

/** `show`: prints events, newest last. */
export const showCommand = (context: CliContext, exit: (code: ExitCode) => void): Command =>
  new Command('show')
    .description('Print recent events, newest last.')
    .addOption(OPTIONS.out())
    .addOption(OPTIONS.onlySource())
    .addOption(OPTIONS.stream())
    .addOption(withChoices(new Option('--area <area>', 'Limit to this area'), AREAS))
    .addOption(new Option('--audit', "Print the collector's audit log instead").conflicts(['area', 'stream']))
    .addOption(
      new Option(
        '--collection',
        'Print the collection audit log of recorded files instead: listed, held, failed, gone',
      ).conflicts(['area', 'stream', 'audit']),
    )
    .addOption(OPTIONS.since())
    .addOption(
      new Option('--limit <count>', 'Show at most this many, the newest ones')
        .argParser(atLeastOne)
        .default(undefined, `${DEFAULT_LIMIT}; all for json and csv`),
    )
    .addOption(OUTPUT_OPTIONS.output())
    .addOption(OUTPUT_OPTIONS.json())
    .addOption(OUTPUT_OPTIONS.formerFormat())
    .action(async (options: ShowOptions) => {
      const format = outputFormatOf(options, options.format);
      const limit = options.limit ?? (isForPeople(format) ? DEFAULT_LIMIT : Infinity);
      if (options.collection) {
        const { showCollection } = await import('./show-collection.ts');
        return showCollection({ ...options, format, limit }, context);
      }
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
        eventToLine(parsedRowToFlat(parsedRow, provenance));
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
          `${plural(earlier, 'earlier event')} not shown. Use --limit, --since or --area to select events.\n`,
        );
    });

async function* ofArea(
  events: AsyncIterable<StoredEvent>,
  area: Area | undefined,
): AsyncGenerator<StoredEvent, void, undefined> {
  for await (const event of events) if (area === undefined || event.parsedRow.area === area) yield event;
}
