import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const BENCH = join(import.meta.dirname, '../../bench/bench.ts');

describe('npm run bench', () => {
  it('measures every part and prints a table of each', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [BENCH, '--scale', 'tiny'], {
      encoding: 'utf8',
    });

    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    const tables = stdout.split(/^(?=(?:throughput|pace|idle|growth|day|start|aims)$)/m);
    expect(tables.map((table) => table.split('\n', 1)[0])).toEqual([
      'throughput',
      'pace',
      'idle',
      'growth',
      'day',
      'start',
      'aims',
    ]);
    for (const table of tables) expect(table).toMatch(/^\| .*\n\| ---.*\n\| /m);
    expect(stdout).not.toMatch(/NaN|undefined|Infinity/);
  }, 120_000);

  it('refuses an unknown part', () => {
    const { status, stderr } = spawnSync(process.execPath, [BENCH, 'weather'], { encoding: 'utf8' });

    expect(status).toBe(1);
    expect(stderr).toContain('weather');
  });
});
