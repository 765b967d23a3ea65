import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { STREAM_NAMES } from '../../shared/model/stream.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { generateCompany, type Simulator, startSimulator } from '../../simulator/index.ts';
import { environmentFor, zoomLogSource } from '../support/command.ts';
import { expectDeliveredExactlyOnce } from '../support/expect-delivered.ts';
import { anOperation } from '../support/builders/rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOON = '2026-11-18T12:00:00Z';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ now: NOON, speed: 0 });
  simulator.addRows(
    generateCompany({
      seed: 5,
      from: '2026-11-13',
      to: '2026-11-18',
      rowsPerDay: 600,
      lateness: { hours: 20 },
    }),
  );
});
afterAll(() => simulator.close());

const run = (...args: string[]) => zoomLogSource(args, { environment: environmentFor(simulator) });

/** The objects delivered, by name and content. */
const objectsIn = async (out: string): Promise<string[]> => {
  const store = await FolderStore.openExisting(out);
  const found = await Promise.all(
    ['raw/', 'flat/', 'ocsf/', 'rejected/'].map((prefix) => store.list(prefix)),
  );
  return found.flat().map(({ key, version }) => `${key} ${version}`);
};

const deliveredIn = (output: string): number => (JSON.parse(output) as { delivered: number }).delivered;

describe('a session at the command line', () => {
  it('polls as time goes by: new and late rows arrive once, and a quiet run writes nothing', async () => {
    const out = join(temporaryFolder(), 'out');
    const zoom = await startSimulator({ now: NOON, speed: 0 });
    zoom.addRows(
      generateCompany({
        seed: 6,
        from: '2026-11-15',
        to: '2026-11-19',
        rowsPerDay: 900,
        twinShare: 0.1,
        lateness: { hours: 10 },
      }),
    );
    const poll = async (now: string): Promise<number> => {
      zoom.clock.set(now);
      const { stdout } = await zoomLogSource(['poll', '--out', out, '--now', now, '--json'], {
        environment: environmentFor(zoom),
      });
      return deliveredIn(stdout);
    };

    const first = await poll(NOON);
    const second = await poll('2026-11-18T12:05:00Z');
    const before = await objectsIn(out);
    const quiet = await poll('2026-11-18T12:05:30Z');
    const after = await objectsIn(out);
    for (const now of [
      '2026-11-18T18:00:00Z',
      '2026-11-19T00:30:00Z',
      '2026-11-19T23:59:00Z',
      '2026-11-20T12:00:00Z',
    ])
      await poll(now);

    expect(first).toBeGreaterThan(1000);
    expect([second > 0, quiet]).toEqual([true, 0]);
    expect(after).toEqual(before);
    const store = await FolderStore.openExisting(out);
    for (const stream of STREAM_NAMES) {
      await expectDeliveredExactlyOnce(store, 'zoom', stream, zoom.rows({ stream }));
    }
    await zoom.close();
  });

  it('back-fills a range repeatedly', async () => {
    const out = join(temporaryFolder(), 'out');
    const range = ['--from', '2026-11-13', '--to', '2026-11-18', '--now', NOON, '--out', out];

    const partial = await run(
      'collect',
      '--from',
      '2026-11-14',
      '--to',
      '2026-11-15',
      '--now',
      NOON,
      '--out',
      out,
      '--json',
    );
    const whole = await run('collect', ...range, '--json');
    const before = await objectsIn(out);
    rmSync(join(out, '_state/slices'), { recursive: true });
    const again = await run('collect', ...range, '--json');

    expect(deliveredIn(partial.stdout) + deliveredIn(whole.stdout)).toBe(simulator.rows().length);
    expect(again.code).toBe(0);
    expect(deliveredIn(again.stdout)).toBe(0);
    expect(await objectsIn(out)).toEqual(before);
  });

  it('restores a lost projection with the same bytes', async () => {
    const out = join(temporaryFolder(), 'out');
    const range = ['--from', '2026-11-17', '--to', '2026-11-17', '--now', NOON, '--out', out];
    await run('collect', ...range);
    const lost = join(out, 'flat/operation/source=zoom/dt=2026-11-17/operation_2026-11-17_000000.json.gz');
    const bytes = readFileSync(lost);
    rmSync(lost);

    await run('collect', ...range);

    expect(readFileSync(lost)).toEqual(bytes);
  });

  it('names a damaged raw object, which stays unchanged', async () => {
    const out = join(temporaryFolder(), 'out');
    const range = [
      '--from',
      '2026-11-16',
      '--to',
      '2026-11-17',
      '--now',
      NOON,
      '--out',
      out,
      '--stream',
      'operation',
    ];
    await run('collect', ...range);
    const key = 'raw/operation/source=zoom/dt=2026-11-17/operation_2026-11-17_000000.json.gz';
    const damaged = readFileSync(join(out, key)).subarray(0, 100);
    writeFileSync(join(out, key), damaged);

    const { code, stdout, stderr } = await run('collect', ...range);

    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('MISSING zoom operation log, 2026-11-17:');
    expect(stdout).toContain(`${key} is damaged`);
    expect(readFileSync(join(out, key))).toEqual(damaged);
  });

  it('shows the status of each stream', async () => {
    const out = join(temporaryFolder(), 'out');
    const range = ['--from', '2026-11-13', '--to', '2026-11-18', '--now', NOON, '--out', out];
    await run('collect', ...range, '--source', 'quillmere');

    const table = await run('status', '--out', out, '--now', NOON);
    const json = await run('status', '--out', out, '--now', NOON, '--json');

    expect(table.code).toBe(0);
    expect(table.stdout).toMatch(
      /quillmere +operation +- +\(2026-11-14\) +2026-11-18 1[01]:\d\d \(\d+ min\)/,
    );
    const status = JSON.parse(json.stdout) as {
      stream: string;
      events: number;
      openDays: string[];
      lastRun: unknown;
      verdict: string | null;
    }[];
    for (const { stream, events, openDays, lastRun, verdict } of status) {
      expect(verdict).toBeNull();
      expect(events).toBe(
        simulator.rows({ stream: stream === 'operation' ? 'operation' : 'activity' }).length,
      );
      expect(openDays).toEqual(['2026-11-15', '2026-11-16', '2026-11-17', '2026-11-18']);
      expect(lastRun).toMatchObject({ run: 'collect', slices: 6, missing: 0 });
    }
  });

  it('shows the last error of a stream, and still counts the events before it', async () => {
    const out = join(temporaryFolder(), 'out');
    const zoom = await startSimulator({ now: NOON, speed: 0 });
    zoom.addRows([{ stream: 'operation', row: anOperation() }]);
    const environment = environmentFor(zoom);
    await zoomLogSource(['poll', '--out', out, '--now', NOON], { environment });
    zoom.account().update({ role: 'weak' });

    const failed = await zoomLogSource(['poll', '--out', out, '--now', '2026-11-18T12:05:00Z'], {
      environment,
    });
    const { code, stdout } = await zoomLogSource(['status', '--out', out, '--now', '2026-11-18T12:06:00Z']);
    await zoom.close();

    expect([failed.code, code]).toEqual([1, 1]);
    expect(stdout).toMatch(/zoom +operation +unauthorized +- +2026-11-18 09:00 \(3 h\) +1 /);
    expect(stdout).toMatch(/FAILED/);
    expect(stdout).toMatch(
      /UNHEALTHY zoom is authorized by a user whose role lacks privileges\.\n {2}Since 2026-11-18 12:05 UTC \(0 minutes\)\.\n {2}Error: operation: Zoom refuses the operation log .* lacks privileges.*\n {2}activity: Zoom refuses the sign in \/ sign out log .* lacks privileges/,
    );
  });

  it('shows events as sentences, newest last, and as JSON lines', async () => {
    const out = join(temporaryFolder(), 'out');
    const zoom = await startSimulator({ now: NOON, speed: 0 });
    zoom.addRows([
      {
        stream: 'operation',
        row: anOperation({
          time: '2026-11-18T08:00:00Z',
          operation_detail: 'Security  - Waiting Room: from On to Off',
        }),
      },
      {
        stream: 'operation',
        row: anOperation({
          time: '2026-11-18T10:00:00Z',
          operation_detail: 'Security  - \u001b[2J\u202eTrick: from On to Off',
        }),
      },
      {
        stream: 'operation',
        row: anOperation({
          time: '2026-11-18T09:00:00Z',
          category_type: 'Billing',
          operation_detail: 'Plan renewed',
        }),
      },
    ]);
    await zoomLogSource(['poll', '--out', out, '--now', NOON], { environment: environmentFor(zoom) });
    await zoom.close();

    const table = await zoomLogSource(['show', '--out', out, '--stream', 'operation']);
    const billing = await zoomLogSource(['show', '--out', out, '--area', 'billing', '--json']);
    const lastTwo = await zoomLogSource(['show', '--out', out, '--limit', '2', '--json']);
    const since = await zoomLogSource([
      'show',
      '--out',
      out,
      '--since',
      '2026-11-18T08:30:00Z',
      '--limit',
      '1',
    ]);

    const lines = table.stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(
      /2026-11-18 08:00:00 +account_settings +ines\.halloran@quillmere\.example +Security: Waiting Room: On → Off/,
    );
    expect(lines[3]).toContain('Trick: On → Off');
    // eslint-disable-next-line no-control-regex -- that none reaches the terminal is the point
    expect(table.stdout).not.toMatch(/[\u001b\u202e]/);
    expect(
      billing.stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { area: string }).area),
    ).toEqual(['billing']);
    expect(
      lastTwo.stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { time: string }).time),
    ).toEqual(['2026-11-18T09:00:00Z', '2026-11-18T10:00:00Z']);
    expect(lastTwo.stdout).toContain('Security  - \\u001b[2J\\u202eTrick');
    expect(lastTwo.stderr).toContain('1 earlier event not shown');
    expect(since.stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(since.stderr).toContain('1 earlier event not shown');
  });

  it('shows the audit log separately from the events', async () => {
    const out = join(temporaryFolder(), 'out');
    const zoom = await startSimulator({ now: NOON, speed: 0 });
    const category = 'AI Companion \u001b[2J\u202e';
    zoom.addRows([{ stream: 'operation', row: anOperation({ category_type: category, office: 'Bern' }) }]);
    const environment = environmentFor(zoom);
    await zoomLogSource(['poll', '--out', out, '--now', NOON], { environment });
    await zoomLogSource(['poll', '--out', out, '--now', '2026-11-18T12:05:00Z'], { environment });
    await zoom.close();
    const range = ['--from', '2026-11-18', '--to', '2026-11-18'];
    await zoomLogSource(['replay', ...range, '--out', out, '--into', 'v2']);

    const table = await zoomLogSource(['show', '--audit', '--out', out]);
    const json = await zoomLogSource(['show', '--audit', '--out', out, '--format', 'json']);
    const last = await zoomLogSource(['show', '--audit', '--out', out, '--limit', '1']);
    const lastTwo = await zoomLogSource(['show', '--audit', '--out', out, '--limit', '2', '-o', 'json']);
    const nothing = await zoomLogSource(['show', '--audit', '--out', out, '--source', 'another']);

    const codes = json.stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { code: string }).code);
    expect([...codes].sort()).toEqual(['backfill-finished', 'category-new', 'field-new', 'replayed']);
    expect(table.stdout).toMatch(/^WHEN \(UTC\) +SOURCE +CODE +WHO +WHAT *\n/);
    expect(table.stdout).toMatch(/zoom +category-new +collector +Zoom's operation log has .*AI Companion/);
    expect(table.stdout).toMatch(
      /zoom +replayed +\S+ \(operator\) +The days were re-normalized into flat\.v2\//,
    );
    // eslint-disable-next-line no-control-regex -- that none reaches the terminal is the point
    expect(table.stdout).not.toMatch(/[\u001b\u202e]/);
    expect(last.stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(last.stderr).toContain('3 earlier lines not shown');
    expect(json.stdout.endsWith(lastTwo.stdout)).toBe(true);
    expect(lastTwo.stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(nothing).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `${out} has no source "another". It has zoom.\n`,
    });
  });
});
