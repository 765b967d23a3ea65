import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { memberTime } from '../../shared/collect/log/gzip-lines.ts';
import { generateCompany, type Simulator, startSimulator } from '../../simulator/index.ts';
import { environmentFor, zoomLogSource } from '../support/command.ts';
import { anOperation } from '../support/builders/rows.ts';
import { pack } from '../support/tampering.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOW = '2026-11-20T12:00:00Z';
const FLAT = 'flat/operation/source=zoom/dt=2026-11-17/operation_2026-11-17_000000.json.gz';

let simulator: Simulator;
let collected: string;
beforeAll(async () => {
  simulator = await startSimulator({ now: NOW, speed: 0 });
  simulator.addRows(generateCompany({ seed: 8, from: '2026-11-14', to: '2026-11-18', rowsPerDay: 300 }));
  collected = join(temporaryFolder(), 'out');
  const range = ['--from', '2026-11-14', '--to', '2026-11-18', '--now', NOW, '--out', collected];
  const { code } = await zoomLogSource(['collect', ...range], { environment: environmentFor(simulator) });
  expect(code).toBe(0);
});
afterAll(() => simulator.close());

/** A copy of the collected archive that a test may change. */
const aCopy = (): string => {
  const out = join(temporaryFolder(), 'out');
  cpSync(collected, out, { recursive: true, preserveTimestamps: true });
  return out;
};

const filesIn = (out: string): string[] =>
  readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

interface Verified {
  readonly verified: boolean;
  readonly streams: readonly { events: number; days: number; otherMappings?: unknown }[];
  readonly zoom?: { days: number; rows: number };
  readonly differences: readonly { kind: string; key: string; line?: number; message: string }[];
  readonly notes: readonly { kind: string }[];
}
const parse = (stdout: string): Verified => JSON.parse(stdout) as Verified;

const againstZoom = (out: string, ...args: string[]) =>
  zoomLogSource(['verify', '--out', out, '--against-zoom', '--now', NOW, ...args], {
    environment: environmentFor(simulator),
  });

describe('verify', () => {
  it('prints a short summary for an intact archive, without credentials', async () => {
    const { code, stdout, stderr } = await zoomLogSource(['verify', '--out', collected]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^zoom operation log: 5 days \(2026-11-14 to 2026-11-18\), \d+ objects, [\d,]+ events\n {2}ledger: /m,
    );
    expect(stdout).toMatch(/^zoom sign in \/ sign out log: 5 days/m);
    expect(stdout).toMatch(/\nVerified: no differences\.\n$/);
  });

  it('counts every event that Zoom has, for machines', async () => {
    const { stdout } = await zoomLogSource(['verify', '--out', collected, '--json']);

    const { verified, streams, differences } = parse(stdout);
    expect({ verified, differences }).toEqual({ verified: true, differences: [] });
    expect(streams.reduce((events, stream) => events + stream.events, 0)).toBe(simulator.rows().length);
  });

  it('names tampered objects and the kind of each difference, and exits 1', async () => {
    const out = aCopy();
    const bytes = readFileSync(join(out, FLAT));
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(join(out, FLAT), bytes);
    rmSync(join(out, FLAT.replaceAll('flat', 'ocsf')));
    writeFileSync(join(out, 'raw/operation/source=zoom/by-hand.json'), '{}');

    const text = await zoomLogSource(['verify', '--out', out]);
    const json = await zoomLogSource(['verify', '--out', out, '--json']);

    expect({ code: text.code, stderr: text.stderr }).toEqual({ code: 1, stderr: '' });
    expect(text.stdout).toContain(
      `damaged-object  ${FLAT}\n  The object is damaged: it cannot be decompressed.`,
    );
    expect(text.stdout).toContain(`missing-projection  ${FLAT.replaceAll('flat', 'ocsf')}\n`);
    expect(text.stdout).toMatch(/\nNOT VERIFIED: \d differences\.\n$/);
    expect(parse(json.stdout).differences.map(({ kind, key }) => `${kind} ${key}`)).toEqual(
      expect.arrayContaining([
        'foreign-object raw/operation/source=zoom/by-hand.json',
        `damaged-object ${FLAT}`,
      ]),
    );
    expect([json.code, parse(json.stdout).verified]).toEqual([1, false]);
  });

  it('reports what it checked in lines of another mapping, and exits 0', async () => {
    const out = aCopy();
    const member = readFileSync(join(out, FLAT));
    const lines = gunzipSync(member).toString('utf8').split('\n').slice(0, -1);
    const older = lines.map((line) =>
      line.replace('"mapping_version":2,', '').replace('"area":"', '"area":"was '),
    );
    writeFileSync(join(out, FLAT), await pack(older, memberTime(member)));

    const text = await zoomLogSource(['verify', '--out', out]);
    const json = await zoomLogSource(['verify', '--out', out, '--json']);

    expect({ code: text.code, stderr: text.stderr }).toEqual({ code: 0, stderr: '' });
    expect(text.stdout).toContain(
      `\n  mapping version 1: ${older.length} lines; ids, times, the rows' own fields, order and counts checked. Use replay to re-normalize them.\n`,
    );
    expect(parse(json.stdout).streams.map(({ otherMappings }) => otherMappings)).toContainEqual([
      { mapping: 1, lines: older.length },
    ]);
  });

  it('names objects with lines of a newer mapping, recommends an update, and exits 1', async () => {
    const out = aCopy();
    const member = readFileSync(join(out, FLAT));
    const lines = gunzipSync(member).toString('utf8').split('\n').slice(0, -1);
    const newer = lines.map((line) => line.replace('"mapping_version":2,', '"mapping_version":9,'));
    writeFileSync(join(out, FLAT), await pack(newer, memberTime(member)));

    const text = await zoomLogSource(['verify', '--out', out]);
    const json = await zoomLogSource(['verify', '--out', out, '--json']);

    expect({ code: text.code, stderr: text.stderr }).toEqual({ code: 1, stderr: '' });
    expect(text.stdout).toContain(
      `newer-mapping  ${FLAT}, line 1\n  This line and ${lines.length - 1} more were `,
    );
    expect(text.stdout).toMatch(
      /newer version of zoom-log-source \(mapping version 9\)\. Update, then verify again\./,
    );
    expect(text.stdout).not.toContain('mapping version 9:');
    expect(parse(json.stdout)).toMatchObject({
      verified: false,
      differences: [{ kind: 'newer-mapping', line: 1 }],
    });
  });

  it('can be limited to days, a stream and a source', async () => {
    const out = aCopy();
    rmSync(join(out, FLAT));

    const stream = await zoomLogSource(['verify', '--out', out, '--stream', 'activity']);
    const days = await zoomLogSource(['verify', '--out', out, '--from', '2026-11-14', '--to', '2026-11-16']);
    const day = await zoomLogSource(['verify', '--out', out, '--from', '2026-11-17', '--source', 'zoom']);

    expect([stream.code, days.code, day.code]).toEqual([0, 0, 1]);
  });

  it.each([
    [['--from', '2026-11-18', '--to', '2026-11-17'], /--from 2026-11-18 is after --to 2026-11-17/],
    [['--from', '2026-11-31'], /not a calendar day/],
    [['--source', 'nobody'], /has no source "nobody"\. It has zoom\./],
    [['--format', 'csv'], /one of flat, ocsf/],
    [['--against-zoom'], /ZOOM_ACCOUNT_ID is not set/],
  ])('refuses %j with exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await zoomLogSource(['verify', '--out', collected, ...args]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('verify --against-zoom', () => {
  it('finds that Zoom lists the same, and changes no file', async () => {
    const out = aCopy();
    const before = filesIn(out);

    const { code, stdout } = await againstZoom(out, '--json');

    expect(code).toBe(0);
    expect(parse(stdout).zoom).toEqual({ days: 10, rows: simulator.rows().length });
    expect(filesIn(out)).toEqual(before);
  });

  it('reports which rows only Zoom has, and which Zoom no longer has', async () => {
    const out = aCopy();
    const zoom = await startSimulator({ now: NOW, speed: 0 });
    const rows = simulator.rows({ stream: 'operation', day: '2026-11-17' }).slice(1);
    zoom.addRows(
      [...rows, anOperation({ time: '2026-11-17T12:00:00Z' })].map((row) => ({ stream: 'operation', row })),
    );

    const args = ['--against-zoom', '--stream', 'operation', '--from', '2026-11-17', '--to', '2026-11-17'];
    const { code, stdout } = await zoomLogSource(['verify', '--out', out, '--now', NOW, ...args, '--json'], {
      environment: environmentFor(zoom),
    });
    await zoom.close();

    expect(code).toBe(1);
    expect(parse(stdout).differences.map(({ kind }) => kind)).toEqual(['zoom-has-more']);
    expect(parse(stdout).notes.map(({ kind }) => kind)).toContain('zoom-has-less');
  });

  it('names the existing sources for an unknown one', async () => {
    const { code, stderr } = await againstZoom(collected, '--source', 'other');

    expect(code).toBe(2);
    expect(stderr).toContain('has no source "other". It has zoom.');
  });
});

describe('replay', () => {
  const range = ['--from', '2026-11-16', '--to', '2026-11-18'];

  it('writes a version beside the old one, repeatedly, and the archive still verifies', async () => {
    const out = aCopy();

    const first = await zoomLogSource(['replay', ...range, '--out', out, '--into', 'v2']);
    const second = await zoomLogSource(['replay', ...range, '--out', out, '--into', 'v2', '--json']);
    const verified = await zoomLogSource(['verify', '--out', out]);

    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    expect(first.stdout).toContain(`objects written to ${out}/flat.v2/ and ${out}/ocsf.v2/`);
    expect(JSON.parse(second.stdout)).toMatchObject({ slices: 6, written: 0, damaged: [] });
    expect(readFileSync(join(out, FLAT.replace('flat', 'flat.v2')))).toEqual(readFileSync(join(out, FLAT)));
    expect(verified.code).toBe(0);
  });

  it('writes a version that query and detect read, and say if it is not complete', async () => {
    const out = aCopy();
    const sql = 'SELECT count(*)::INTEGER AS events FROM zoom_operation';
    const count = async (...args: string[]) =>
      zoomLogSource(['query', sql, '--out', out, '--output', 'json', ...args]);

    await zoomLogSource([
      'replay',
      '--from',
      '2026-11-10',
      '--to',
      '2026-11-20',
      '--out',
      out,
      '--into',
      'v2',
    ]);
    rmSync(join(out, 'flat'), { recursive: true });
    const replayed = await count('--replayed', 'v2');
    const delivered = await count();
    const missing = await count('--replayed', 'v3');
    const detected = await zoomLogSource(['detect', '--out', out, '--replayed', 'v2']);

    expect({ code: replayed.code, stderr: replayed.stderr }).toEqual({ code: 0, stderr: '' });
    expect((JSON.parse(replayed.stdout) as { events: number }).events).toBeGreaterThan(0);
    expect(JSON.parse(delivered.stdout)).toEqual({ events: 0 });
    expect(delivered.stderr).toMatch(/no flat object, .* Collect the days again/s);
    expect(missing.stderr).toMatch(/no flat\.v3 object, .* Run replay --into v3 over all days\./s);
    expect({ code: detected.code, stderr: detected.stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.each([
    [['--into', 'V2'], /must be 1 to 16 lower-case letters and digits/],
    [[], /required option '--into <label>'/],
    [['--into', 'v2', '--source', 'nobody'], /has no source "nobody"\. It has zoom\./],
  ])('refuses %j with exit code 2, and writes nothing', async (args, message) => {
    const out = aCopy();

    const { code, stdout, stderr } = await zoomLogSource(['replay', ...range, '--out', out, ...args]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect([existsSync(join(out, 'flat.v2')), existsSync(join(out, '_state/replays'))]).toEqual([
      false,
      false,
    ]);
  });
});
