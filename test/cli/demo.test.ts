import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { widthOf } from '../../cli/output/width.ts';
import { HOUR_MS } from '../../shared/model/duration.ts';
import { atTerminal, zoomLogSource } from '../support/command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const RED = '\u001b[31m';

const after = (instant: string, hours: number): string =>
  new Date(new Date(instant).getTime() + hours * HOUR_MS).toISOString();

const widest = (text: string): number => Math.max(...stripVTControlCharacters(text).split('\n').map(widthOf));

describe('npm start', () => {
  it.each([
    ['in a working week', '2026-11-18T14:25:00Z'],
    ['seconds before midnight (UTC)', '2026-11-19T23:59:50Z'],
    ['seconds after midnight (UTC), on a Monday', '2026-11-23T00:00:05Z'],
    ['on a Sunday, at the end of a year', '2028-12-31T06:00:00Z'],
  ])('%s ends at the present, and no command reports a problem after it', async (_, now) => {
    const cwd = temporaryFolder();
    const run = (line: string) => atTerminal(80, `zoom-log-source ${line}`, { cwd });

    const demo = await run(`demo --now ${now}`);
    const others = [
      await run(`status --out demo --now ${now}`),
      await run(`status --out demo --now ${after(now, 1)}`),
      await run('show --out demo'),
      await run('query --list'),
      await run(`query sso-changes --out demo --now ${now}`),
      await run(`detect --out demo --now ${now}`),
    ];
    const verify = await run('verify --out demo');

    expect(demo.stdout).toMatch(
      /Zoom lists ([\d,]+) rows since [\d-]+\. Delivered: \1 events,\neach with a unique id/,
    );
    expect(demo.stdout).toContain(`${now.slice(5, 16).replace('T', ' ')} `);
    expect(demo.stdout).toMatch(/are identical\. Both are real/);
    for (const { code, stdout } of [demo, ...others, verify]) {
      expect(code).toBe(0);
      expect(stdout).not.toContain(RED);
      expect(stdout).not.toMatch(/UNHEALTHY|silent|not_running|FAILED|MISSING/);
    }
    for (const { stdout } of [demo, ...others]) expect(widest(stdout)).toBeLessThanOrEqual(80);
    expect(verify.stdout).toContain('Verified: no differences.');
  });

  it('can run again, and continues on a later day', async () => {
    const cwd = temporaryFolder();
    const now = '2026-11-18T14:25:00Z';

    const runs = [
      await zoomLogSource(['demo', '--now', now], { cwd }),
      await zoomLogSource(['demo', '--now', now], { cwd }),
      await zoomLogSource(['demo', '--now', after(now, 50)], { cwd }),
    ];

    for (const { code, stdout, stderr } of runs) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/Zoom lists ([\d,]+) rows since [\d-]+\. Delivered: \1 events/);
    }
    expect(runs[1]?.stdout.match(/ 0 new events/g)).toHaveLength(6);
  });

  it('names the changes that the company made', async () => {
    const cwd = temporaryFolder();
    await zoomLogSource(['demo', '--now', '2026-11-18T14:25:00Z'], { cwd });

    const { stdout } = await zoomLogSource(['detect', '--out', 'demo', '-o', 'vertical'], { cwd });

    const names = [...stdout.matchAll(/^detection +(\S+)$/gm)].map(([, name = '']) => name);
    expect(names).toEqual(expect.arrayContaining(['sso-or-saml-changed', 'promotion-to-privileged-role']));
    expect(stdout).toMatch(/^what +(?:Single Sign-On|SAML Response Mapping) {2}- \S.*$/m);
    expect(stdout).toMatch(
      /^what +(?:Change Role {2}- |Edit User |Update User )\S+@quillmere\.example.* to (?:Co-Owner|.*Admin)$/m,
    );
  });
});
