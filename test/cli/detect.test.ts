import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readDetections } from '../../shared/app/query.ts';
import { atTerminal, zoomLogSource } from '../support/command.ts';
import { runQuery, deliverDemo, emptyArchive } from '../support/fixtures/demo-archive.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { widthOf } from '../../cli/output/width.ts';

let out: string;
beforeAll(async () => {
  ({ out } = await deliverDemo());
});

interface FiredDetection {
  readonly detection: string;
  readonly level: string;
  readonly event_time: string;
  readonly who: string;
  readonly what: string;
  readonly row: { readonly event_id: string };
}

const detect = async (...args: string[]) => {
  const { code, stdout, stderr } = await zoomLogSource(['detect', '--out', out, ...args, '--json']);
  const found = stdout.split('\n').filter(Boolean);
  return { code, stderr, found: found.map((line) => JSON.parse(line) as FiredDetection) };
};

describe('detect', () => {
  it('finds what each detection finds by itself, the newest last', async () => {
    const { code, stderr, found } = await detect();

    const expected: [string, number][] = [];
    for (const { name, sql } of readDetections()) {
      const { length } = await runQuery(out, sql);
      if (length > 0) expected.push([name, length]);
    }
    const counts = [...Map.groupBy(found, ({ detection }) => detection)].map(([name, { length }]) => [
      name,
      length,
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(expected));
    expect(found.map(({ event_time: time }) => time)).toEqual(
      found.map(({ event_time: time }) => time).sort(),
    );
    for (const { who, what, row } of found)
      expect([who, what, row.event_id]).toEqual([
        expect.stringMatching(/./),
        expect.stringMatching(/./),
        expect.stringMatching(/^[0-9a-f-]{36}$/),
      ]);
  });

  it('can be limited to a severity and to new findings', async () => {
    const severe = await detect('--severity', 'high');
    const recent = await detect('--since', '2026-11-19T12:00:00Z');

    expect(new Set(severe.found.map(({ level }) => level))).toEqual(new Set(['high']));
    expect(recent.found.length).toBeGreaterThan(0);
    for (const { event_time: time } of recent.found) expect(time >= '2026-11-19T12:00:00').toBe(true);
  });

  it('ignores the case of option values, and accepts one source', async () => {
    const lower = await detect('--severity', 'high');
    const upper = await detect('--severity', 'HIGH', '--source', 'quillmere');
    const csv = await zoomLogSource(['detect', '--out', out, '-o', 'CSV', '--limit', '1']);

    expect(upper.found).toEqual(lower.found);
    expect(csv.stdout).toMatch(/^event_time,level,/);
  });

  it('exits 0 with findings, and 1 with --fail', async () => {
    const nothing = await emptyArchive();

    const found = await detect('--severity', 'high', '--fail');
    const none = await zoomLogSource(['detect', '--out', nothing, '--fail']);

    expect(found.code).toBe(1);
    expect(none).toEqual({ code: 0, stdout: '44 detections ran. No findings.\n', stderr: '' });
  });

  it('prints who did what without cuts at 80 columns', async () => {
    const { stdout } = await atTerminal(
      80,
      `zoom-log-source detect --out ${out} --severity high --limit 100`,
    );

    const lines = stripVTControlCharacters(stdout).split('\n');
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(80);
    expect(lines).toContain('HIGH Zoom SSO or SAML Configuration Changed');
    expect(lines.join(' ').replaceAll(/ +/g, ' ')).toContain(
      'Single Sign-On - Sign-out URL: set to https://idp.quillmere.example/',
    );
  });

  it('is refused with an invalid severity, and for a folder without events', async () => {
    const severity = await zoomLogSource(['detect', '--out', out, '--severity', 'huge']);
    const folder = await zoomLogSource(['detect', '--out', '/nonexistent']);

    expect([severity.code, folder.code]).toEqual([2, 2]);
    expect(severity.stderr).toContain('informational, low, medium, high, critical');
  });

  it('never reports no findings where no event could be read', async () => {
    const folder = join(temporaryFolder(), 'out');
    cpSync(out, folder, { recursive: true });
    rmSync(join(folder, 'flat'), { recursive: true });

    const { code, stderr } = await zoomLogSource(['detect', '--out', folder]);

    expect(code).toBe(1);
    expect(stderr).toMatch(/^NOT COMPLETE: [\d,]+ raw objects in .+ have no flat object/);
  });

  it('reports that every run failed, like show', async () => {
    const folder = join(temporaryFolder(), 'out');
    const environment = {
      ZOOM_ACCOUNT_ID: 'a',
      ZOOM_CLIENT_ID: 'b',
      ZOOM_CLIENT_SECRET: 'c',
      ZOOM_OAUTH_URL: 'http://127.0.0.1:9/oauth',
    };
    await zoomLogSource(['collect', '--from', 'today', '--to', 'today', '--out', folder], { environment });

    const { code, stdout, stderr } = await zoomLogSource(['detect', '--out', folder]);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('every run there failed');
  });
});
