import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Simulator } from '../../simulator/index.ts';
import { environmentFor, type Finished, zoomLogSource } from '../support/command.ts';
import {
  ANN,
  aRecording,
  NOW,
  RANGE,
  RETAIN,
  startContentSimulator,
} from '../support/fixtures/content-simulator.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startContentSimulator();
});
afterAll(() => simulator.close());

const collect = (out: string, args: readonly string[] = [], zoom: Simulator = simulator): Promise<Finished> =>
  zoomLogSource(['collect', '--content', '--out', out, ...RANGE, ...RETAIN, ...args], {
    environment: environmentFor(zoom),
  });

interface Summary {
  readonly complete: boolean;
  readonly held: number;
  readonly newlyHeld: number;
  readonly skipped: number;
  readonly recordings: number;
  readonly problems: readonly { stream: string; reason: string }[];
  readonly failed: readonly { reason: string }[];
  readonly certificate?: string;
}

const summaryOf = ({ stdout }: Finished): Summary => JSON.parse(stdout) as Summary;

describe('collect --content', () => {
  it('holds every file, says what was found, and fetches nothing again', async () => {
    const out = join(temporaryFolder(), 'out');

    const first = await collect(out);
    const again = summaryOf(await collect(out, ['--json']));

    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('zoom people: 2\nzoom meetings: 3\nzoom recordings: 3, with 7 files\n');
    expect(first.stdout).toContain('7 files held (21 KB): 7 new, 0 held before\n');
    expect(first.stdout).toContain('Closed recordings: 2026-11-18 to 2026-11-20\n');
    expect(first.stdout).toContain('Open people: 2026-11-25: the day is not over\n');
    expect(again).toMatchObject({ complete: true, held: 7, newlyHeld: 0, failed: [], problems: [] });
    for (const { requests } of simulator.content().downloads()) expect(requests).toBe(1);
  });

  it('skips types that are not chosen, and fetches them once they are', async () => {
    const out = join(temporaryFolder(), 'out');

    const chat = summaryOf(await collect(out, ['--types', 'chat', '--json']));
    const more = summaryOf(await collect(out, ['--types', 'chat,audio', '--json']));

    expect(chat).toMatchObject({ complete: true, held: 1, skipped: 6 });
    expect(more).toMatchObject({ complete: true, held: 2, newlyHeld: 1, skipped: 5 });
  });

  it.each([
    [['--people', 'Ben@example.com'], 1],
    [['--groups', 'Sales'], 2],
    [['--exclude', 'ann@example.com'], 1],
    [['--people', 'ben@example.com', '--groups', 'Sales'], 3],
  ])('collects the recordings of chosen people: %j', async (args, recordings) => {
    const summary = summaryOf(await collect(join(temporaryFolder(), 'out'), [...args, '--json']));

    expect(summary).toMatchObject({ complete: true, recordings });
  });

  it('reads the choices of a source from a sources file, and flags override them', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'sources.json');
    const content = {
      types: ['video'],
      people: { exclude: ['ann@example.com'] },
      onDeauthorization: 'retain',
    };
    writeFileSync(file, JSON.stringify({ sources: [{ name: 'zoom', auth: 'server-to-server', content }] }));
    const run = (...args: string[]) =>
      zoomLogSource(['collect', '--content', ...RANGE, '--config', file, '--json', ...args], {
        environment: environmentFor(simulator),
      });

    const byFile = summaryOf(await run('--out', join(folder, 'a')));
    const byFlag = summaryOf(await run('--out', join(folder, 'b'), '--exclude', 'ben@example.com'));

    expect(byFile).toMatchObject({ recordings: 1, held: 1 });
    expect(byFlag).toMatchObject({ recordings: 2, held: 3, skipped: 3 });
  });

  it('ends a collection with "once" with a certificate, which is written once', async () => {
    const out = join(temporaryFolder(), 'out');

    const text = await collect(out, ['--mode', 'once', '--people', 'ann@example.com']);
    const again = summaryOf(await collect(out, ['--mode', 'once', '--json']));

    const key = /Certificate: .*\/(certificates\/source=zoom\/.*\.json)\n/.exec(text.stdout)?.[1] ?? '';
    const certificate = JSON.parse(readFileSync(join(out, key), 'utf8')) as object;
    expect(certificate).toMatchObject({
      tool: { name: 'zoom-log-source' },
      complete: true,
      asked: { from: '2026-11-18', to: '2026-11-20', people: { include: { emails: ['ann@example.com'] } } },
      found: { people: 2, recordings: 2, files: 6 },
      held: { files: 6 },
      failed: [],
      unproven: [],
    });
    expect(again.certificate).not.toBe(key);
    expect(existsSync(join(out, again.certificate ?? ''))).toBe(true);
  });

  it('only lists with --dry-run, and writes nothing', async () => {
    const out = join(temporaryFolder(), 'out');
    const downloads = simulator.content().downloads();

    const text = await collect(out, ['--dry-run', '--types', 'video,meetings']);
    const json = await collect(out, ['--dry-run', '--json']);

    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toContain('3 meetings\n');
    expect(text.stdout).toContain('3 recordings with 4 files to hold, 12 KB\n');
    expect(text.stdout).toContain('3 files of other types would be skipped');
    expect(text.stdout).toMatch(/the requests of a run are an estimate/);
    expect(JSON.parse(json.stdout)).toMatchObject({
      people: 2,
      meetings: 3,
      files: 7,
      held: 0,
      problems: [],
    });
    expect(existsSync(out)).toBe(false);
    expect(simulator.content().downloads()).toEqual(downloads);
  });

  it('names a file that failed, with why and what to do, and exits 1', async () => {
    const out = join(temporaryFolder(), 'out');
    const zoom = await startContentSimulator([
      aRecording('Weekly sync', ANN, '2026-11-18T09:05:00Z', ['MP4', 'CHAT']),
      aRecording('Never done', ANN, '2026-11-19T09:05:00Z', ['MP4'], { processing: { as: 'encoding' } }),
    ]);

    const { code, stdout } = await collect(out, [], zoom);
    await zoom.close();

    expect(code).toBe(1);
    expect(stdout).toContain('FAILED zoom 1 file, 2026-11-19: never-ready, not tried again\n');
    expect(stdout).toMatch(/ {2}2026-11-19 video of "Never done" \(item [0-9a-f]{16}\)\n/);
    expect(stdout).toContain('2 files held');
  });

  it('exits 0 while Zoom still processes a file, and says so', async () => {
    const zoom = await startContentSimulator([
      aRecording('Today', ANN, '2026-11-24T09:05:00Z', ['MP4'], { processing: { as: 'encoding' } }),
    ]);

    const { code, stdout } = await zoomLogSource(
      ['collect', '--content', '--out', join(temporaryFolder(), 'out'), ...RETAIN, '--now', NOW].concat([
        '--from',
        '2026-11-24',
        '--to',
        '2026-11-24',
      ]),
      { environment: environmentFor(zoom) },
    );
    await zoom.close();

    expect(code).toBe(0);
    expect(stdout).toContain('1 file still processed by Zoom: run it again later\n');
    expect(stdout).toContain('Open recordings: 2026-11-24: rows may come for 72 hours after a day\n');
  });

  it('names a stream that Zoom refuses, and collects the others', async () => {
    const zoom = await startContentSimulator();
    const { scopes } = zoom.account().state;
    zoom.account().update({ scopes: scopes.filter((scope) => !/cloud_recording|recording:/.test(scope)) });

    const { code, stdout } = await collect(join(temporaryFolder(), 'out'), [], zoom);
    await zoom.close();

    expect(code).toBe(1);
    expect(stdout).toContain('zoom people: 2\nzoom meetings: 3\n');
    expect(stdout).toContain('MISSING zoom recordings (the other streams went on):\n');
    expect(stdout).toContain('the app lacks the scope cloud_recording:read:list_user_recordings:admin');
  });

  it('says that nothing was collected if chosen people cannot be found', async () => {
    const zoom = await startContentSimulator();
    const { scopes } = zoom.account().state;
    zoom.account().update({ scopes: scopes.filter((scope) => !scope.startsWith('user:read')) });
    const out = join(temporaryFolder(), 'out');

    const chosen = await collect(out, ['--people', 'ann@example.com'], zoom);
    const everyone = await collect(out, [], zoom);
    await zoom.close();

    expect(chosen.code).toBe(1);
    expect(chosen.stdout).toContain('MISSING zoom people (without it, the chosen people are not known');
    expect(everyone.stdout).toContain(
      'zoom people: not listed\nzoom meetings: 3\nzoom recordings: 3, with 7 files\n',
    );
  });

  it('collects nothing, and says so, if the choice of people includes no one', async () => {
    const out = join(temporaryFolder(), 'out');
    const choice = ['--people', 'ann@example.com', '--exclude', 'ann@example.com'];

    const { code, stdout } = await collect(out, choice);
    const planned = await collect(out, [...choice, '--dry-run']);

    expect(code).toBe(1);
    expect(stdout).toContain('MISSING zoom people (nothing was collected):\n');
    expect(stdout).toContain('The choice of people includes no one');
    expect(existsSync(join(out, 'files'))).toBe(false);
    expect(planned.code).toBe(1);
    expect(planned.stdout).toContain('The choice of people includes no one');
  });

  it('never takes the list of the account in place of the lists of chosen people', async () => {
    const zoom = await startContentSimulator();
    const { scopes } = zoom.account().state;
    zoom.account().update({ scopes: scopes.filter((scope) => !scope.includes('list_user_recordings')) });
    const out = join(temporaryFolder(), 'out');

    const { code, stdout } = await collect(out, ['--people', 'ann@example.com'], zoom);
    await zoom.close();

    expect(code).toBe(1);
    expect(stdout).toContain('the app lacks the scope cloud_recording:read:list_user_recordings:admin');
    expect(existsSync(join(out, 'files'))).toBe(false);
  });

  it('reports an account without cloud recording, and collects its meetings', async () => {
    const zoom = await startContentSimulator();
    zoom.account().update({ cloudRecording: false });

    const { code, stdout } = await collect(join(temporaryFolder(), 'out'), [], zoom);
    await zoom.close();

    expect(code).toBe(1);
    expect(stdout).toContain('zoom meetings: 3\n');
    expect(stdout).toContain('MISSING zoom recordings (the other streams went on):\n');
    expect(stdout).toContain('the account has no cloud recording');
  });

  it('leaves a record of a run from its beginning', async () => {
    const out = join(temporaryFolder(), 'out');
    await collect(out, ['--stream', 'recording']);

    const record = join(out, '_state/runs/source=zoom/content-run.json');
    expect(JSON.parse(readFileSync(record, 'utf8'))).toMatchObject({
      run: 'collect',
      streams: ['recording'],
      endedAt: expect.any(String),
    });
  });
});
