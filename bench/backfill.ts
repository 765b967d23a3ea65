import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import Table from 'cli-table3';
import { PLAIN } from './table-style.ts';
import { createLocalConnector } from '../shared/app/local.ts';
import { openLocalArchive } from '../shared/app/open-store.ts';
import { addDays, dayOf, startOf } from '../shared/model/day.ts';
import { FORMATS, OCSF_VERSIONS } from '../shared/normalize/index.ts';
import { systemClock } from '../shared/runtime/clock.ts';
import { clientEnvironment } from '../simulator/index.ts';

/**
 * Back-fills six months during live polls. Measures the delay of live events with and without the back-fill, and its memory. The
 * back-fill is killed half-way and restarted, and each row must be delivered once. Arguments: rows, days.
 */
const ROWS = Number(process.argv[2] ?? 1_000_000);
const DAYS = Number(process.argv[3] ?? 180);
const QUIET_SECONDS = 20;
const POLL_MS = 2000;
const KILL_AFTER_MS = 20_000;

const BIN = join(import.meta.dirname, '../bin/zoom-log-source');
const out = mkdtempSync(join(tmpdir(), 'zoom-log-source-bench-'));
const zoom = spawn(
  process.execPath,
  [join(import.meta.dirname, 'backfill-zoom.ts'), String(ROWS), String(DAYS)],
  {
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
const ready = await createInterface(zoom.stdout)[Symbol.asyncIterator]().next();
const { apiUrl, oauthUrl, rows } = JSON.parse(String(ready.value)) as {
  apiUrl: string;
  oauthUrl: string;
  rows: number;
};
const environment = {
  ...process.env,
  ...clientEnvironment({ apiUrl, oauthUrl }),
  ZOOM_REQUESTS_PER_SECOND: '500',
};
const today = dayOf(new Date());
const context = { clock: systemClock, random: Math.random };

/** The peak memory of a process so far, in MB. */
const peakMb = (child: ChildProcess): number => {
  try {
    return (
      Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8'))?.[1] ?? 0) / 1024
    );
  } catch {
    return 0;
  }
};

const startBackfill = (): ChildProcess =>
  spawn(
    BIN,
    [
      'collect',
      '--from',
      addDays(today, -DAYS),
      '--to',
      addDays(today, -4),
      '--out',
      out,
      '--json',
      '--requests-per-day',
      '1000000',
    ],
    {
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );

const connector = await createLocalConnector({
  environment,
  out,
  source: 'zoom',
  streams: ['activity'],
  formats: FORMATS,
  ocsfVersion: OCSF_VERSIONS[0],
  requestsPerDay: 1_000_000,
  ...context,
});

/** Polls until stopped. Returns the delay of each live row from its event to its delivery, in seconds. */
const pollWhile = async (goesOn: () => boolean): Promise<number[]> => {
  const began = Date.now();
  while (goesOn()) {
    await connector.poll(new AbortController().signal);
    await sleep(POLL_MS);
  }
  const lags: number[] = [];
  const archive = await openLocalArchive(out, context);
  for await (const { parsedRow, provenance } of archive.events({ since: new Date(began) })) {
    lags.push((provenance.ingestTime.ms - parsedRow.time.ms) / 1000);
  }
  return lags.sort((a, b) => a - b);
};

try {
  await connector.poll(new AbortController().signal);
  const quietUntil = Date.now() + QUIET_SECONDS * 1000;
  const quiet = await pollWhile(() => Date.now() < quietUntil);

  const started = Date.now();
  let peak = 0;
  let done = false;
  const backfilling = (async () => {
    const first = startBackfill();
    await sleep(KILL_AFTER_MS);
    peak = Math.max(peak, peakMb(first));
    first.kill('SIGKILL');
    const second = startBackfill();
    const ended = once(second, 'close');
    const watch = setInterval(() => (peak = Math.max(peak, peakMb(second))), 200);
    await ended;
    clearInterval(watch);
    done = true;
  })();
  const busy = await pollWhile(() => !done);
  await backfilling;
  const seconds = (Date.now() - started) / 1000;

  const ids = new Set<string>();
  let events = 0;
  for await (const { parsedRow, provenance } of (await openLocalArchive(out, context)).events({})) {
    if (parsedRow.time.ms >= startOf(today).getTime()) continue;
    events += 1;
    ids.add(provenance.eventId);
  }

  const at = (lags: readonly number[], share: number): string =>
    (lags[Math.ceil(share * lags.length) - 1] ?? NaN).toFixed(0);
  const table = new Table({
    ...PLAIN,
    head: ['LIVE EVENTS', 'POLLS EVERY', 'LAG P50 (S)', 'LAG P99 (S)', 'LAG MAX (S)'],
  });
  for (const [name, lags] of [
    ['alone', quiet],
    ['during a back-fill', busy],
  ] as const) {
    table.push([
      `${name} (${lags.length})`,
      `${POLL_MS / 1000} s`,
      at(lags, 0.5),
      at(lags, 0.99),
      at(lags, 1),
    ]);
  }
  process.stdout.write(`${table.toString()}\n\n`);
  process.stdout.write(
    `Back-fill of ${DAYS} days, killed after ${KILL_AFTER_MS / 1000} s and restarted: ${seconds.toFixed(0)} s, at most ${Math.round(peak)} MB.\n` +
      `Zoom lists ${rows.toLocaleString('en-US')} rows of these days. Delivered: ${events.toLocaleString('en-US')} events with ${ids.size.toLocaleString('en-US')} ids.\n`,
  );
} finally {
  await connector.close();
  zoom.kill();
  rmSync(out, { recursive: true, force: true });
}
