import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Simulator } from '../../simulator/index.ts';
import { environmentFor, type Finished, zoomLogSource } from '../support/command.ts';
import { ANN, aRecording, BEN, startContentSimulator } from '../support/fixtures/content-simulator.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SYNC = aRecording('Weekly sync', ANN, '2026-11-18T09:05:00Z', ['MP4', 'M4A', 'TRANSCRIPT', 'CHAT']);
const OLD = aRecording('Old plan', BEN, '2026-11-19T09:05:00Z', ['MP4']);
const BUDGET = aRecording('Budget', BEN, '2026-11-20T09:05:00Z', ['MP4', 'M4A']);

let simulator: Simulator;
let out: string;
let now = '';
beforeAll(async () => {
  simulator = await startContentSimulator([SYNC, OLD, BUDGET]);
  out = join(temporaryFolder(), 'out');
});
afterAll(() => simulator.close());

/** Zoom and the command line at a time. */
const at = (time: string): void => {
  now = time;
  simulator.clock.set(time);
};

const run = (...args: string[]): Promise<Finished> =>
  zoomLogSource([...args, '--out', out, '--now', now], { environment: environmentFor(simulator) });

const collect = (...args: string[]): Promise<Finished> =>
  run(
    'collect',
    '--content',
    '--from',
    '2026-11-18',
    '--to',
    '2026-11-20',
    '--on-deauthorization',
    'retain',
    ...args,
  );

const listed = async (...args: string[]): Promise<string[]> => {
  const { stdout } = await run('content', 'list', '-o', 'json', ...args);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { topic: string; type: string })
    .map(({ topic, type }) => `${topic} ${type}`)
    .sort();
};

const storedFiles = (): string[] =>
  readdirSync(join(out, 'files'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

const EVERYTHING = [
  'Budget audio',
  'Budget video',
  'Old plan video',
  'Weekly sync audio',
  'Weekly sync chat',
  'Weekly sync transcript',
  'Weekly sync video',
];

/** The steps of one story: each goes on where the one before ended. */
describe('a mirror from the command line', () => {
  it('is confirmed first, with what it hides', async () => {
    at('2026-11-25T12:00:00Z');
    expect((await collect()).code).toBe(0);
    simulator.content().trash(OLD.uuid ?? '');
    at('2026-11-26T13:00:00Z');
    await collect();

    at('2026-12-27T13:00:00Z');
    const refused = await collect('--mode', 'mirror');

    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('zoom is an archive: everything is in view. As a mirror:');
    expect(refused.stderr).toContain('- 1 file that left Zoom will be hidden by the next run');
    expect(refused.stderr).toContain('To skip the prompt, add --yes.');
    expect(existsSync(join(out, 'mirror'))).toBe(false);
    expect(await listed()).toEqual(EVERYTHING);
  });

  it('hides what left Zoom, and lists it with --hidden only', async () => {
    const { code, stdout } = await collect('--mode', 'mirror', '--yes');

    expect(code).toBe(0);
    expect(stdout).toContain('Mirror: 1 file newly hidden, 0 shown again, 1 hidden in all');
    expect(await listed()).toEqual(EVERYTHING.filter((name) => name !== 'Old plan video'));
    expect(await listed('--state', 'hidden')).toEqual(['Old plan video']);
    expect(await listed('--hidden')).toEqual(EVERYTHING);
    expect((await run('content', 'list')).stderr).toContain(
      '1 hidden file left out: it has left Zoom. Use --hidden to include it.',
    );
    expect(storedFiles()).toHaveLength(7);
  });

  it('refuses a hidden file without --hidden, and names the flag', async () => {
    const { stdout } = await run('content', 'list', '--state', 'hidden', '-o', 'json');
    const { item } = JSON.parse(stdout) as { item: string };
    const copies = temporaryFolder();

    const shown = await zoomLogSource(['content', 'show', item, '--out', out]);
    const copied = await run('content', 'get', item, '--to', copies);
    const withFlag = await run('content', 'get', item, '--to', copies, '--hidden');

    expect([shown.code, copied.code]).toEqual([2, 2]);
    expect(shown.stderr).toContain('is hidden, because it left Zoom. It is still held: use --hidden');
    expect(withFlag.code).toBe(0);
    expect(readdirSync(copies)).toEqual(['2026-11-19 0905 Old plan - shared screen with speaker view.mp4']);
    expect((await zoomLogSource(['content', 'show', item, '--hidden', '--out', out])).stdout).toMatch(
      /2026-12-27 13:00:\d\d {2}hidden {3}hidden 30 days after it left Zoom or later; what is held stays/,
    );
  });

  it('leaves hidden files out of an export, and says how many', async () => {
    const range = ['--people', 'all', '--from', '2026-11-18', '--to', '2026-11-20', '--format', 'bagit'];
    const [without, withHidden] = [join(temporaryFolder(), 'a'), join(temporaryFolder(), 'b')];

    const { code, stdout } = await run('export', '--into', without, ...range);
    await run('export', '--into', withHidden, ...range, '--hidden');

    expect(code).toBe(0);
    expect(stdout).toContain('1 hidden file left out');
    const certificate = (folder: string): unknown =>
      JSON.parse(readFileSync(join(folder, 'certificate.json'), 'utf8'));
    expect(certificate(without)).toMatchObject({ complete: true, hidden: 1, counts: { recordings: 6 } });
    expect(certificate(withHidden)).toMatchObject({
      selection: { hidden: true },
      counts: { recordings: 7 },
    });
  });

  it('shows a file again that a hold keeps, and hides it when the hold is over', async () => {
    const added = await run('hold', 'add', 'matter-7', '--people', 'ben@example.com', '--why', 'a lawsuit');
    const kept = await collect();
    const list = await run('hold', 'list');

    expect(added.stdout).toContain('The hold matter-7 is on.');
    expect(kept.stdout).toContain('1 shown again, 0 hidden in all; 1 kept in view by the hold "matter-7"');
    expect(await listed()).toEqual(EVERYTHING);
    expect(list.stdout).toMatch(/matter-7 +on .*ben@example\.com.*a lawsuit/);
    expect((await run('hold', 'add', 'matter-7', '--people', 'all')).code).toBe(2);
    expect((await run('hold', 'release', 'matter-8')).code).toBe(2);

    expect((await run('hold', 'release', 'matter-7')).stdout).toContain('The hold matter-7 is released.');
    expect((await collect()).stdout).toContain('1 file newly hidden');
    expect((await run('hold', 'list', '-o', 'json')).stdout).toContain('"released_by"');
  });

  it('hides nothing while the brake is on, and names the files in status', async () => {
    simulator.content().trash(BUDGET.uuid ?? '');
    at('2026-12-29T13:00:00Z');
    const collected = await collect();
    const status = await run('status');
    const plan = await run('mirror', 'plan');

    expect(collected.code).toBe(1);
    for (const { stdout } of [collected, plan]) {
      expect(stdout).toContain(
        'BRAKE zoom: 2 files of 6 left Zoom, too many to hide within a day. Nothing is hidden:',
      );
      expect(stdout).toMatch(/2026-11-20 recording [0-9a-f]{16} "Budget", away since 2026-12-29 13:00/);
    }
    expect(plan.code).toBe(1);
    expect(status.code).toBe(1);
    expect(status.stdout).toContain(
      '2 files of 6 left Zoom, too many to hide within a day. The mirror hides nothing.',
    );
    expect(status.stdout).toContain('"Budget"');
    const audit = await zoomLogSource(['show', '--audit', '-o', 'json', '--out', out]);
    expect(audit.stdout.match(/"code":"mirror-braked"/g)).toHaveLength(1);
  });

  it('hides them after a release and their grace', async () => {
    at('2027-01-15T13:00:00Z');
    expect((await collect('--grace-days', '10')).code).toBe(1);

    expect((await run('mirror', 'release')).code).toBe(2);
    const released = await run('mirror', 'release', '--yes');
    const { code, stdout } = await collect('--grace-days', '10');

    expect(released.stdout).toContain('zoom: released.');
    expect([code, stdout]).toEqual([0, expect.stringContaining('Mirror: 2 files newly hidden')]);
    expect(await listed()).toEqual(EVERYTHING.slice(3));
  });

  it('shows a file again that Zoom has again', async () => {
    simulator.content().recover(BUDGET.uuid ?? '');
    at('2027-01-16T13:00:00Z');

    expect((await collect()).stdout).toContain('2 shown again, 1 hidden in all');
    expect(await listed()).toEqual(EVERYTHING.filter((name) => name !== 'Old plan video'));
  });

  it('shows everything again as an archive, after a confirmation, and lost nothing', async () => {
    expect((await collect('--mode', 'archive')).stderr).toContain('1 hidden file will be shown again');
    const { code } = await collect('--mode', 'archive', '--yes');

    expect(code).toBe(0);
    expect(await listed()).toEqual(EVERYTHING);
    expect(storedFiles()).toHaveLength(7);
    expect((await zoomLogSource(['verify', '--files', '--out', out])).code).toBe(0);
  });
});
