import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Simulator } from '../../simulator/index.ts';
import { environmentFor, zoomLogSource } from '../support/command.ts';
import { RANGE, RETAIN, startContentSimulator } from '../support/fixtures/content-simulator.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startContentSimulator();
});
afterAll(() => simulator.close());

const run = (args: readonly string[], environment: Record<string, string> = {}) =>
  zoomLogSource(args, { environment: { ...environmentFor(simulator), ...environment } });

const DAYS = ['--from', '2026-11-18', '--to', '2026-11-20'];

describe('invalid input of collect --content', () => {
  it.each<[string[], RegExp]>([
    [[...RANGE], /Content needs --on-deauthorization retain .*There is no default/],
    [[...RANGE, '--on-deauthorization', 'delete'], /It must be retain, or delete:DAYS/],
    [[...RANGE, '--on-deauthorization', 'delete:9999'], /with 0 to 3650 days/],
    [
      [...RANGE, ...RETAIN, '--types', 'video,film'],
      /It must be one of video, audio, transcript, .*meetings/,
    ],
    [[...RANGE, ...RETAIN, '--people', 'ann'], /"ann" is not an e-mail address/],
    [[...RANGE, ...RETAIN, '--people', 'all', '--groups', 'Sales'], /--people all includes every group/],
    [[...RANGE, ...RETAIN, '--mode', 'forever'], /It must be one of once, archive, mirror/],
    [[...RANGE, ...RETAIN, '--grace-days', '-1'], /It must be a whole number from 0 to 3650/],
    [[...RANGE, ...RETAIN, '--format', 'flat'], /'--format <formats>' is for the logs/],
    [[...RANGE, ...RETAIN, '--lookback-days', '3'], /'--lookback-days <days>' is for the logs/],
    [[...RANGE, ...RETAIN, '--deployed'], /'--deployed' is for the logs/],
    [[...RANGE, ...RETAIN, '--stream', 'operation'], /'operation' is a log.*person, meeting, recording/],
    [[...RETAIN, '--from', '2026-11-20', '--to', '2026-11-18'], /--from 2026-11-20 is after --to 2026-11-18/],
    [
      [...RETAIN, '--from', '2012-12-31', '--to', '2026-11-18'],
      /before Zoom existed.*--from 2013-01-01 or later/,
    ],
    [[...RETAIN, '--from', '2999-01-01', '--to', '2999-01-02'], /--from 2999-01-01 is in the future/],
    [[...RETAIN, '--from', '2026-11-18'], /--to is missing/],
    [[...RANGE, '--config', 'missing.json'], /Cannot read missing\.json/],
  ])('%j: exits 2, says what to correct, and writes nothing', async (args, message) => {
    const out = join(temporaryFolder(), 'out');

    const { code, stdout, stderr } = await run(['collect', '--content', '--out', out, ...args]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    [['--types', 'video'], /'--types <types>' needs --content/],
    [['--no-future-people'], /'--no-future-people' needs --content/],
    [['--on-deauthorization', 'retain'], /'--on-deauthorization <policy>' needs --content/],
    [['--stream', 'recording'], /'recording' is a stream of content\. Add --content/],
  ])('collect without --content, %j: exits 2', async (args, message) => {
    const { code, stderr } = await run(['collect', '--out', 'x', ...DAYS, ...args]);

    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it.each([
    [['--people', 'cy@example.com'], /no one with the e-mail address cy@example\.com, in any status/],
    [['--groups', 'Marketing'], /no group named "Marketing"\. Its groups are: "Sales"\./],
  ])('%j: names who is unknown, and exits 2', async (args, message) => {
    const out = join(temporaryFolder(), 'out');

    const { code, stderr } = await run(['collect', '--content', '--out', out, ...RANGE, ...RETAIN, ...args]);

    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('keeps to the people of the first run with --no-future-people, and explains how to change them', async () => {
    const out = join(temporaryFolder(), 'out');
    const collect = (...args: string[]) =>
      run(['collect', '--content', '--out', out, ...RANGE, ...RETAIN, ...args]);
    const first = await collect('--groups', 'Sales', '--no-future-people');
    const changed = await collect('--no-future-people');

    expect(first.code).toBe(0);
    expect(changed.code).toBe(2);
    expect(changed.stderr).toMatch(
      /its first run chose on \d{4}-\d\d-\d\d: the group "Sales" \(\d in all\).*another source \(--source\)/,
    );
    expect((await collect('--groups', 'Sales', '--no-future-people')).code).toBe(0);
    expect((await collect()).code).toBe(0);
  });

  it('does not mix the content of another Zoom account into a source', async () => {
    const out = join(temporaryFolder(), 'out');
    await run(['collect', '--content', '--out', out, ...RANGE, ...RETAIN]);

    const { code, stderr } = await run(['collect', '--content', '--out', out, ...RANGE, ...RETAIN], {
      ZOOM_ACCOUNT_ID: 'Another-Account',
    });

    expect(code).toBe(2);
    expect(stderr).toMatch(/has events of the Zoom account Sim-Account-000000000001, but/);
  });

  it('names a source of a sources file without content', async () => {
    const file = join(temporaryFolder(), 'sources.json');
    writeFileSync(file, JSON.stringify({ sources: [{ name: 'zoom', auth: 'server-to-server' }] }));

    const { code, stderr } = await run(['collect', '--content', '--out', 'x', ...RANGE, '--config', file]);

    expect(code).toBe(2);
    expect(stderr).toMatch(/The source "zoom" in .* has no "content"/);
  });
});

describe('invalid input of content', () => {
  it('reports a folder without collected content', async () => {
    const out = join(temporaryFolder(), 'out');
    mkdirSync(out);

    const { code, stderr } = await run(['content', 'list', '--out', out]);

    expect(code).toBe(2);
    expect(stderr).toContain('contains no collected events');
  });

  it.each([
    [['content', 'show', 'x/../y', '--out', 'x'], /It must be 4 to 16 hex digits/],
    [['content', 'get', '--out', 'x'], /required option '--to <dir>'/],
    [['content', 'get', '--out', 'x', '--to', '2026-11-11'], /Give the last day with --until\./],
    [['content', 'list', '--out', 'x', '--state', 'lost'], /It must be one of held, failed, skipped, gone/],
    [['content', 'list', '--out', 'x', '--type', 'meetings'], /It must be one of video, audio/],
    [
      ['show', '--out', 'x', '--collection', '--audit'],
      /'--collection' cannot be used with option '--audit'/,
    ],
  ])('%j: exits 2 with the reason', async (args, message) => {
    const { code, stdout, stderr } = await run(args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
