import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import * as z from 'zod';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { linesUnder } from '../support/delivered.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { never } from '../support/zoom.ts';
import { collectInto, type Lake, openLake } from './delivered.ts';
import { describeWithPython } from './describe-with-python.ts';
import { DETECTIONS, NAMES, queryOf } from './detection-files.ts';
import { PANTHER_REQUIREMENTS, runPanther } from './panther.ts';
import { readScenarios } from './samples.ts';

const NIGHT = new Date('2026-11-18T23:59:59Z');
const SOURCE = 'quillmere';
const FiredSchema = z.array(z.object({ rule: z.string(), event_id: z.string() }));

const MODULES = readdirSync(join(DETECTIONS, 'panther'))
  .filter((file) => file.endsWith('.py'))
  .map((file) => basename(file, '.py'));
const metadataOf = (rule: string): string => readFileSync(join(DETECTIONS, 'panther', `${rule}.yml`), 'utf8');
/** Rules of one row: the others fire at each row that counts. */
const OF_ONE_ROW = MODULES.filter((rule) => metadataOf(rule).includes('\nThreshold: 1\n'));

describeWithPython(
  'our rules in Panther',
  { requirements: PANTHER_REQUIREMENTS, release: '3.11' },
  (python) => {
    let fired: z.infer<typeof FiredSchema>;
    let lake: Lake;
    beforeAll(async () => {
      const rows = readScenarios(NAMES).flatMap((scenario) => scenario.rows);
      const folder = join(temporaryFolder(), 'out');
      await collectInto(folder, NIGHT, [{ source: SOURCE, rows }], never);
      const lines = await linesUnder(await FolderStore.openExisting(folder), 'flat/operation/');
      fired = FiredSchema.parse(runPanther(python(), 'own', lines));
      lake = await openLake(folder, ['operation']);
    });
    afterAll(() => lake.close());

    it.each(OF_ONE_ROW)('%s fires on the same lines as in DuckDB', async (rule) => {
      const expected = await lake.query(SOURCE, queryOf(rule));

      const found = fired.filter((hit) => hit.rule === rule).map((hit) => hit.event_id);

      expect(expected.length).toBeGreaterThanOrEqual(2);
      expect(found.sort()).toEqual(expected.map(({ event_id: id }) => id).sort());
    });

    it.each(MODULES.filter((rule) => !OF_ONE_ROW.includes(rule)))(
      '%s counts at least the lines at which it fires in DuckDB',
      async (rule) => {
        const expected = await lake.query(SOURCE, queryOf(rule));

        const found = fired.filter((hit) => hit.rule === rule).map((hit) => hit.event_id);

        expect(found).toEqual(expect.arrayContaining(expected.map(({ event_id: id }) => id)));
        expect(found.length).toBeGreaterThan(expected.length);
      },
    );
  },
);
