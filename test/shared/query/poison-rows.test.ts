import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { verifyStore } from '../../../shared/collect/verify/verify-store.ts';
import { ConfigurationError } from '../../../shared/errors.ts';
import { FolderStore } from '../../../shared/local/folder-store.ts';
import { startSimulator } from '../../../simulator/index.ts';
import { day, never } from '../../support/builders/collector.ts';
import { runQuery } from '../../support/fixtures/demo-archive.ts';
import { anOperation, aSignIn } from '../../support/builders/rows.ts';
import { connectToSimulator } from '../../support/simulated-source.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { failureMessage } from '../../support/zoom.ts';

/** Rows that some JSON readers fail on; each is an event. */
const OPERATIONS = [
  anOperation({ operation_detail: 'Delete Recording Team party \ud83c' }),
  anOperation({ operator: '\udf89', 'name\ud83c': { 'deep\udc00': ['\ud83c'] } }),
  anOperation({ 'name\ud83c': 1, 'name\ud83d': 2 }),
  anOperation({ operation_detail: 'nul \u0000', 'nul\u0000': 'x', '': 'no name' }),
  anOperation({ detail: 'a text', event_id: 7, any_emails: 'a text', area: {}, Event_Time: 'x', stream: [] }),
  anOperation({
    _row: { _row: 1 },
    _connector: { event_id: 'x' },
    dt: 'x',
    source: 'y',
    mapping_version: 'z',
  }),
  anOperation({ operator: ['a', { b: null }], operation_detail: 12 }),
  anOperation({ operation_detail: `"\\`.repeat(1_900_000) }),
  anOperation({ operation_detail: `Add User ${'\u0085\u2028'.repeat(30_000)}` }),
];
const SIGN_INS = [aSignIn({ ip_address: '\ud83c', email: 'x\udc00', detail: 'x', category: {} })];

const NOW = new Date('2026-11-19T06:00:00Z');

let out: string;
beforeAll(async () => {
  out = join(temporaryFolder(), 'out');
  const store = await FolderStore.open(out, NOW);
  const simulator = await startSimulator({ now: NOW, speed: 0 });
  simulator.addRows([
    ...OPERATIONS.map((row) => ({ stream: 'operation' as const, day: '2026-11-18', row })),
    ...SIGN_INS.map((row) => ({ stream: 'activity' as const, day: '2026-11-18', row })),
  ]);
  const connector = connectToSimulator(simulator, store, { source: 'zoom' });
  await connector.collectDays([day('2026-11-18')], never);
  await connector.close();
  await simulator.close();
});

describe('rows that are difficult for readers', () => {
  it('can be queried wherever verify finds no error', async () => {
    const store = await FolderStore.openExisting(out);
    const { differences } = await verifyStore(store, { signal: never });
    const counts = await runQuery(
      out,
      `SELECT (SELECT count(*) FROM zoom_operation) AS operations, (SELECT count(*) FROM zoom_activity) AS activities,
         (SELECT count(*) FROM zoom_events WHERE dt = DATE '2026-11-18' AND event_id <> '' AND actor_name <> '?') AS events,
         (SELECT count(DISTINCT metadata.uid) FROM zoom_ocsf WHERE raw_data <> '') AS ocsf`,
    );

    expect(differences).toEqual([]);
    expect(counts).toEqual([{ operations: 9, activities: 1, events: 9, ocsf: 10 }]);
  });

  it('can be queried as JSON', async () => {
    const sql = `SELECT json_extract_string(raw_data, '$.operation_detail') AS detail FROM zoom_ocsf
                 WHERE message LIKE 'Delete Recording%'`;

    expect(await runQuery(out, sql)).toEqual([{ detail: 'Delete Recording Team party \ufffd' }]);
  });

  it('are distinguished from damage in a line of an older mapping, which DuckDB refuses', async () => {
    const copy = join(temporaryFolder(), 'out');
    const store = await FolderStore.open(copy, NOW);
    const key = 'flat/operation/source=zoom/dt=2026-11-18/operation_2026-11-18_000000.json.gz';
    await store.create(key, gzipSync('{"event_id":"a","operator":"\\ud83c"}\n'));

    const error = await failureMessage(runQuery(copy, 'FROM zoom_operation'));

    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toContain(`${key} is not damaged, but DuckDB refuses a line of it`);
    expect(error.message).toContain('zoom-log-source replay --help');
    writeFileSync(join(copy, key), gzipSync('{"event_id":\n'));
    expect((await failureMessage(runQuery(copy, 'FROM zoom_operation'))).message).toContain('is damaged');
  });
});
