import { Command } from 'commander';
import { addDays, type Day, dayOf, startOf } from '../shared/model/day.ts';
import { STREAM_NAMES } from '../shared/model/stream.ts';
import { connectLocally, openLocalArchive } from '../shared/connect-local.ts';
import type { RunReport, StoredEvent } from '../shared/connector.ts';
import { FORMATS, OCSF_VERSIONS } from '../shared/normalize/index.ts';
import {
  clientEnvironment,
  type CompanyOptions,
  generateCompany,
  type Simulator,
  startSimulator,
} from '../simulator/index.ts';
import { DEFAULT_EXPECTATIONS, readFolderHealth } from './folder-health.ts';
import { paintFor } from './paint.ts';
import { missingLines } from './report.ts';
import { eventsToTable } from './show.ts';
import { statusToText } from './status-to-text.ts';
import type { ExitCode, Surroundings } from './surroundings.ts';
import { plural } from './text.ts';

const OUT = 'demo';
const SOURCE = 'quillmere';
const SEED = 20_261;
const HOUR_MS = 3_600_000;

/** A day of polls, by hours since its midnight: the last ones, on the next day, meet rows that come late. */
const POLLS = [
  { hour: 9, note: 'the first run reads today and three days back' },
  { hour: 12.5, note: 'a morning of sign-ins and settings' },
  { hour: 12.6, note: 'minutes later' },
  { hour: 18, note: 'the afternoon' },
  { hour: 25, note: 'the day is over: read whole again' },
  { hour: 44, note: 'and again, for rows that Zoom shows many hours late' },
];

/** `demo`: what `npm start` runs: a believable company's day, from a simulated Zoom into a folder, in seconds. */
export const demoCommand = (surroundings: Surroundings, exit: (code: ExitCode) => void): Command =>
  new Command('demo')
    .description('watch it work: a simulated Zoom, a day of polls, the events in ./demo (no account needed)')
    .action(async () => exit(await demo(surroundings)));

const demo = async (surroundings: Surroundings): Promise<ExitCode> => {
  const { clock, random, out, signal } = surroundings;
  const day = lastBusyDay(dayOf(clock.now()));
  const at = (hour: number): Date => new Date(startOf(day).getTime() + hour * HOUR_MS);
  const simulator = await startSimulator({ seed: SEED, now: at(0), speed: 0, paging: 'live' });
  simulator.addRows(generateCompany(companyAround(day)));
  const connector = await connectLocally({
    environment: environmentFor(simulator),
    out: OUT,
    source: SOURCE,
    streams: STREAM_NAMES,
    formats: FORMATS,
    ocsfVersion: OCSF_VERSIONS[0],
    clock: { now: () => simulator.clock.now(), sleep: (ms, until) => clock.sleep(ms, until) },
    random,
  }).catch(async (error: unknown) => {
    await simulator.close();
    throw error;
  });
  try {
    out(`A simulated Zoom account of a company named Quillmere answers at ${simulator.url}.\n`);
    out('Nothing leaves this machine. The clock is simulated too: six polls of one day.\n\n');
    const reports: RunReport[] = [];
    for (const { hour, note } of POLLS) {
      simulator.clock.set(at(hour));
      const report = await connector.poll(signal);
      reports.push(report);
      const delivered = report.outcomes.reduce((sum, outcome) => sum + outcome.delivered, 0);
      const time = at(hour).toISOString();
      out(
        `  ${time.slice(0, 10)} ${time.slice(11, 16)}  poll  ${plural(delivered, 'new event').padStart(16)}   ${note}\n`,
      );
    }
    const missing = reports.flatMap((report) => report.missing);
    missingLines(SOURCE, missing).forEach((line) => out(`${line}\n`));
    const proven = await showDelivered(simulator, addDays(day, -3), surroundings);
    return proven && missing.length === 0 ? 0 : 1;
  } finally {
    await connector.close();
    await simulator.close();
  }
};

/** The company of the demo: three days before its day of polls, and the day after it. */
export const companyAround = (day: Day): CompanyOptions => ({
  seed: SEED,
  from: addDays(day, -3),
  to: addDays(day, 1),
  rowsPerDay: 700,
  twinShare: 0.03,
  lateness: { hours: 12 },
});

/** The latest Tuesday, Wednesday or Thursday that is over, with its next day: a company's weekend shows little. */
const lastBusyDay = (today: Day): Day => {
  let day = addDays(today, -2);
  while (![2, 3, 4].includes(startOf(day).getUTCDay())) day = addDays(day, -1);
  return day;
};

const environmentFor = (simulator: Simulator) => ({
  ...clientEnvironment(simulator),
  ZOOM_REQUESTS_PER_SECOND: '200',
});

/** Shows what lies in the folder, and whether that is what the simulated Zoom has. */
const showDelivered = async (
  simulator: Simulator,
  since: Day,
  surroundings: Surroundings,
): Promise<boolean> => {
  const { out } = surroundings;
  const now = simulator.clock.now();
  const archive = await openLocalArchive(OUT, surroundings);
  const streams = await readFolderHealth(archive, OUT, DEFAULT_EXPECTATIONS, now);
  out(`\n${statusToText(streams, now, paintFor(surroundings))}`);

  const changes: StoredEvent[] = [];
  const ids = new Set<string>();
  let events = 0;
  for await (const event of archive.events({ sources: [SOURCE], since: startOf(since) })) {
    events += 1;
    ids.add(event.provenance.eventId);
    if (!['sign_in', 'content', 'other'].includes(event.reading.area)) changes.push(event);
  }
  out(`\nThe latest changes to settings, roles, licenses, billing and SSO among them:\n\n`);
  out(`${eventsToTable(changes.slice(-12))}\n\n`);

  const inZoom = simulator.rows().length;
  const same = events === inZoom && ids.size === events;
  out(
    same
      ? `Zoom lists ${plural(inZoom, 'row')} since ${since}; ${plural(events, 'event')} were delivered, each with an id of its own.\n`
      : `Zoom lists ${plural(inZoom, 'row')} since ${since}, but ${plural(events, 'event')} with ${plural(ids.size, 'id')} were delivered.\n`,
  );
  const today = dayOf(now);
  out(`They lie in ${OUT}/ as gzipped JSON lines: flat/ for people and SIEMs, ocsf/ for OCSF readers, raw/ as Zoom sent them.

  bin/zoom-log-source show --out ${OUT} --area sso

With a Server-to-Server OAuth app of your own Zoom account, the same is:

  export ZOOM_ACCOUNT_ID=… ZOOM_CLIENT_ID=… ZOOM_CLIENT_SECRET=…
  bin/zoom-log-source collect --from ${addDays(today, -7)} --to ${today} --out zoom-logs
`);
  return same;
};
