import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { never } from '../support/zoom.ts';
import { collectInto, type Lake, openLake } from './delivered.ts';
import { NAMES, queryOf } from './detection-files.ts';
import { readScenarios } from './samples.ts';

const NIGHT = new Date('2026-11-18T23:59:59Z');
const SCENARIOS = readScenarios(NAMES);
const ROWS = SCENARIOS.flatMap(({ rows }) => rows);
const SOURCE = 'quillmere';

let lake: Lake;
let scenarioOf: ReadonlyMap<unknown, unknown>;
beforeAll(async () => {
  const folder = join(temporaryFolder(), 'out');
  await collectInto(folder, NIGHT, [{ source: SOURCE, rows: ROWS }], never);
  lake = await openLake(folder);
  const events = await lake.query(
    SOURCE,
    'SELECT event_id, scenario FROM zoom_operation UNION ALL SELECT event_id, scenario FROM zoom_activity',
  );
  scenarioOf = new Map(events.map(({ event_id: id, scenario }) => [id, scenario]));
});
afterAll(() => lake.close());

it('are delivered whole', () => {
  expect(scenarioOf.size).toBe(ROWS.length);
});

describe.each(NAMES)('%s, over delivered objects', (name) => {
  const own = SCENARIOS.filter(({ detection }) => detection === name);
  const title = ({ why, hits }: (typeof own)[number]) => [why, hits] as const;
  let found: readonly unknown[];
  beforeAll(async () => {
    found = (await lake.query(SOURCE, queryOf(name))).map(({ event_id: id }) => scenarioOf.get(id));
  });

  it.each(own.filter(({ hits }) => hits > 0).map((scenario) => [...title(scenario), scenario] as const))(
    'fires: %s (%i)',
    (_, hits, { scenario }) => {
      expect(found.filter((other) => other === scenario)).toHaveLength(hits);
    },
  );

  it.each(own.filter(({ hits }) => hits === 0).map((scenario) => [scenario.why, scenario] as const))(
    'stays quiet: %s',
    (_, { scenario }) => {
      expect(found).not.toContain(scenario);
    },
  );
});
