import { Command } from 'commander';
import { addDays, type Day, dayOf, daysBetween, startOf } from '../shared/model/day.ts';
import { HOUR_MS } from '../shared/model/duration.ts';
import { STREAM_NAMES } from '../shared/model/stream.ts';
import { createLocalConnector } from '../shared/app/local.ts';
import { openLocalArchive } from '../shared/app/open-store.ts';
import type { StoredEvent } from '../shared/app/archive.ts';
import type { RunReport } from '../shared/app/connector.ts';
import { clockFrom } from '../shared/runtime/clock.ts';
import { FORMATS, OCSF_VERSIONS } from '../shared/normalize/index.ts';
import {
  clientEnvironment,
  type CompanyOptions,
  generateCompany,
  type Simulator,
  startSimulator,
} from '../simulator/index.ts';
import { OPTIONS } from './arguments.ts';
import { collectRecordings, recordingsOf } from './demo-recordings.ts';
import { EVENT_COLUMNS } from './event-columns.ts';
import { DEFAULT_EXPECTATIONS, readFolderHealth } from './folder-health.ts';
import { screenFor } from './output/print-records.ts';
import { recordsToTable, tableToText } from './output/table.ts';
import { missingLines } from './report.ts';
import { statusToText } from './status-to-text.ts';
import { printProse } from './output/prose.ts';
import type { ExitCode, CliContext } from './context.ts';
import { plural } from './text.ts';

const OUT = 'demo';
const SOURCE = 'quillmere';
const SEED = 20_261;
const CHANGES_SHOWN = 12;

/** The polls, in hours before now. The last two are far apart, so that a status shortly after the demo does not report missing polls. */
const POLLS = [
  { hoursAgo: 36, note: 'first poll: this day and the three before' },
  { hoursAgo: 30, note: 'new rows since then' },
  { hoursAgo: 29.9, note: 'minutes later' },
  { hoursAgo: 24, note: 'includes rows that Zoom published hours late' },
  { hoursAgo: 12, note: 'lists past days whole again' },
  { hoursAgo: 0, note: 'now' },
];

/** Days of generated rows, so that a later demo continues with the same company. */
const COMPANY_DAYS = 30;

interface DemoFlags {
  readonly now?: Date;
}

/** `demo`: polls a simulated company into a folder in seconds. `npm start` runs it. */
export const demoCommand = (context: CliContext, exit: (code: ExitCode) => void): Command =>
  new Command('demo')
    .description('Collect from a simulated Zoom into ./demo; no account is needed.')
    .addOption(OPTIONS.now())
    .action(async ({ now }: DemoFlags) => exit(await demo(now ?? context.clock.now(), context)));

const demo = async (end: Date, context: CliContext): Promise<ExitCode> => {
  const { clock, random, signal } = context;
  const out = (text: string): void => printProse(text, context);
  const at = (hoursAgo: number): Date => new Date(end.getTime() - hoursAgo * HOUR_MS);
  const first = at(POLLS[0]?.hoursAgo ?? 0);
  const today = dayOf(end);
  const simulator = await startSimulator({
    seed: SEED,
    now: first,
    speed: 0,
    paging: 'live',
    accounts: [{ content: recordingsOf(addDays(today, -COMPANY_DAYS), today) }],
  });
  simulator.addRows(
    generateCompany({ ...companyAround(today), from: addDays(today, -COMPANY_DAYS), to: today }),
  );
  const common = {
    environment: environmentFor(simulator),
    out: OUT,
    source: SOURCE,
    clock: { now: () => simulator.clock.now(), sleep: clock.sleep.bind(clock) },
  };
  const connector = await createLocalConnector({
    ...common,
    streams: STREAM_NAMES,
    formats: FORMATS,
    ocsfVersion: OCSF_VERSIONS[0],
    random,
  }).catch(async (error: unknown) => {
    await simulator.close();
    throw error;
  });
  try {
    out(`Simulated Zoom account of the company Quillmere:\n${simulator.url}. No data leaves this machine.\n`);
    out('Its clock is simulated too. Six polls in the last 36 hours (UTC):\n\n');
    const reports: RunReport[] = [];
    for (const { hoursAgo, note } of POLLS) {
      simulator.clock.set(at(hoursAgo));
      const report = await connector.poll(signal);
      reports.push(report);
      const delivered = report.outcomes.reduce((sum, outcome) => sum + outcome.delivered, 0);
      const time = at(hoursAgo).toISOString().slice(5, 16).replace('T', ' ');
      out(`  ${time}  ${plural(delivered, 'new event').padStart(16)}  ${note}\n`);
    }
    const missing = reports.flatMap((report) => report.missing);
    missingLines(SOURCE, missing).forEach((line) => out(`${line}\n`));
    const proven = await showDelivered(simulator, addDays(dayOf(first), -3), context);
    // This clock goes on: the interval between requests is measured with it.
    const ticking = { ...common, clock: clockFrom(end, clock), today };
    const recorded = await collectRecordings(simulator, ticking, context);
    out(whatNext(today));
    return proven && recorded && missing.length === 0 ? 0 : 1;
  } finally {
    await connector.close();
    await simulator.close();
  }
};

/** The company of the demo: a day, the three before it, and the one after it. */
export const companyAround = (day: Day): CompanyOptions => ({
  seed: SEED,
  from: addDays(day, -3),
  to: addDays(day, 1),
  rowsPerDay: 700,
  twinShare: 0.03,
  lateness: { hours: 12 },
});

const environmentFor = (simulator: Simulator) => ({
  ...clientEnvironment(simulator),
  ZOOM_REQUESTS_PER_SECOND: '200',
});

/** Shows the content of the folder. Returns whether it equals the rows of the simulated Zoom. */
const showDelivered = async (simulator: Simulator, since: Day, context: CliContext): Promise<boolean> => {
  const out = (text: string): void => printProse(text, context);
  const now = simulator.clock.now();
  const today = dayOf(now);
  const screen = screenFor(context);
  const archive = await openLocalArchive(OUT, context);
  const streams = await readFolderHealth(archive, OUT, DEFAULT_EXPECTATIONS, now);
  out(`\n${statusToText(streams, now, screen.colorize, screen.columns)}`);

  const changes: StoredEvent[] = [];
  const ids = new Set<string>();
  let events = 0;
  for await (const event of archive.events({ sources: [SOURCE], since: startOf(since) })) {
    events += 1;
    ids.add(event.provenance.eventId);
    if (!['sign_in', 'content', 'other'].includes(event.parsedRow.area)) changes.push(event);
  }
  const latest = changes.slice(-CHANGES_SHOWN);
  out(`\nLatest changes to settings, roles, licenses, billing and SSO:\n\n`);
  out(`${tableToText(recordsToTable(CHANGE_COLUMNS, latest, screen))}\n`);
  out(equalEventsToText(changes, latest));

  const inZoom = daysBetween(since, today).reduce((sum, day) => sum + simulator.rows({ day }).length, 0);
  const same = events === inZoom && ids.size === events;
  out(
    same
      ? `Zoom lists ${plural(inZoom, 'row')} since ${since}. Delivered: ${plural(events, 'event')},\neach with a unique id.\n`
      : `Zoom lists ${plural(inZoom, 'row')} since ${since}, but delivered: ${plural(events, 'event')} with ${plural(ids.size, 'id')}.\n`,
  );
  return same;
};

/** Where everything is, and commands to try. */
const whatNext = (today: Day): string => `
The events are in ${OUT}/ as gzipped JSON lines: flat/ for people and SIEMs,
ocsf/ for OCSF readers, raw/ as Zoom sent them. To see them:

  bin/zoom-log-source show --out ${OUT} --area sso
  bin/zoom-log-source query sso-changes --out ${OUT}
  bin/zoom-log-source detect --out ${OUT}
  bin/zoom-log-source verify --out ${OUT}

The native files of recordings are in ${OUT}/files/, with their chain of custody
in ${OUT}/custody/. To see and to copy them:

  bin/zoom-log-source content list --out ${OUT}
  bin/zoom-log-source content get --out ${OUT} --topic roadmap --to copies
  bin/zoom-log-source show --collection --out ${OUT}

With a Server-to-Server OAuth app of your Zoom account:

  export ZOOM_ACCOUNT_ID=… ZOOM_CLIENT_ID=… ZOOM_CLIENT_SECRET=…
  bin/zoom-log-source collect --from ${addDays(today, -7)} --to ${today} --out zoom-logs
`;

/** The event columns, with enough lines that no change is cut. */
const CHANGE_COLUMNS = EVENT_COLUMNS.filter(({ name }) => name !== 'from').map((column) =>
  column.name === 'what' ? { ...column, lines: 3 } : column,
);

/** Explains identical events, in the table or outside it. */
const equalEventsToText = (changes: readonly StoredEvent[], shown: readonly StoredEvent[]): string => {
  const seen = new Set<string>();
  let equal: StoredEvent | undefined;
  for (const event of changes) {
    const wording = JSON.stringify(event.parsedRow);
    if (seen.has(wording)) equal = event;
    seen.add(wording);
  }
  if (!equal) return '';
  const time = equal.parsedRow.time.text.slice(5, 19).replace('T', ' ');
  const which = shown.includes(equal) ? `Two of these lines, of ${time},` : `Two events of ${time}`;
  return `${which} are identical. Both are real:
the action was done twice within one second, and rows have no id.
Each is delivered as an event with a unique id.\n\n`;
};
