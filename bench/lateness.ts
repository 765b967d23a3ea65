import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { DAY_MS, MINUTE_MS } from '../shared/model/duration.ts';
import { PLAIN } from './table-style.ts';
import { createLocalConnector } from '../shared/app/local.ts';
import { openLocalArchive } from '../shared/app/open-store.ts';
import { OCSF_VERSIONS } from '../shared/normalize/index.ts';
import { clientEnvironment, type SimulatedRow, startSimulator } from '../simulator/index.ts';

/**
 * The effect of late rows: 240 events of one day, shown by Zoom up to a number of minutes late, polled every ten minutes. Collectors
 * with a time cursor lose up to two in five of them, while all their calls succeed.
 */
const EVENTS = 240;
const DAY_START = Date.UTC(2026, 10, 18);
const LATENESS_MINUTES = [0, 5, 30, 120, 1440];

function* lateRows(latenessMinutes: number): Generator<SimulatedRow> {
  for (let event = 0; event < EVENTS; event += 1) {
    const at = DAY_START + (event * DAY_MS) / EVENTS;
    // Evenly spread and mixed: multiplying by a number coprime to the count visits each share once.
    const lateMs = (((event * 97) % EVENTS) / EVENTS) * latenessMinutes * MINUTE_MS;
    yield {
      stream: 'operation',
      visibleFrom: new Date(at + lateMs),
      row: {
        time: new Date(at).toISOString().replace('.000', ''),
        operator: 'ines.halloran@quillmere.example',
        category_type: 'Account',
        action: 'Update',
        operation_detail: `Meeting  - Setting ${event}: from Off to On`,
      },
    };
  }
}

const measure = async (latenessMinutes: number): Promise<{ delivered: number; ids: number }> => {
  const simulator = await startSimulator({ now: new Date(DAY_START), speed: 0, paging: 'live' });
  simulator.addRows(lateRows(latenessMinutes));
  const out = mkdtempSync(join(tmpdir(), 'zoom-log-source-bench-'));
  const clock = { now: () => simulator.clock.now(), sleep: () => Promise.resolve() };
  const random = () => 0.5;
  const connector = await createLocalConnector({
    environment: {
      ...clientEnvironment(simulator),
      ZOOM_REQUESTS_PER_SECOND: '1000',
    },
    out,
    source: 'bench',
    streams: ['operation'],
    formats: ['flat'],
    ocsfVersion: OCSF_VERSIONS[0],
    clock,
    random,
  });
  for (let at = DAY_START; at < DAY_START + 3 * DAY_MS; at += 10 * MINUTE_MS) {
    simulator.clock.set(new Date(at));
    await connector.poll(new AbortController().signal);
  }
  const ids: string[] = [];
  for await (const { provenance } of (await openLocalArchive(out, { clock, random })).events({}))
    ids.push(provenance.eventId);
  await connector.close();
  await simulator.close();
  rmSync(out, { recursive: true });
  return { delivered: ids.length, ids: new Set(ids).size };
};

const table = new Table({
  ...PLAIN,
  head: ['LATE UP TO (MIN)', 'EVENTS', 'LOST', 'REPEATED'],
  colAligns: ['right', 'right', 'right', 'right'],
});
for (const latenessMinutes of LATENESS_MINUTES) {
  const { delivered, ids } = await measure(latenessMinutes);
  table.push([latenessMinutes, EVENTS, EVENTS - ids, delivered - ids]);
}
process.stdout.write(
  `${EVENTS} events of a day, polled every 10 minutes for three days.\n\n${table.toString()}\n`,
);
