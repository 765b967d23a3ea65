import Table from 'cli-table3';
import { Command, InvalidArgumentError, Option } from 'commander';
import { openCollected } from '../shared/connect-local.ts';
import { createArchive, type StoredEvent } from '../shared/connector.ts';
import { STREAM_NAMES, type StreamName } from '../shared/model/stream.ts';
import { type Area, AREAS, eventToLine, readingToFlat } from '../shared/normalize/index.ts';
import { OPTIONS } from './arguments.ts';
import { assertSource } from './assert-source.ts';
import { onlyFailedRunsToText } from './only-failed-runs.ts';
import { readingToSentence } from './reading-to-sentence.ts';
import { showAudit } from './show-audit.ts';
import type { ExitCode, Surroundings } from './surroundings.ts';
import { PLAIN } from './table-style.ts';
import { plural, printable } from './text.ts';

interface ShowOptions {
  readonly out: string;
  readonly source?: string;
  readonly stream?: StreamName;
  readonly area?: Area;
  readonly since?: Date;
  readonly limit: number;
  readonly format: 'table' | 'json';
  readonly audit?: true;
}

const atLeastOne = (text: string): number => {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new InvalidArgumentError('It is a whole number from 1 on.');
};

/** `show`: the events, newest last. */
export const showCommand = (surroundings: Surroundings, exit: (code: ExitCode) => void): Command =>
  new Command('show')
    .description('the events as a person wants to read them, newest last')
    .addOption(OPTIONS.out())
    .addOption(OPTIONS.onlySource())
    .addOption(OPTIONS.stream())
    .addOption(new Option('--area <area>', 'only events of this area').choices(AREAS))
    .addOption(
      new Option(
        '--audit',
        "the collector's own log instead: who did what to it, and what it noticed",
      ).conflicts(['area', 'stream']),
    )
    .addOption(OPTIONS.since())
    .addOption(new Option('--limit <count>', 'the last so many of a table').argParser(atLeastOne).default(50))
    .addOption(
      new Option('--format <format>', 'a table, or JSON lines (all of them)')
        .choices(['table', 'json'])
        .default('table'),
    )
    .action(async (options: ShowOptions) => {
      if (options.audit) return showAudit(options, surroundings);
      const { out, source, stream, area, since, limit, format } = options;
      const store = await openCollected(out, surroundings);
      if (source !== undefined) await assertSource(store, source, out);
      const events = createArchive(store).events({
        sources: source === undefined ? undefined : [source],
        streams: stream ? [stream] : STREAM_NAMES,
        since,
      });
      const latest: StoredEvent[] = [];
      let earlier = 0;
      let seen = false;
      for await (const found of events) {
        seen = true;
        if (area && found.reading.area !== area) continue;
        if (format === 'json') surroundings.out(eventToLine(readingToFlat(found.reading, found.provenance)));
        else if (latest.push(found) > limit) {
          latest.shift();
          earlier += 1;
        }
      }
      const failed = seen ? undefined : await onlyFailedRunsToText(store, out);
      if (failed !== undefined) {
        surroundings.err(failed);
        exit(1);
        return;
      }
      if (format === 'json') return;
      if (latest.length > 0) surroundings.out(`${eventsToTable(latest)}\n`);
      if (latest.length === 0) surroundings.err('No events match.\n');
      if (earlier > 0)
        surroundings.err(
          `${plural(earlier, 'earlier event')} not shown: --limit, --since and --area choose.\n`,
        );
    });

/** The events as a table: when, who, what changed from what to what, where from. */
export const eventsToTable = (events: readonly StoredEvent[]): string => {
  const table = new Table({ ...PLAIN, head: ['WHEN (UTC)', 'AREA', 'WHO', 'WHAT', 'FROM'] });
  for (const { reading } of events) {
    const { time, area, actor, ip = '' } = reading;
    const when = time.text.slice(0, 19).replace('T', ' ');
    table.push([when, area, printable(actor?.name ?? 'somebody'), printable(readingToSentence(reading)), ip]);
  }
  return table.toString();
};
