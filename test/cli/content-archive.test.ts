import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFailedStart } from '../../shared/collect/state/last-run.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { OWNER_ONLY } from '../../shared/local/own-folders.ts';
import { type Simulator, startSimulator } from '../../simulator/index.ts';
import { zoomLogSource } from '../support/command.ts';
import { collectContentFrom, SPEED } from '../support/content-collection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const [FROM, TO] = ['2026-11-10', '2026-11-12'];

let simulator: Simulator;
let collected: string;
beforeAll(async () => {
  simulator = await startSimulator({
    now: '2026-11-12T12:00:00Z',
    speed: SPEED,
    accounts: [
      { content: { people: [{ id: 'host', email: 'ann@example.com', firstName: 'Ann', lastName: 'Lee' }] } },
    ],
  });
  for (const day of [FROM, TO]) {
    simulator.content().addMeeting({
      hostId: 'host',
      topic: 'Stand-up',
      start: `${day}T09:00:00Z`,
      minutes: 30,
      files: [
        { fileType: 'MP4', bytes: 3_000_000 },
        { fileType: 'TRANSCRIPT', bytes: 1000 },
      ],
    });
  }
  collected = join(temporaryFolder(), 'out');
  await collectContentFrom(simulator, { out: collected, from: FROM, to: TO });
  simulator.clock.advance(2 * 86_400_000);
  await collectContentFrom(simulator, { out: collected, from: FROM, to: TO });
}, 120_000);
afterAll(() => simulator.close());

const aCopy = (): string => {
  const out = join(temporaryFolder(), 'out');
  cpSync(collected, out, { recursive: true, preserveTimestamps: true });
  return out;
};
const status = (out: string, ...args: string[]) =>
  zoomLogSource(['status', '--out', out, '--now', '2026-11-14T12:05:00Z', ...args]);
const aFile = (out: string): string =>
  readdirSync(join(out, 'files'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))[0] ?? '';

describe('verify of content', () => {
  it('prints days, rows, files, bytes and closed days of each stream', async () => {
    const { code, stdout } = await zoomLogSource(['verify', '--out', collected]);

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^acme recordings: 2 days \(2026-11-10 to 2026-11-12\), \d+ objects, 4 rows\n {2}files: 4 files, 6\.0 MB \(names, sizes and custody; to read the bytes: --files\)\n {2}ledger: 1 day closed, 1 open$/m,
    );
    expect(stdout).toMatch(/^acme people: 2 days/m);
    expect(stdout).toMatch(/^acme meetings: \d days/m);
  });

  it('reads the bytes with --files, and limits itself to a stream', async () => {
    const { code, stdout } = await zoomLogSource([
      'verify',
      '--out',
      collected,
      '--files',
      '--stream',
      'recording',
      '--json',
    ]);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      verified: true,
      streams: [
        { source: 'acme', stream: 'recording', rows: 4, files: 4, bytes: 6_002_000, filesRead: true },
      ],
      differences: [],
    });
  });

  it('exits 1 for a changed file', async () => {
    const out = aCopy();
    const bytes = readFileSync(aFile(out));
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    writeFileSync(aFile(out), bytes);

    expect((await zoomLogSource(['verify', '--out', out])).code).toBe(0);
    const { code, stdout } = await zoomLogSource(['verify', '--out', out, '--files']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^file-changed {2}files\/recording\//m);
    expect(stdout).toMatch(/NOT VERIFIED: 1 difference\.\n$/);
  });

  it('refuses to compare content with Zoom', async () => {
    const { code, stderr } = await zoomLogSource([
      'verify',
      '--out',
      collected,
      '--against-zoom',
      '--stream',
      'recording',
    ]);

    expect(code).not.toBe(0);
    expect(stderr).toContain('--against-zoom compares the logs only');
  });
});

describe('status of content', () => {
  it('shows each stream with its days and files', async () => {
    const { code, stdout } = await status(collected);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^acme +recording +- +\(2026-11-10\) +2026-11-12 09:00 .* 4 +collect .* ok$/m);
    expect(stdout).toMatch(/^acme recording: 1 day closed, 2 open; 4 files held \(6\.0 MB\)\.$/m);
    expect(stdout).toMatch(/^ {2}2026-11-12 is open: rows may come until 2026-11-16T00:00:00\.000Z\.$/m);
  });

  it('prints JSON', async () => {
    const { stdout } = await status(collected, '--json');
    const streams = JSON.parse(stdout) as { stream: string }[];

    expect(streams.find(({ stream }) => stream === 'recording')).toMatchObject({
      verdict: null,
      rows: 4,
      newestRow: '2026-11-12T09:00:00.000Z',
      closedDays: 1,
      openDays: [{ day: '2026-11-11' }, { day: '2026-11-12' }],
      files: { held: 4, bytes: 6_002_000, failed: 0, processing: 0, gone: 0 },
      problems: [],
    });
  });

  it('exits 1 if the last run failed, also if nothing was ever collected', async () => {
    const out = join(temporaryFolder(), 'out');
    const store = await FolderStore.open(out, simulator.clock.now(), OWNER_ONLY);
    const error = { day: FROM, reason: 'scope-missing', message: 'Zoom refuses: a scope is missing.' };
    await writeFailedStart(store, 'acme', 'recording', error, new Date('2026-11-14T12:00:00Z'), 'collect');

    const { code, stdout } = await status(out);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^acme +recording +unauthorized .* FAILED$/m);
    expect(stdout).toContain('UNHEALTHY acme recording: the last collect failed.');
    expect(stdout).toContain('Zoom refuses: a scope is missing.');
    expect(stdout).not.toMatch(/^acme +person/m);
  });

  it('counts from the logs if the state is lost, and shows nothing of content where there is none', async () => {
    const out = aCopy();
    rmSync(join(out, '_state/slices'), { recursive: true });
    const { stdout } = await status(out);
    expect(stdout).toMatch(/^acme recording: 0 days closed, 2 open; 4 files held \(6\.0 MB\)\.$/m);

    for (const root of ['raw', 'custody', '_state/runs']) rmSync(join(out, root), { recursive: true });
    expect((await status(out)).stdout).not.toContain('recording');
  });
});
