import { cpSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { widthOf } from '../../cli/output/width.ts';
import { atTerminal } from '../support/command.ts';
import { deliverDemo } from '../support/fixtures/demo-archive.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let demo: string;
let damaged: string;
beforeAll(async () => {
  ({ out: demo } = await deliverDemo());
  damaged = join(temporaryFolder(), 'damaged');
  cpSync(demo, damaged, { recursive: true });
  const key = 'operation/source=quillmere/dt=2026-11-17/operation_2026-11-17_000000.json.gz';
  truncateSync(join(damaged, 'flat', key), 2000);
  rmSync(join(damaged, 'ocsf', key));
});

/** The lines of both streams on a terminal. */
const linesAt = async (columns: number, line: string): Promise<string[]> => {
  const { stdout } = await atTerminal(columns, line);
  return stripVTControlCharacters(stdout).trimEnd().split('\n');
};

describe.each([60, 80, 120])('at %i columns', (columns) => {
  it.each<[string, () => string, string]>([
    ['a proof', () => `verify --out ${demo}`, 'Verified: no differences.'],
    ['differences', () => `verify --out ${damaged}`, 'NOT VERIFIED: '],
    ['a status', () => `status --out ${demo} --now 2026-11-27`, 'requests today'],
    ['a refusal', () => `verify --out ${demo} --source nobody`, 'has no source "nobody"'],
    ['a damaged object', () => `query 'FROM zoom_events ORDER BY event_id' --out ${damaged}`, 'is damaged: '],
    ['a warning', () => `query 'FROM zoom_ocsf' --out ${damaged} --limit 3`, 'NOT COMPLETE: '],
    ['an estimate', () => `collect --dry-run --from 30d --to today --out ${demo}`, 'request'],
    ['help', () => `query --help`, 'zoom_ocsf'],
  ])('fits %s', async (_, line, words) => {
    const lines = await linesAt(columns, `zoom-log-source ${line()}`);

    expect(lines.join(' ').replaceAll(/ +/g, ' ')).toContain(words);
    for (const one of lines) expect(widthOf(one)).toBeLessThanOrEqual(columns);
  });

  it('drops columns of a result instead of cutting texts to a few characters', async () => {
    const columnsOfAll = `query 'SELECT stream, operation_detail, actor_email, event_id, event_type, target_email FROM zoom_events' --out ${demo} --limit 3`;
    const [head = '', ...rows] = await linesAt(columns, `zoom-log-source ${columnsOfAll}`);

    expect(rows.join(' ').includes('Not shown: ')).toBe(columns < 120);
    for (const [cell] of head.matchAll(/(?:operation_detail|actor_email) +(?=\S)/g)) {
      expect(cell.length).toBeGreaterThanOrEqual(16);
    }
  });
});
