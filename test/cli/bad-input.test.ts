import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AccountState, type Simulator, startSimulator } from '../../simulator/index.ts';
import { environmentFor, zoomLogSource } from '../support/command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOW = '2026-11-20T12:00:00Z';
const A_WEEK = ['--from', '2026-11-10', '--to', '2026-11-16'];

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ now: NOW });
});
afterAll(() => simulator.close());

const collect = (args: readonly string[], environment: Record<string, string> = {}) =>
  zoomLogSource(['collect', '--now', NOW, ...args], {
    environment: { ...environmentFor(simulator), ...environment },
  });

describe('invalid input', () => {
  it.each([
    [
      ['--from', '2026-02-30', '--to', '2026-11-16'],
      /'--from <day>' argument '2026-02-30' is invalid\. .*not a calendar day/,
    ],
    [
      ['--from', '2026-11-16', '--to', '2026-11-10'],
      /--from 2026-11-16 is after --to 2026-11-10\. Swap them/,
    ],
    [['--from', '2026-11-16', '--to', '2026-11-21'], /--to 2026-11-21 is in the future.*Use --to 2026-11-20/],
    [
      ['--from', '2026-01-01', '--to', '2026-11-16'],
      /--from 2026-01-01 is older than Zoom keeps.*--from 2026-05-21 or later/,
    ],
    [['--from', '2026-11-10'], /required option '--to <day>'/],
    [[...A_WEEK, '--frmat', 'flat'], /unknown option '--frmat'.*--format/s],
    [[...A_WEEK, '--format', 'csv'], /'csv' is invalid\. It must be one of flat, ocsf/],
    [[...A_WEEK, '--stream', 'meetings'], /'meetings' is invalid\. It must be one of operation, activity/],
    [[...A_WEEK, '--source', 'Acme Inc'], /'Acme Inc' is invalid\. .*lower-case/],
    [[...A_WEEK, '--now', 'noon'], /'noon' is invalid\. It is not a time/],
    [[...A_WEEK, 'extra'], /too many arguments/],
  ])('collect %j: exits 2, says what to correct, and writes nothing', async (args, message) => {
    const out = join(temporaryFolder(), 'out');

    const { code, stdout, stderr } = await collect([...args, '--out', out]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    ['--area', 'sso'],
    ['--stream', 'operation'],
  ])('show --audit %s %s: exits 2, because a line of the audit log has no such value', async (...args) => {
    const { code, stdout, stderr } = await zoomLogSource(['show', '--out', 'x', '--audit', ...args]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/'--audit' cannot be used with option '--(?:area|stream)/);
  });

  it('names every variable of the environment that is missing, at once', async () => {
    const out = join(temporaryFolder(), 'out');

    const { code, stderr } = await collect([...A_WEEK, '--out', out], {
      ZOOM_ACCOUNT_ID: '',
      ZOOM_CLIENT_SECRET: '',
      ZOOM_TIMEOUT_SECONDS: 'soon',
    });

    expect(code).toBe(2);
    expect(stderr).toMatch(
      /ZOOM_ACCOUNT_ID is not set.*ZOOM_CLIENT_SECRET is not set.*ZOOM_TIMEOUT_SECONDS must be/s,
    );
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    ['ZOOM_API_URL', 'https://zoom.us.example.com/v2', 'leads to "zoom.us.example.com", which'],
    ['ZOOM_API_URL', 'http://api.zoom.us/v2', 'leads to "api.zoom.us", which'],
    ['ZOOM_OAUTH_URL', 'https://notzoom.us/oauth', 'leads to "notzoom.us", which'],
    ['ZOOM_OAUTH_URL', 'nonsense', 'has a value that'],
  ])('sends no credentials to a host that is not Zoom: %s=%s', async (name, url, problem) => {
    const out = join(temporaryFolder(), 'out');

    const { code, stderr } = await collect([...A_WEEK, '--out', out], { [name]: url });

    expect(code).toBe(2);
    expect(stderr).toContain(`${name} ${problem} is not a plain URL of Zoom`);
    expect(existsSync(out)).toBe(false);
  });

  it('does not write into a folder with other files', async () => {
    const out = temporaryFolder();
    writeFileSync(join(out, 'thesis.docx'), 'mine');

    const { code, stderr } = await collect([...A_WEEK, '--out', out]);

    expect(code).toBe(2);
    expect(stderr).toContain(
      `The folder ${out} contains other files (thesis.docx). Choose another one with --out.`,
    );
    expect(readdirSync(out)).toEqual(['thesis.docx']);
  });

  it('reports a folder that cannot be written', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');

    const { code, stderr } = await collect([...A_WEEK, '--out', join(file, 'out')]);

    expect(code).toBe(2);
    expect(stderr).toMatch(/The folder .*file\/out .*--out/);
  });

  it.each(['status', 'show'])('%s reports a folder without collected events', async (command) => {
    const out = join(temporaryFolder(), 'out');
    mkdirSync(out);

    const { code, stderr } = await zoomLogSource([command, '--out', out]);

    expect(code).toBe(2);
    expect(stderr).toContain(`The folder ${out} contains no collected events.`);
  });

  it('does not mix another Zoom account into a source', async () => {
    const out = join(temporaryFolder(), 'out');
    await collect([...A_WEEK, '--out', out]);

    const { code, stderr } = await collect([...A_WEEK, '--out', out], { ZOOM_ACCOUNT_ID: 'Another-Account' });

    expect(code).toBe(2);
    expect(stderr).toMatch(
      /source "zoom" has events of the Zoom account Sim-Account-000000000001, but .* --source/,
    );
  });

  it('prints its help without a command', async () => {
    const { code, stderr } = await zoomLogSource([]);

    expect(code).toBe(2);
    expect(stderr).toMatch(/collect.*poll.*status.*show/s);
  });

  it('prints its version and its help', async () => {
    const [help, version] = await Promise.all([
      zoomLogSource(['collect', '--help']),
      zoomLogSource(['--version']),
    ]);

    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('--from <day>');
    expect(version).toMatchObject({ code: 0 });
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('a Zoom that refuses', () => {
  const REFUSALS: [string, Partial<AccountState>, RegExp][] = [
    [
      'a missing scope',
      { scopes: ['report:read:user_activities:admin'] },
      /lacks the scope report:read:operation_logs:admin.*Add it under Scopes/,
    ],
    ['a weak role', { role: 'weak' }, /role of the user .* lacks privileges.*User Management > Roles/],
    ['a free plan', { plan: 'free' }, /free plan, and Zoom offers these reports from Pro on/],
    ['an app that was switched off', { connection: 'disabled' }, /app is not activated.*Activate the app/],
  ];

  it.each(REFUSALS)('%s: exits 1 and prints the remedy once for all days', async (_, state, message) => {
    const zoom = await startSimulator({ now: NOW });
    zoom.account().update(state);
    const out = join(temporaryFolder(), 'out');

    const { code, stdout, stderr } = await zoomLogSource(
      ['collect', '--now', NOW, ...A_WEEK, '--out', out, '--stream', 'operation'],
      {
        environment: { ...environmentFor(zoom), ZOOM_REQUESTS_PER_SECOND: '20' }, // four days at once
      },
    );
    const requests = zoom.requests().total;
    await zoom.close();

    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(message);
    expect(stdout.match(/MISSING/g)).toEqual(['MISSING']);
    expect(stdout).toContain('2026-11-10 to 2026-11-16');
    expect(requests).toBeLessThan(12);
    expect(existsSync(join(out, 'raw'))).toBe(false);
  });

  it('wrong credentials: exits 1, names the variables, and pins no account', async () => {
    const out = join(temporaryFolder(), 'out');

    const refused = await collect([...A_WEEK, '--out', out], { ZOOM_CLIENT_SECRET: 'not-the-secret' });
    const accepted = await collect([...A_WEEK, '--out', out]);

    expect(refused.code).toBe(1);
    expect(refused.stdout).toMatch(
      /client id and client secret don't match. Check ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET/,
    );
    expect(refused.stdout + refused.stderr).not.toContain('not-the-secret');
    expect(accepted.code).toBe(0);
  });

  it('lists the missing slices with reasons in JSON', async () => {
    const zoom = await startSimulator({ now: NOW });
    zoom.account().update({ scopes: ['report:read:operation_logs:admin'] });
    const out = join(temporaryFolder(), 'out');

    const { code, stdout } = await zoomLogSource(
      ['collect', '--now', NOW, '--from', '2026-11-16', '--to', '2026-11-16', '--out', out, '--json'],
      {
        environment: environmentFor(zoom),
      },
    );
    await zoom.close();

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      complete: false,
      slices: 1,
      missing: [{ source: 'zoom', stream: 'activity', day: '2026-11-16', reason: 'scope-missing' }],
    });
  });
});
