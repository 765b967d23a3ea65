import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Prompt } from '../../cli/prompt.ts';
import { chooseSource } from '../../cli/deployed-source.ts';
import { addDays, type Day } from '../../shared/model/day.ts';
import { startSimulator } from '../../simulator/index.ts';
import { environmentFor, zoomLogSource } from '../support/command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { closeLater } from '../support/zoom.ts';

const NOW = ['--now', '2026-11-20T12:00:00Z'];

describe('a long range', () => {
  it('--dry-run prints the cost, sends no request, writes nothing and needs no credentials', async () => {
    const out = join(temporaryFolder(), 'out');

    const { code, stdout, stderr } = await zoomLogSource(
      ['collect', '--from', '100d', '--to', 'today', '--out', out, '--dry-run', ...NOW],
      { environment: { ZOOM_API_URL: 'http://127.0.0.1:1/v2', ZOOM_OAUTH_URL: 'http://127.0.0.1:1/oauth' } },
    );

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^101 days of 2 streams, newest first: at least 202 requests to Zoom, about 26 seconds\.$/m,
    );
    expect(existsSync(out)).toBe(false);
  });

  it('is announced in advance, with an estimate from earlier listings', async () => {
    const { collect } = await aRange();

    const { code, stderr } = await collect('--stream', 'operation');
    const again = await collect('--dry-run', '--json');

    expect(code).toBe(0);
    expect(stderr).toMatch(/^35 days of 1 stream, newest first: at least 35 requests to Zoom/);
    expect(JSON.parse(again.stdout)).toMatchObject({ days: 35, slices: 70, requests: 70, unread: 35 });
  });

  it('is collected newest day first: the oldest days stay if the requests run out', async () => {
    const { collect } = await aRange();

    const { stdout, stderr } = await collect('--stream', 'operation', '--requests-per-day', '20', '--json');
    const { deferred, slices } = JSON.parse(stdout) as { deferred: { day: string }[]; slices: number };

    expect(stderr).toBe('');
    expect(slices).toBeGreaterThan(5);
    expect(deferred.length).toBeGreaterThan(5);
    expect(
      deferred
        .map(({ day }) => day)
        .sort()
        .at(-1),
    ).toBe(addDays('2026-11-20' as Day, -slices));
  });
});

/** A Zoom of 35 days, and a command that collects them. */
const aRange = async () => {
  const zoom = await startSimulator({ now: '2026-11-20T12:00:00Z', speed: 0 });
  closeLater(() => zoom.close());
  const out = join(temporaryFolder(), 'out');
  const collect = (...args: string[]) =>
    zoomLogSource(['collect', '--from', '34d', '--to', 'today', '--out', out, ...NOW, ...args], {
      environment: { ...environmentFor(zoom), ZOOM_REQUESTS_PER_SECOND: '40' },
    });
  return { zoom, collect };
};

describe('collect --deployed without --source', () => {
  const aFile = (...names: string[]): string => {
    const path = join(temporaryFolder(), 'sources.json');
    writeFileSync(path, JSON.stringify({ sources: names.map((name) => ({ name, auth: 'oauth' })) }));
    return path;
  };
  const choosing = (chosen: string): Prompt => ({
    text: () => Promise.reject(new Error('Not asked for.')),
    secret: () => Promise.reject(new Error('Not asked for.')),
    confirm: () => Promise.reject(new Error('Not asked for.')),
    choice: (_, choices) => Promise.resolve(choices.find((choice) => choice === chosen) ?? 'none'),
  });

  it('uses the only source', async () => {
    expect(await chooseSource(aFile('acme'), undefined)).toBe('acme');
  });

  it('prompts for one of several sources', async () => {
    expect(await chooseSource(aFile('acme', 'globex'), choosing('globex'))).toBe('globex');
  });

  it('names the sources without a terminal, and exits 2', async () => {
    const config = aFile('acme', 'globex');

    const { code, stderr } = await zoomLogSource([
      ...['collect', '--deployed', '--from', '2d', '--to', 'today', '--config', config],
    ]);

    expect(code).toBe(2);
    expect(stderr).toMatch(/has the sources acme, globex\. Select one with --source\./);
  });
});
