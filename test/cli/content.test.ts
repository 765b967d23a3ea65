import { hash } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Simulator } from '../../simulator/index.ts';
import { environmentFor, zoomLogSource } from '../support/command.ts';
import { HOSTILE, RANGE, RETAIN, startContentSimulator } from '../support/fixtures/content-simulator.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// eslint-disable-next-line no-control-regex -- that none reaches the terminal is the point
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u202e]/;

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

interface ListedFile {
  readonly topic: string;
  readonly type: string;
  readonly state: string;
  readonly host: string;
  readonly item: string;
  readonly key: string;
  readonly sha256: string;
}

const run = (...args: string[]) => zoomLogSource(args);

const list = async (...args: string[]): Promise<ListedFile[]> => {
  const { stdout } = await run('content', 'list', '--out', out, '-o', 'json', ...args);
  return stdout
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ListedFile);
};

const sumsIn = (folder: string): string[] =>
  readdirSync(folder)
    .map((name) => hash('sha256', readFileSync(join(folder, name)), 'hex'))
    .sort();

const trueSums = async (): Promise<string[]> =>
  (
    await Promise.all(
      simulator
        .content()
        .truth()
        .files.map((file) => file.sha256()),
    )
  ).sort();

describe('content list', () => {
  it.each([
    [[], 7],
    [['--person', 'ANN@example.com'], 6],
    [['--from', '2026-11-19', '--to', '2026-11-19'], 2],
    [['--topic', 'WEEKLY'], 6],
    [['--type', 'video', '--topic', 'weekly'], 3],
    [['--state', 'held'], 7],
    [['--state', 'failed'], 0],
    [['--limit', '2'], 2],
  ])('selects files by %j', async (args, count) => {
    expect(await list(...args)).toHaveLength(count);
  });

  it('is a table without control characters, whatever a topic holds', async () => {
    const { code, stdout } = await run('content', 'list', '--out', out);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^DAY +START +TOPIC +HOST +TYPE +FILE +SIZE +STATE +ITEM/);
    expect(stdout).toMatch(
      /2026-11-18 +09:05 +Weekly sync +ann@example\.com +video .* 3\.0 KB +held +[0-9a-f]{16}\n/,
    );
    expect(stdout.trimEnd().split('\n')).toHaveLength(8);
    expect(stdout).not.toMatch(CONTROLS);
  });

  it('has the key and the hash of each file as CSV', async () => {
    const { stdout } = await run('content', 'list', '--out', out, '-o', 'csv', '--type', 'chat');

    expect(stdout).toMatch(
      /^day,start,topic,host,type,file,size,state,item,source,version,meeting_uuid,sha256,key\n/,
    );
    expect(stdout).toMatch(/[0-9a-f]{64},files\/recording\/source=zoom\/dt=2026-11-18\//);
  });
});

describe('content show', () => {
  it('says where a file is, its hash, and what happened to it', async () => {
    const [file] = await list('--type', 'chat');

    const text = await run('content', 'show', file?.item.slice(0, 12) ?? '', '--out', out);
    const json = await run('content', 'show', file?.item ?? '', '--out', out, '--json');

    expect(text.code).toBe(0);
    expect(text.stdout).toContain('chat file (chat) of "Weekly sync"\n');
    expect(text.stdout).toContain(`Key       ${file?.key ?? ''}\n`);
    expect(text.stdout).toContain(`SHA-256   ${file?.sha256 ?? ''}\n`);
    expect(text.stdout).toMatch(
      / listed {3}Zoom lists it, 3\.0 KB\n.* held {5}fetched 3\.0 KB from .* in 1 request\n/,
    );
    expect(JSON.parse(json.stdout)).toMatchObject({
      item: file?.item,
      rows: [{ row: { kind: 'file', meeting: { topic: 'Weekly sync' } } }],
      custody: [{ state: 'held', sha256: file?.sha256 }],
    });
  });

  it('shows a hostile topic without control characters', async () => {
    const [file] = await list('--topic', 'evil');

    const { stdout } = await run('content', 'show', file?.item ?? '', '--out', out);

    expect(stdout).toContain(String.raw`\u001b[2J\u202eevil`);
    expect(stdout).not.toMatch(CONTROLS);
  });

  it('names an item that does not exist', async () => {
    const { code, stderr } = await run('content', 'show', 'ffffffffffffffff', '--out', out);

    expect(code).toBe(2);
    expect(stderr).toContain('has no file ffffffffffffffff');
  });
});

describe('content get', () => {
  it('writes every file whole, under safe and unique names', async () => {
    const to = join(temporaryFolder(), 'copies');

    const { code, stdout, stderr } = await run('content', 'get', '--out', out, '--to', to);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readdirSync(to).sort()).toEqual([
      '2026-11-18 0905 Weekly sync - audio only.m4a',
      '2026-11-18 0905 Weekly sync - audio transcript.vtt',
      '2026-11-18 0905 Weekly sync - chat file.txt',
      '2026-11-18 0905 Weekly sync - shared screen with speaker view.mp4',
      '2026-11-19 0905 Weekly sync - shared screen with speaker view (2).mp4',
      '2026-11-19 0905 Weekly sync - shared screen with speaker view.mp4',
      '2026-11-20 2355 [2J evil next - shared screen with speaker view.mp4',
    ]);
    expect(sumsIn(to)).toEqual(await trueSums());
    expect(stdout).toContain('7 files written to ');
    expect(stdout).not.toMatch(CONTROLS);
    expect(statSync(join(to, '2026-11-18 0905 Weekly sync - audio only.m4a')).mode & 0o777).toBe(0o600);
    expect(HOSTILE).toContain('..');
  });

  it('overwrites nothing: equal files count as written, others get a number', async () => {
    const to = temporaryFolder();
    writeFileSync(join(to, '2026-11-18 0905 Weekly sync - chat file.txt'), 'mine');

    const first = await run('content', 'get', '--out', out, '--to', to, '--type', 'chat');
    const again = await run('content', 'get', '--out', out, '--to', to, '--type', 'chat');

    expect([first.code, again.code]).toEqual([0, 0]);
    expect(first.stdout).toContain('  2026-11-18 0905 Weekly sync - chat file (2).txt\n');
    expect(again.stdout).toContain('(already there) 2026-11-18 0905 Weekly sync - chat file (2).txt\n');
    expect(readdirSync(to)).toHaveLength(2);
    expect(readFileSync(join(to, '2026-11-18 0905 Weekly sync - chat file.txt'), 'utf8')).toBe('mine');
  });

  it('writes nothing from bytes that are not the ones in custody', async () => {
    const to = temporaryFolder();
    const [file] = await list('--type', 'audio');
    const path = join(out, file?.key ?? '');
    const bytes = readFileSync(path);
    appendFileSync(path, 'x');

    const damaged = await run('content', 'get', file?.item ?? '', '--out', out, '--to', to);
    rmSync(path);
    const missing = await run('content', 'get', file?.item ?? '', '--out', out, '--to', to);
    writeFileSync(path, bytes);

    for (const { code, stderr } of [damaged, missing]) {
      expect(code).toBe(1);
      expect(stderr).toContain(
        `NOT WRITTEN 2026-11-18 0905 Weekly sync - audio only.m4a: ${file?.key ?? ''}`,
      );
    }
    expect(readdirSync(to)).toEqual([]);
  });

  it('does not write into the folder of collected objects', async () => {
    const { code, stderr } = await run('content', 'get', '--out', out, '--to', join(out, 'copies'));

    expect(code).toBe(2);
    expect(stderr).toContain('is inside');
    expect(readdirSync(out)).not.toContain('copies');
  });

  it('exits 1 if nothing matches', async () => {
    const { code, stderr } = await run(
      'content',
      'get',
      '--out',
      out,
      '--to',
      temporaryFolder(),
      '--topic',
      'no',
    );

    expect({ code, stderr }).toEqual({ code: 1, stderr: 'No files match.\n' });
  });
});

describe('show --collection', () => {
  it('lists what happened to each file in order of time', async () => {
    const { code, stdout } = await run('show', '--collection', '--out', out);
    const json = await run('show', '--collection', '--out', out, '-o', 'json');
    const csv = await run('show', '--collection', '--out', out, '-o', 'csv', '--limit', '1');
    const later = await run('show', '--collection', '--out', out, '--since', '2027-01-01');

    const events = json.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { at: string; event: string });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^WHEN \(UTC\) +SOURCE +EVENT +DAY +TOPIC +TYPE +ITEM +WHAT/);
    expect(stdout).not.toMatch(CONTROLS);
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort());
    expect(events.filter(({ event }) => event === 'listed')).toHaveLength(7);
    expect(events.filter(({ event }) => event === 'held')).toHaveLength(7);
    expect(csv.stdout).toMatch(/^time,source,event,day,topic,type,item,what,version,reason,bytes,/);
    expect(csv.stderr).toContain('13 earlier lines not shown');
    expect(later).toMatchObject({ code: 0, stdout: '' });
  });
});
