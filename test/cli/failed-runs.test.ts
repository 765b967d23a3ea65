import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateCompany, type Simulator, startSimulator } from '../../simulator/index.ts';
import { environmentFor, zoomLogSource } from '../support/command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOW = '2026-11-20T12:00:00Z';
const DAYS = ['--from', '2026-11-19', '--to', '2026-11-20', '--now', NOW];
const WRONG = { ZOOM_CLIENT_SECRET: 'not-the-secret' };

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({
    now: NOW,
    speed: 0,
    accounts: [{}, { accountId: 'another-account-1' }],
  });
  simulator.addRows(generateCompany({ seed: 9, from: '2026-11-19', to: '2026-11-20', rowsPerDay: 100 }));
});
afterAll(() => simulator.close());

const run = (args: readonly string[], environment: Record<string, string> = {}) =>
  zoomLogSource(args, { environment: { ...environmentFor(simulator), ...environment } });

/** The id of a process that has ended. */
const deadProcess = (): number => spawnSync('true').pid;

const aFolder = (): string => join(temporaryFolder(), 'out');

describe('after a run that failed', () => {
  it.each([
    ['collect', DAYS],
    ['poll', ['--now', NOW]],
  ])('%s with wrong credentials: status says so and exits 1', async (command, args) => {
    const out = aFolder();

    const failed = await run([command, '--out', out, '--source', 'acme', ...args], WRONG);
    const { code, stdout } = await run(['status', '--out', out, '--now', NOW]);
    const json = await run(['status', '--out', out, '--now', NOW, '--json']);

    expect(failed.code).toBe(1);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^acme +operation .*FAILED/m);
    expect(stdout).toMatch(/^UNHEALTHY acme.*\n(?: {2}.*\n)*? {2}Error: Zoom refuses an access token/m);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject([
      { source: 'acme', problems: [{ cause: 'credentials-wrong' }] },
      { source: 'acme', problems: [{ cause: 'credentials-wrong' }] },
    ]);
  });

  it.each([
    ['show'],
    ['show', '--format', 'json'],
    ['query', 'SELECT count(*) FROM zoom_events'],
    ['detect'],
    ['verify'],
    ['verify', '--json', '--from', '2026-11-19'],
    ['replay', '--into', 'v2', '--from', '2026-11-19', '--to', '2026-11-20'],
    ['compact'],
  ])('%s: says that every run failed and why, prints no answer, and exits 1', async (...args) => {
    const out = aFolder();
    await run(['collect', '--out', out, ...DAYS], WRONG);

    const { code, stdout, stderr } = await run([...args, '--out', out]);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/Nothing was collected into .*out yet: every run there failed/);
    expect(stderr).toMatch(/zoom operation: collect of 2026-11-20 12:00 UTC: Zoom refuses an access token/);
  });

  it('status is healthy again after a complete run', async () => {
    const out = aFolder();
    await run(['collect', '--out', out, ...DAYS], WRONG);
    await run(['collect', '--out', out, ...DAYS]);

    const { code, stdout } = await run(['status', '--out', out, '--now', NOW]);

    expect(code).toBe(0);
    expect(stdout).not.toMatch(/UNHEALTHY|FAILED/);
  });

  it("a collect with another account's credentials is a failed run as well", async () => {
    const out = aFolder();
    await run(['collect', '--out', out, ...DAYS]);
    const failed = await run(['collect', '--out', out, ...DAYS], { ZOOM_ACCOUNT_ID: 'another-account-1' });

    const { code, stdout } = await run(['status', '--out', out, '--now', NOW]);

    expect([failed.code, code]).toEqual([2, 1]);
    expect(stdout).toMatch(
      /UNHEALTHY zoom operation: the last collect failed\.\n.*\n {2}Error: The source "zoom" has events of the Zoom account/,
    );
  });

  it.each([
    ['was killed', () => deadProcess(), 1, /UNHEALTHY zoom: the last collect did not end/],
    ['goes on', () => process.pid, 0, /^zoom: a collect has been running since 2026-11-20 11:58 UTC\.$/m],
  ])('status reports a run that %s', async (_, pid, expected, text) => {
    const out = aFolder();
    await run(['collect', '--out', out, ...DAYS]);
    const beganAt = '2026-11-20T11:58:00.000Z';
    const record = {
      run: 'collect',
      streams: ['operation', 'activity'],
      beganAt,
      host: hostname(),
      pid: pid(),
    };
    writeFileSync(join(out, '_state/runs/source=zoom/run.json'), JSON.stringify(record));

    const { code, stdout } = await run(['status', '--out', out, '--now', NOW]);

    expect(code).toBe(expected);
    expect(stdout).toMatch(text);
  });
});

describe('an unknown source', () => {
  const out = join(temporaryFolder(), 'out');
  beforeAll(async () => {
    await run(['collect', '--out', out, '--source', 'acme', ...DAYS]);
    await run(['collect', '--out', out, '--source', 'globex', ...DAYS], WRONG);
  });

  it.each([
    [['status']],
    [['show']],
    [['show', '--audit']],
    [['verify']],
    [['query', 'SELECT 1']],
    [['detect']],
    [['compact']],
    [['replay', '--into', 'v2', '--from', '2026-11-19', '--to', '2026-11-20']],
  ])('%j --source: exits 2 and names the sources there are', async (args) => {
    const { code, stdout, stderr } = await run([...args, '--out', out, '--source', 'initech']);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/has no source "initech"\. It has acme, globex\./);
  });

  it.each([[['show']], [['query', 'FROM zoom_events']], [['detect']], [['verify']], [['compact']]])(
    '%j --source of a source whose runs all failed: says so and exits 1',
    async (args) => {
      const { code, stdout, stderr } = await run([...args, '--out', out, '--source', 'globex']);

      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/every run of the source "globex" failed\.\n {2}globex operation: collect of /);
    },
  );

  it('an invalid source name is refused as well', async () => {
    const { code, stderr } = await run(['show', '--out', out, '--source', '../etc']);

    expect(code).toBe(2);
    expect(stderr).toMatch(/'\.\.\/etc' is invalid/);
  });
});
