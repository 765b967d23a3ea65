import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { startSimulator } from '../../simulator/index.ts';
import { environmentFor, zoomLogSource } from '../support/command.ts';
import { deliverDemo, emptyArchive } from '../support/fixtures/demo-archive.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOW = '2026-11-20T09:00:00Z';

let out: string;
beforeAll(async () => {
  ({ out } = await deliverDemo());
});

const aFile = (): string => join(temporaryFolder(), 'pages/report.html');

const report = (...args: readonly string[]) => zoomLogSource(['report', '--out', out, '--now', NOW, ...args]);

describe('report', () => {
  it('writes a page that only its owner can read, and replaces an older one', async () => {
    const html = aFile();
    mkdirSync(join(html, '..'));
    writeFileSync(html, 'an older page');

    const { code, stdout, stderr } = await report('--html', html);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^2026-10-22 to 2026-11-20: \d+ findings, \d+ settings still weak\. Written to .*report\.html \(\d+ KB\)\n$/,
    );
    expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/);
    expect(statSync(html).mode & 0o777).toBe(0o600);
  });

  it('counts the findings that detect finds in the same days', async () => {
    const html = aFile();

    await report('--html', html, '--from', '2026-11-17', '--to', '2026-11-18');
    const { stdout } = await zoomLogSource(['detect', '--out', out, '--now', NOW, '--json']);

    const found = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { event_time: string; level: string })
      .filter(({ event_time: at }) => at >= '2026-11-17' && at < '2026-11-19');
    const severe = found.filter(({ level }) => level === 'high' || level === 'critical');
    const page = readFileSync(html, 'utf8');
    expect(severe.length).toBeGreaterThan(0);
    expect(page).toMatch(
      new RegExp(`<b>${severe.length}</b><span>severe of ${found.length} findings</span>`),
    );
  });

  it('shows the state of each day in the calendar', async () => {
    const html = aFile();

    await report('--html', html, '--from', '2026-11-14');

    const [, row = ''] =
      /<th scope="row">operation log<\/th>([\s\S]*?)<\/tr>/.exec(readFileSync(html, 'utf8')) ?? [];
    const states = [...row.matchAll(/class="state (\w+)"/g)].map(([, state]) => state);
    expect(states).toHaveLength(7);
    expect(states[0]).toBe('none');
    expect(states.slice(1, 5)).not.toContain('none');
    expect(states.at(-1)).toBe('none');
  });

  it.each([
    [
      ['--from', '2026-11-19', '--to', '2026-11-18'],
      /--from 2026-11-19 is after --to 2026-11-18\. Swap them/,
    ],
    [['--to', '2026-11-21'], /--to 2026-11-21 is in the future.*Use --to 2026-11-20/],
    [['--from', '2026-11-21'], /--from 2026-11-21 is in the future/],
    [['--source', 'other'], /has no source "other"\. It has quillmere\./],
  ])('%j: exits 2, says what to correct, and writes nothing', async (args, message) => {
    const html = aFile();

    const { code, stdout, stderr } = await report('--html', html, ...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(existsSync(html)).toBe(false);
  });

  it('exits 2 without --html, for a folder, and for a file among the collected objects', async () => {
    const folder = temporaryFolder();

    const none = await report();
    const aFolder = await report('--html', folder);
    const inside = await report('--html', join(out, 'report.html'));

    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("required option '--html <file>'") as unknown,
    });
    expect(aFolder.stderr).toBe(`${folder} is a folder. Name a file: --html ${folder}/report.html.\n`);
    expect(inside.stderr).toMatch(/is inside .* Choose another one with --html\./);
    expect([aFolder.code, inside.code]).toEqual([2, 2]);
    expect(existsSync(join(out, 'report.html'))).toBe(false);
  });

  it('says that a folder is empty, and writes no page', async () => {
    const html = aFile();
    const empty = await emptyArchive();

    const { code, stderr } = await zoomLogSource(['report', '--out', empty, '--html', html]);

    expect(code).toBe(2);
    expect(stderr).toBe(`Nothing was collected into ${empty} yet. Run collect or poll first.\n`);
    expect(existsSync(html)).toBe(false);
  });

  it('says that every run failed, exits 1, and writes no page', async () => {
    const simulator = await startSimulator({ now: NOW, speed: 0 });
    const failing = { ...environmentFor(simulator), ZOOM_CLIENT_SECRET: 'not-the-secret' };
    const folder = join(temporaryFolder(), 'out');
    const html = aFile();
    await zoomLogSource(['poll', '--out', folder, '--now', NOW], { environment: failing });
    await simulator.close();

    const { code, stderr } = await zoomLogSource(['report', '--out', folder, '--html', html, '--now', NOW]);

    expect(code).toBe(1);
    expect(stderr).toMatch(/^Nothing was collected into .* yet: every run there failed\.\n/);
    expect(existsSync(html)).toBe(false);
  });

  it('warns in the page and on stderr if raw objects have no flat object, and exits 1', async () => {
    const simulator = await startSimulator({ now: NOW, speed: 0 });
    simulator.addRows([
      {
        stream: 'operation',
        row: {
          time: '2026-11-19T10:00:00Z',
          operator: 'ines@quillmere.example',
          category_type: 'User',
          action: 'Add',
          operation_detail: 'Add User a@quillmere.example',
        },
      },
    ]);
    const folder = join(temporaryFolder(), 'out');
    const html = aFile();
    await zoomLogSource(
      [
        'collect',
        '--out',
        folder,
        '--now',
        NOW,
        '--from',
        '2026-11-19',
        '--to',
        '2026-11-19',
        '--format',
        'ocsf',
      ],
      { environment: environmentFor(simulator) },
    );
    await simulator.close();

    const { code, stderr } = await zoomLogSource(['report', '--out', folder, '--html', html, '--now', NOW]);

    expect(code).toBe(1);
    expect(stderr).toMatch(/^NOT COMPLETE: 1 raw object /);
    expect(readFileSync(html, 'utf8')).toContain('NOT COMPLETE: 1 raw object ');
  });
});
