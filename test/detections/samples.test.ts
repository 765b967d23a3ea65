import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { never } from '../support/zoom.ts';
import { collectInto, type Lake, openLake } from './delivered.ts';
import { NAMES, queryOf } from './detection-files.ts';
import { readScenarios } from './samples.ts';

const NIGHT = new Date('2026-11-18T23:59:59Z');
const SCENARIOS = readScenarios(NAMES);

let lake: Lake;
beforeAll(async () => {
  const folder = join(temporaryFolder(), 'out');
  const accounts = SCENARIOS.map(({ source, rows, stream }) => ({
    source,
    rows: rows.map((row) => ({ stream, row })),
  }));
  await collectInto(folder, NIGHT, accounts, never);
  lake = await openLake(folder);
});
afterAll(() => lake.close());

describe.each(NAMES)('%s, over delivered objects', (name) => {
  const own = SCENARIOS.filter(({ detection }) => detection === name);
  const title = ({ why, hits }: (typeof own)[number]) => [why, hits] as const;

  it.each(own.filter(({ hits }) => hits > 0).map((scenario) => [...title(scenario), scenario] as const))(
    'fires: %s (%i)',
    async (_, hits, { source }) => {
      const found = await lake.query(source, queryOf(name));

      expect(found).toHaveLength(hits);
    },
  );

  it.each(own.filter(({ hits }) => hits === 0).map((scenario) => [scenario.why, scenario] as const))(
    'stays quiet: %s',
    async (_, { source, rows, stream }) => {
      const [delivered] = await lake.query(source, `SELECT count(*)::INTEGER AS events FROM zoom_${stream}`);
      const found = await lake.query(source, queryOf(name));

      expect(delivered).toEqual({ events: rows.length });
      expect(found).toEqual([]);
    },
  );
});
