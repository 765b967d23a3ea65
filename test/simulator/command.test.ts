import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const COMMAND = fileURLToPath(new URL('../../bin/zoom-log-source', import.meta.url));

const start = (...flags: string[]) => {
  const child = spawn(COMMAND, ['simulator', ...flags]);
  const exited = once(child, 'exit') as Promise<[number | null]>;
  return { child, exited };
};

/** Runs the command until it prints its line, asks what `use` asks, and stops it. */
const whileRunning = async <T>(flags: string[], use: (line: string) => Promise<T>) => {
  const { child, exited } = start(...flags);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const used = await use(line.toString());
  child.kill('SIGTERM');
  return { line: line.toString(), used, code: (await exited)[0] };
};

const rowsAt = async (url: string): Promise<string[]> =>
  (await (await fetch(`${url}/_simulator/rows?all=1`)).text()).split('\n').slice(0, -1);

describe('the simulator command', () => {
  it('prints its address and the variables to export, and stops on SIGTERM', async () => {
    const { line, code } = await whileRunning(['--days', '1', '--rows-per-day', '10'], () =>
      Promise.resolve(),
    );

    expect(line).toMatch(
      /^Zoom simulator on (http:\/\/127\.0\.0\.1:\d+): export ZOOM_API_URL=\1\/v2 ZOOM_OAUTH_URL=\1\/oauth ZOOM_ACCOUNT_ID=Sim-Account-000000000001 ZOOM_CLIENT_ID=sim-client-id ZOOM_CLIENT_SECRET=sim-client-secret\n$/,
    );
    expect(code).toBe(0);
  });

  it('prints the same as JSON, and has the same rows for the same flags', async () => {
    const flags = [
      '--json',
      '--seed',
      '7',
      '--now',
      '2026-11-20T12:00:00Z',
      '--frozen',
      '--days',
      '2',
      '--lateness',
      '24h',
    ];
    const rows = (line: string) => rowsAt((JSON.parse(line) as { url: string }).url);

    const [one, another] = await Promise.all([whileRunning(flags, rows), whileRunning(flags, rows)]);

    expect(JSON.parse(one.line)).toMatchObject({ ZOOM_CLIENT_ID: 'sim-client-id' });
    expect(one.used.length).toBeGreaterThan(500);
    expect(one.used).toEqual(another.used);
  });

  it('serves the rows of a file, and only those', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'rows-')), 'rows.jsonl');
    const row = '{"time":"2026-11-20T09:00:00Z","operator":"x"}';
    writeFileSync(file, `${row}\n`);

    const { used } = await whileRunning(['--json', '--rows', file], (line) =>
      rowsAt((JSON.parse(line) as { url: string }).url),
    );

    expect(used).toEqual([row]);
  });

  it.each([
    [['--faults', 'all=0.1,nonsense'], /"nonsense" is not a fault/],
    [['--twins', '2'], /from 0 to 1/],
    [['--now', 'soon'], /not a time/],
    [['--lateness', 'often'], /hours such as 24h/],
    [['--paging', 'sideways'], /snapshot, live/],
    [['--rows', '/nowhere/rows.jsonl'], /cannot start: ENOENT/],
  ])('ends with 2 and one clear line for %j', async (flags, message) => {
    const { child, exited } = start(...flags);
    const errors = await text(child.stderr);

    expect((await exited)[0]).toBe(2);
    expect(errors).toMatch(message);
    expect(errors.trim().split('\n').slice(1)).toEqual(['Run it with --help for usage.']);
  });
});
