import Table from 'cli-table3';
import { Command } from 'commander';
import { openLocalArchive } from '../shared/connect-local.ts';
import { DEFAULT_LOOKBACK_DAYS, lookbackFor, type StreamStatus } from '../shared/connector.ts';
import { OPTIONS } from './arguments.ts';
import type { Surroundings } from './surroundings.ts';
import { PLAIN } from './table-style.ts';
import { age, plural, printable, span } from './text.ts';

/** `status`: where each stream stands. */
export const statusCommand = (surroundings: Surroundings): Command =>
  new Command('status')
    .description(
      'where each stream stands: newest event, what was delivered, open days, last run, last error',
    )
    .addOption(OPTIONS.out())
    .addOption(OPTIONS.now())
    .addOption(OPTIONS.json())
    .action(async (options: { out: string; now?: Date; json?: true }) => {
      const now = options.now ?? surroundings.clock.now();
      const archive = await openLocalArchive(options.out, surroundings);
      const status = await archive.status(now);
      surroundings.out(options.json ? `${JSON.stringify(status)}\n` : statusToText(status, now));
    });

const LOOKBACK_MS = DEFAULT_LOOKBACK_DAYS * 86_400_000;

/** The status as a table, and under it what needs a person's eye. */
export const statusToText = (status: readonly StreamStatus[], now: Date): string => {
  const table = new Table({
    ...PLAIN,
    head: [
      'SOURCE',
      'STREAM',
      'COMPLETE UP TO',
      'NEWEST EVENT',
      'EVENTS',
      'OBJECTS',
      'DAYS',
      'OPEN DAYS',
      'LAST RUN',
    ],
    colAligns: ['left', 'left', 'left', 'left', 'right', 'right', 'left', 'right', 'left'],
  });
  for (const stream of status) table.push(statusRow(stream, now));
  const awaitsConfirmation = status.some((stream) => completeness(stream).includes('('));
  const legend = awaitsConfirmation ? 'In brackets: closed, and to be confirmed a week later.\n' : '';
  return `${table.toString()}\n${legend}${useOf(status)}${status
    .flatMap(notes)
    .map((note) => `${note}\n`)
    .join('')}`;
};

const statusRow = (stream: StreamStatus, now: Date): string[] => {
  const { newestEvent, firstDay, lastDay, days, lastRun } = stream;
  return [
    stream.source,
    stream.stream,
    completeness(stream),
    newestEvent ? `${newestEvent.slice(0, 19)}Z (${age(new Date(newestEvent), now)})` : 'none yet',
    stream.events.toLocaleString('en-US'),
    stream.objects.toLocaleString('en-US'),
    days === 0 ? '-' : `${days} (${String(firstDay)} to ${String(lastDay)})`,
    String(stream.openDays.length),
    lastRun
      ? `${lastRun.run} ${age(new Date(lastRun.endedAt), now)} ${lastRun.error ? 'FAILED' : 'ok'}`
      : 'never',
  ];
};

/** A line a source: what it used of the day's requests. */
const useOf = (status: readonly StreamStatus[]): string =>
  [...Map.groupBy(status, ({ source }) => source)]
    .map(([source, [first]]) => {
      const parked = first?.parkedUntil === undefined ? '' : `; Zoom wants none before ${first.parkedUntil}`;
      return `${source}: ${plural(first?.requestsToday ?? 0, 'request')} today (UTC)${parked}.\n`;
    })
    .join('');

/** The confirmed day, and in brackets the closed one that awaits its confirmation. */
const completeness = ({ watermark }: StreamStatus): string => {
  const { complete_up_to: complete, closed_up_to: closed } = watermark ?? {};
  if (complete === undefined) return closed === undefined ? '-' : `(${closed})`;
  return closed === undefined || closed === complete ? complete : `${complete} (${closed})`;
};

const notes = ({
  source,
  stream,
  rejected,
  held,
  vanished,
  lateness,
  watermark,
  lastRun,
}: StreamStatus): string[] => {
  const name = `${source} ${stream}`;
  return [
    lastRun?.error && `\n${name}: last error, ${lastRun.error.day}: ${printable(lastRun.error.message)}`,
    held > 0 && `${name}: ${plural(held, 'copy')} of rows await proof by the next whole listing.`,
    vanished > 0 && `${name}: ${plural(vanished, 'row')} that Zoom no longer lists; they are kept.`,
    ...(watermark?.gaps ?? []).map(
      ({ from, to }) =>
        `${name}: GAP from ${from} to ${to}: Zoom had forgotten these days before they were read.`,
    ),
    lateness &&
      lateness.maxMs > LOOKBACK_MS &&
      `${name}: rows came up to ${span(lateness.maxMs)} late (99 % within ${span(lateness.p99Ms)}), after more than the lookback of ` +
        `${DEFAULT_LOOKBACK_DAYS} days. Use --lookback-days ${lookbackFor(lateness)}.`,
    rejected > 0 &&
      `${name}: ${plural(rejected, 'row')} without a readable time, kept verbatim in rejected/.`,
  ].filter((note) => typeof note === 'string');
};
