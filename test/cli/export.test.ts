import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { zoomLogSource, environmentFor } from '../support/command.ts';
import type { Simulator } from '../../simulator/index.ts';
import { RANGE, RETAIN, startContentSimulator } from '../support/fixtures/content-simulator.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DAYS = ['--from', '2026-11-18', '--to', '2026-11-20'];

let simulator: Simulator;
let out: string;
beforeAll(async () => {
  simulator = await startContentSimulator();
  out = join(temporaryFolder(), 'out');
  await zoomLogSource(['collect', '--content', '--out', out, ...RANGE, ...RETAIN], {
    environment: environmentFor(simulator),
  });
});
afterAll(() => simulator.close());

const run = (...args: string[]) => zoomLogSource(['export', '--out', out, ...args]);

describe('export', () => {
  it('writes a bag of what was collected, with the ledger entries that it rests on', async () => {
    const into = join(temporaryFolder(), 'bag');

    const { code, stdout, stderr } = await run(
      '--into',
      into,
      '--format',
      'bagit',
      '--people',
      'all',
      ...DAYS,
    );

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('7 files of recordings, 0 messages');
    expect(readdirSync(into).sort()).toEqual([
      'bag-info.txt',
      'bagit.txt',
      'certificate.json',
      'data',
      'manifest-sha256.txt',
      'tagmanifest-sha256.txt',
    ]);
    const certificate = JSON.parse(readFileSync(join(into, 'certificate.json'), 'utf8')) as {
      complete: boolean;
      days: { state: string; revision: number; ledger_sha256: string }[];
    };
    expect(certificate.complete).toBe(true);
    expect(certificate.days).toHaveLength(3);
    const ledger = readdirSync(join(out, 'ledger/recording/source=zoom'), {
      recursive: true,
      encoding: 'utf8',
    });
    expect(certificate.days.filter(({ state }) => state === 'closed')).toHaveLength(
      ledger.filter((path) => path.endsWith('.json')).length,
    );
  });

  it('limits itself to the recordings of a host, and prints JSON', async () => {
    const into = join(temporaryFolder(), 'files');

    const { code, stdout } = await run(
      ...['--into', into, '--format', 'loadfile', '--people', 'BEN@example.com', ...DAYS, '--json'],
    );

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ counts: { recordings: 1 }, isComplete: true });
    expect(readdirSync(into).sort()).toEqual([
      ...['certificate.json', 'files', 'items.csv', 'loadfile.dat', 'manifest-sha256.txt'],
    ]);
  });

  it('exits 1 for an unknown person and for days that were not collected, and names them', async () => {
    const into = join(temporaryFolder(), 'bag');

    const { code, stdout } = await run(
      ...['--into', into, '--format', 'bagit', '--people', 'eve@example.com,ann@example.com'],
      ...['--from', '2026-11-17', '--to', '2026-11-18'],
    );

    expect(code).toBe(1);
    expect(stdout).toContain('UNKNOWN eve@example.com');
    expect(stdout).toContain('NOT COLLECTED zoom recording: 2026-11-17');
  });

  it.each([
    [['--format', 'rsmf', '--types', 'video'], 'RSMF holds messages only'],
    [['--format', 'bagit', '--types', 'films'], 'It must be one of video, audio'],
    [['--format', 'pst'], 'It must be one of bagit, rsmf, loadfile'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await run(
      '--into',
      join(temporaryFolder(), 'x'),
      '--people',
      'all',
      ...DAYS,
      ...args,
    );

    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('refuses a folder with other contents, and the folder of what was collected', async () => {
    const args = ['--format', 'bagit', '--people', 'all', ...DAYS];
    const other = await run('--into', import.meta.dirname, ...args);
    const inside = await run('--into', join(out, 'copies'), ...args);

    expect([other.code, inside.code]).toEqual([2, 2]);
    expect(other.stderr).toContain('contains other files');
    expect(inside.stderr).toContain('is inside');
  });
});
