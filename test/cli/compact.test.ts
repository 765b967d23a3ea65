import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateCompany, type Simulator, startSimulator } from '../../simulator/index.ts';
import { environmentFor, zoomLogSource } from '../support/command.ts';
import { aDuckdb } from '../support/duckdb.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOW = '2026-11-20T12:00:00Z';
const CLOSED = ['2026-11-14', '2026-11-15', '2026-11-16'];

let simulator: Simulator;
let out: string;
beforeAll(async () => {
  simulator = await startSimulator({ now: NOW, speed: 0 });
  simulator.addRows(generateCompany({ seed: 8, from: '2026-11-14', to: '2026-11-18', rowsPerDay: 300 }));
  out = join(temporaryFolder(), 'out');
  const range = ['--from', '2026-11-14', '--to', '2026-11-18', '--now', NOW, '--out', out];
  const { code } = await zoomLogSource(['collect', ...range], { environment: environmentFor(simulator) });
  expect(code).toBe(0);
});
afterAll(() => simulator.close());

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();

describe('compact', () => {
  it('writes the closed days without credentials and prints the result', async () => {
    const { code, stdout, stderr } = await zoomLogSource(['compact', '--out', out]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^6 daily files with [\d,]+ events written to .*\/curated\/\n$/);
    expect(filesIn(join(out, 'curated'))).toEqual(
      ['activity', 'operation'].flatMap((stream) => CLOSED.map((day) => `${stream}_${day}_000000.parquet`)),
    );
  });

  it('writes nothing twice', async () => {
    await zoomLogSource(['compact', '--out', out]);

    const { code, stdout } = await zoomLogSource(['compact', '--out', out, '--json']);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ slices: [], remaining: 0 });
  });

  it('leaves an archive that still verifies', async () => {
    await zoomLogSource(['compact', '--out', out]);

    const { code, stdout } = await zoomLogSource(['verify', '--out', out]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/\nVerified: no differences\.\n$/);
  });

  it('has every event that Zoom lists of these days', async () => {
    await zoomLogSource(['compact', '--out', out]);
    const runQuery = await aDuckdb();

    const counted = await runQuery(
      `SELECT count(DISTINCT event_id)::INTEGER AS ids, count(*)::INTEGER AS events FROM '${out}/curated/*/*/*/*.parquet'`,
    );

    const listed = CLOSED.flatMap((day) => simulator.rows({ day })).length;
    expect(counted).toEqual([{ ids: listed, events: listed }]);
  });

  it.each([
    [
      ['--from', '2026-11-18', '--to', '2026-11-16'],
      /--from 2026-11-18 is after --to 2026-11-16\. Swap them\./,
    ],
    [['--from', 'tomorrow'], /It is not a calendar day/],
  ])('refuses %j', async (words, message) => {
    const { code, stderr } = await zoomLogSource(['compact', '--out', out, ...words]);

    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('names the remedy for a folder without collected events', async () => {
    const { code, stderr } = await zoomLogSource(['compact', '--out', temporaryFolder()]);

    expect(code).toBe(2);
    expect(stderr).toMatch(/contains no collected events/);
  });
});
