import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { PLAIN } from '../cli/table-style.ts';
import { connectLocally } from '../shared/connect-local.ts';
import { DEFAULT_REQUESTS_PER_DAY } from '../shared/connector.ts';
import { OCSF_VERSIONS } from '../shared/normalize/index.ts';
import { STREAM_NAMES } from '../shared/model/stream.ts';
import { clientEnvironment, generateCompany, startSimulator } from '../simulator/index.ts';

/** Requests that a steady day costs at five-minute polls, days that close and are confirmed included. */
const ROWS_A_DAY = (process.argv[2] ?? '50,5000,100000').split(',').map(Number);
const MEASURED_DAY = Date.UTC(2026, 10, 18);
const DAY_MS = 86_400_000;
const POLL_MS = 5 * 60_000;
/** So many days before, so that on the measured day one closes and one is confirmed. */
const DAYS_BEFORE = 12;

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const measure = async (rowsPerDay: number): Promise<number> => {
  const simulator = await startSimulator({
    now: new Date(MEASURED_DAY),
    speed: 0,
    limits: { perDay: 'off' },
  });
  const from = day(MEASURED_DAY - DAYS_BEFORE * DAY_MS);
  simulator.addRows(
    generateCompany({
      seed: 1,
      from,
      to: day(MEASURED_DAY),
      rowsPerDay,
      weekends: 1,
      lateness: { hours: 24 },
    }),
  );
  const out = mkdtempSync(join(tmpdir(), 'zoom-log-source-bench-'));
  const connector = await connectLocally({
    environment: {
      ...clientEnvironment(simulator),
      ZOOM_REQUESTS_PER_SECOND: '1000',
    },
    out,
    source: 'bench',
    streams: STREAM_NAMES,
    formats: [],
    ocsfVersion: OCSF_VERSIONS[0],
    backfillDays: DAYS_BEFORE,
    clock: { now: () => simulator.clock.now(), sleep: () => Promise.resolve() },
    random: () => 0.5,
  });
  const pollUntil = async (end: number): Promise<void> => {
    for (let at = simulator.clock.now().getTime(); at < end; at += POLL_MS) {
      simulator.clock.set(new Date(at));
      await connector.poll(new AbortController().signal);
    }
  };
  // The days before, as they went by: sparsely, for only what is known of them counts.
  for (let at = MEASURED_DAY - DAYS_BEFORE * DAY_MS; at < MEASURED_DAY; at += DAY_MS / 4) {
    simulator.clock.set(new Date(at));
    await connector.poll(new AbortController().signal);
  }
  simulator.clock.set(new Date(MEASURED_DAY));
  const before = connector.requests;
  await pollUntil(MEASURED_DAY + DAY_MS);
  const requests = connector.requests - before;
  await connector.close();
  await simulator.close();
  rmSync(out, { recursive: true });
  return requests;
};

const table = new Table({
  ...PLAIN,
  head: ['ROWS A DAY', 'REQUESTS A DAY', 'OF THE SHARE', 'OF PRO', 'OF BUSINESS'],
  colAligns: ['right', 'right', 'right', 'right', 'right'],
});
const share = (requests: number, of: number): string => `${((100 * requests) / of).toFixed(1)} %`;
for (const rows of ROWS_A_DAY) {
  const requests = await measure(rows);
  table.push([
    rows.toLocaleString('en-US'),
    requests.toLocaleString('en-US'),
    share(requests, DEFAULT_REQUESTS_PER_DAY),
    share(requests, 30_000),
    share(requests, 60_000),
  ]);
}
process.stdout.write(
  `A steady day at five-minute polls, both streams; the share is ${DEFAULT_REQUESTS_PER_DAY} requests a day.\n`,
);
process.stdout.write(
  `Zoom grants 30,000 a day on Pro and 60,000 on Business, to all apps of an account together.\n\n${table.toString()}\n`,
);
