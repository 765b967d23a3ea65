import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import { createArchive } from '../shared/app/archive.ts';
import { openCollected } from '../shared/app/open-store.ts';
import type { ReportFinding, ReportStream } from '../shared/app/report.ts';
import type { FileStore } from '../shared/content/ports.ts';
import { ConfigurationError } from '../shared/errors.ts';
import { formatBytes } from '../shared/model/format-bytes.ts';
import { addDays, type Day, dayIn, dayOf } from '../shared/model/day.ts';
import { clockFrom } from '../shared/runtime/clock.ts';
import { assertInOrder, OPTIONS, wrongDay } from './arguments.ts';
import { assertSource } from './assert-source.ts';
import { readContentHealth } from './content-health.ts';
import type { CliContext, ExitCode } from './context.ts';
import type { Finding } from './finding.ts';
import { DEFAULT_EXPECTATIONS, readFolderHealth } from './folder-health.ts';
import { onlyFailedRunsToText } from './only-failed-runs.ts';
import { DAYS_BEFORE, runDetections } from './run-detections.ts';
import { plural } from './text.ts';
import { unprojectedToText } from './unprojected-to-text.ts';

interface ReportFlags {
  readonly out: string;
  readonly html: string;
  readonly source?: string;
  readonly from?: Day;
  readonly to?: Day;
  readonly replayed?: string;
  readonly now?: Date;
}

/** The default number of days. */
const DAYS = 30;

const HELP = `
The page is one file that loads nothing and runs no script: open it in a
browser, print it, or send it. It shows which days are complete, events by area
and by control, settings that are still weak, role grants, sign-in networks,
findings of all detections, and quiet or late streams. A file of that name is
replaced.

Settings and networks are compared with earlier events: of a folder all, of a
bucket (--out s3://…) those of ${DAYS_BEFORE} days before --from.

  bin/zoom-log-source report --out demo --html report.html`;

/** `report`: a page for the people who are responsible for the security of an account. */
export const reportCommand = (context: CliContext, exit: (code: ExitCode) => void): Command =>
  new Command('report')
    .description('Write a security report of a period as one HTML page.')
    .addOption(OPTIONS.out())
    .addOption(new Option('--html <file>', 'Write the page to this file').makeOptionMandatory())
    .addOption(OPTIONS.onlySource())
    .addOption(OPTIONS.from().makeOptionMandatory(false).default(undefined, `${DAYS} days up to --to`))
    .addOption(OPTIONS.to().makeOptionMandatory(false).default(undefined, 'today'))
    .addOption(OPTIONS.replayed())
    .addOption(OPTIONS.now())
    .addHelpText('after', HELP)
    .action(async (flags: ReportFlags) => exit(await report(flags, context)));

const report = async (flags: ReportFlags, context: CliContext): Promise<ExitCode> => {
  const { out, html, source, replayed: version } = flags;
  const clock = flags.now ? clockFrom(flags.now, context.clock) : context.clock;
  const now = clock.now();
  const period = periodOf(flags, now);
  if (statSync(html, { throwIfNoEntry: false })?.isDirectory())
    throw new ConfigurationError(
      'folder',
      `${html} is a folder. Name a file: --html ${join(html, 'report.html')}.`,
    );
  const store = await openCollected(out, context);
  if (source !== undefined) await assertSource(store, source, out);
  const failed = await onlyFailedRunsToText(store, out, source);
  if (failed !== undefined) {
    context.stderr(failed);
    return 1;
  }
  const streams = await readStreams(store, flags, now);
  if (streams.length === 0)
    throw new ConfigurationError(
      'folder-empty',
      `Nothing was collected into ${out} yet. Run collect or poll first.`,
    );

  // Loaded here, because DuckDB and the charts are large.
  const [{ openForQueries, readDetections }, page] = await Promise.all([
    import('../shared/app/query.ts'),
    import('../shared/app/report.ts'),
  ]);
  const isBucket = out.startsWith('s3://');
  const folder = await page.openTarget(dirname(html), isBucket ? undefined : out, '--html');
  const detections = readDetections();
  const sources = source === undefined ? undefined : [source];
  const since = isBucket ? addDays(period.from, -DAYS_BEFORE) : undefined;
  const { random, proxies, signal } = context;
  const findings: ReportFinding[] = [];
  const tables = [...detections.map(({ sql }) => sql), 'zoom_events'].join('\n');
  let figures: Awaited<ReturnType<typeof page.readFigures>> | undefined;
  await openForQueries(
    { out, since, sources, version, clock, random, proxies, signal },
    tables,
    async (runQuery) => {
      figures = await page.readFigures(runQuery, period);
      for await (const finding of runDetections(runQuery, detections)) {
        if (isIn(finding, period)) findings.push(toReportFinding(finding));
      }
    },
  );
  if (!figures) throw new TypeError('no figures were read');
  const calendar = await page.readCalendar(store, streams, period);
  const unseen = await unprojectedToText(store, ['flat'], out, { sources, since: period.from, version });
  const text = page.reportToHtml({
    ...figures,
    place: out,
    period,
    now,
    version: context.version,
    warnings: unseen === '' ? [] : [unseen.trimEnd()],
    detections: detections.length,
    findings,
    calendar,
    streams,
  });
  await page.replaceFile(folder, basename(html), text);
  context.stdout(
    `${period.from} to ${period.to}: ${plural(findings.length, 'finding')}, ${plural(figures.settings.stillWeak.total, 'setting')} still weak. ` +
      `Written to ${html} (${formatBytes(Buffer.byteLength(text))})\n`,
  );
  context.stderr(unseen);
  return unseen === '' ? 0 : 1;
};

const periodOf = ({ from, to }: ReportFlags, now: Date): { from: Day; to: Day } => {
  const today = dayOf(now);
  assertInOrder(from, to);
  const last = to ?? today;
  if (last > today)
    throw wrongDay(`--to ${last} is in the future: today is ${today} in UTC. Use --to ${today}.`);
  const first = from ?? addDays(last, 1 - DAYS);
  if (first > last) throw wrongDay(`--from ${first} is in the future: today is ${today} in UTC.`);
  return { from: first, to: last };
};

/** A finding without a readable time is always shown. */
const isIn = ({ time }: Finding, { from, to }: { from: Day; to: Day }): boolean =>
  time === '' || (dayIn(time) >= from && dayIn(time) <= to);

const readStreams = async (
  store: FileStore,
  { out, source }: ReportFlags,
  now: Date,
): Promise<ReportStream[]> => {
  const archive = createArchive(store);
  const logs = await readFolderHealth(archive, out, DEFAULT_EXPECTATIONS, now);
  const content = await readContentHealth(archive, now);
  const streams: ReportStream[] = [
    ...logs,
    ...content.map(({ newestRow, rows, ...status }) => ({
      ...status,
      newestEvent: newestRow,
      events: rows,
      lateness: undefined,
    })),
  ];
  return streams.filter((stream) => source === undefined || stream.source === source);
};

const toReportFinding = ({ detection, time, who, what, source }: Finding): ReportFinding => ({
  detection: detection.name,
  title: detection.title,
  level: detection.level,
  time,
  who,
  what,
  source,
});
