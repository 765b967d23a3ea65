import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { endOf } from '../../shared/model/day.ts';
import { startSimulator } from '../../simulator/index.ts';
import { zoomLogSource, environmentFor } from '../support/command.ts';
import { TODAY } from '../support/fixtures/demo-archive.ts';
import { anOperation } from '../support/builders/rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOW = `${TODAY}T09:00:00Z`;
const HOSTILE = 'Single Sign-On  - \u001b[2J\u202eNote: set to =HYPERLINK("x")';

let out: string;
beforeAll(async () => {
  out = join(temporaryFolder(), 'out');
  const zoom = await startSimulator({ now: endOf(TODAY), speed: 0 });
  zoom.addRows(
    [
      { time: '2026-11-19T08:00:00Z', operation_detail: HOSTILE },
      { time: '2026-11-19T09:00:00Z', operation_detail: 'Single Sign-On  - Sign-out URL: from a to b' },
      { time: '2026-11-19T10:00:00Z', operation_detail: 'Security  - Waiting Room: from On to Off' },
    ].map((fields) => ({
      stream: 'operation' as const,
      row: anOperation({ category_type: 'Account', ...fields }),
    })),
  );
  await zoomLogSource(['poll', '--out', out, '--now', NOW], { environment: environmentFor(zoom) });
  await zoom.close();
});

const query = (...args: string[]) => zoomLogSource(['query', ...args, '--now', NOW]);

describe('query', () => {
  it('lists the built-in queries without any event', async () => {
    const { code, stdout } = await zoomLogSource(['query', '--list']);

    const folder = join(import.meta.dirname, '../../queries');
    const names = [...readdirSync(folder), ...readdirSync(join(folder, 'content'))]
      .filter((file) => file.endsWith('.sql'))
      .map((file) => file.replace('.sql', ''));
    expect(code).toBe(0);
    for (const name of names) expect(stdout).toMatch(new RegExp(`^${name} +\\S.*[?]\\s*$`, 'm'));
    expect(stdout.trimEnd().split('\n')).toHaveLength(names.length + 1);
  });

  it("finds yesterday's change of single sign-on with one line of SQL", async () => {
    const sql =
      "SELECT actor_email, operation_detail FROM zoom_events WHERE area = 'sso' AND dt >= current_date - 1 ORDER BY event_time DESC";

    const { code, stdout, stderr } = await query(sql, '--out', out);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [head, first, second, ...rest] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^actor_email +operation_detail *$/);
    expect(first).toMatch(
      /^ines\.halloran@quillmere\.example +Single Sign-On {2}- Sign-out URL: from a to b *$/,
    );
    expect(second).toContain('Note: set to =HYPERLINK');
    expect(rest).toEqual([]);
    // eslint-disable-next-line no-control-regex -- that none reaches the terminal is the point
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
  });

  it('runs a built-in query by name, with numbers, lists and instants as JSON lines', async () => {
    const { code, stdout } = await query('sso-changes', '--out', out, '--format', 'json');

    expect(code).toBe(0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toEqual([
      expect.objectContaining({
        event_time: '2026-11-19T09:00:00.000Z',
        setting: 'Sign-out URL',
        old_value: 'a',
        new_value: 'b',
      }),
      expect.objectContaining({ event_time: '2026-11-19T08:00:00.000Z', operation_detail: HOSTILE }),
    ]);
  });

  it('writes CSV that a spreadsheet takes for nothing but text', async () => {
    const sql =
      'SELECT change.new_value AS v, 5 AS n, NULL AS nothing FROM zoom_operation, unnest(detail.changes) AS c(change) ORDER BY event_time';

    const { stdout } = await query(sql, '--out', out, '--format', 'csv');

    expect(stdout).toBe(`v,n,nothing\n"'=HYPERLINK(""x"")",5,\nb,5,\nOff,5,\n`);
  });

  it('shows rows up to the limit and reports that there are more', async () => {
    const sql = 'SELECT range FROM range(200)';

    const table = await query(sql, '--out', out);
    const two = await query(sql, '--out', out, '--limit', '2', '--format', 'json');
    const all = await query(sql, '--out', out, '--format', 'csv');

    expect(table.stdout.trimEnd().split('\n')).toHaveLength(101);
    expect(table.stderr).toContain('There are more than 100 rows');
    expect(two.stdout).toBe('{"range":0}\n{"range":1}\n');
    expect(two.stderr).toContain('more than 2 rows');
    expect({ lines: all.stdout.trimEnd().split('\n').length, stderr: all.stderr }).toEqual({
      lines: 201,
      stderr: '',
    });
  });

  it('prints records in each of the formats', async () => {
    const sql = "SELECT 'a|b' AS name, 7 AS count";

    const vertical = await query(sql, '--out', out, '-o', 'vertical');
    const markdown = await query(sql, '--out', out, '--output', 'markdown');
    const csv = await query(sql, '--out', out, '-o', 'csv');
    const json = await query(sql, '--out', out, '--json');
    const list = await zoomLogSource(['query', '--list', '--json']);

    expect(vertical.stdout).toBe('-- 1 --\nname   a|b\ncount  7\n');
    expect(markdown.stdout).toBe('| name | count |\n| --- | --- |\n| a\\|b | 7 |\n');
    expect(csv.stdout).toBe('name,count\na|b,7\n');
    expect(json.stdout).toBe('{"name":"a|b","count":7}\n');
    expect(JSON.parse(list.stdout.split('\n')[0] ?? '')).toMatchObject({ name: 'account-setting-changes' });
  });

  it.each([
    ['a comment and a blank', '-- Who was it? --limit 5\nSELECT 1 AS x'],
    ['a comment without a blank', '--limit\nSELECT 1 AS x'],
    ['a comment with an equals sign', '--a=b\nSELECT 1 AS x'],
    ['an empty comment', '--\nSELECT 1 AS x -- done'],
  ])('takes SQL that begins with %s for SQL', async (_, sql) => {
    const after = await query(sql, '--out', out, '--json');

    expect(after).toEqual({ code: 0, stdout: '{"x":1}\n', stderr: '' });
  });

  it('accepts SQL from a file and from standard input, including shipped files', async () => {
    const file = join(temporaryFolder(), 'question.sql');
    writeFileSync(file, '\ufeff-- One?\r\nSELECT 1 AS x;\r\n');
    const shipped = join(import.meta.dirname, '../../detections/sql/sso-or-saml-changed.sql');

    const fromFile = await query('--file', file, '--out', out, '--json');
    const fromInput = await zoomLogSource(['query', '-', '--out', out, '--json'], { input: 'SELECT 2 AS x' });
    const detection = await query('--file', shipped, '--out', out, '--json');
    const asText = await query(readFileSync(shipped, 'utf8'), '--out', out, '--json');

    expect(fromFile).toEqual({ code: 0, stdout: '{"x":1}\n', stderr: '' });
    expect(fromInput).toEqual({ code: 0, stdout: '{"x":2}\n', stderr: '' });
    expect(detection.code).toBe(0);
    expect(detection.stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(asText.stdout).toBe(detection.stdout);
  });

  it('limits the result to one source of several', async () => {
    const two = join(temporaryFolder(), 'two');
    cpSync(out, two, { recursive: true });
    for (const format of ['raw', 'flat', 'ocsf'])
      cpSync(join(out, format, 'operation/source=zoom'), join(two, format, 'operation/source=other'), {
        recursive: true,
      });
    cpSync(join(two, '_state/sources/zoom.json'), join(two, '_state/sources/other.json'));
    const sql = 'SELECT source, count(*) AS n FROM zoom_events GROUP BY ALL ORDER BY ALL';

    const all = await query(sql, '--out', two, '-o', 'CSV');
    const one = await query(sql, '--out', two, '-o', 'csv', '--source', 'other');

    expect(all).toEqual({ code: 0, stdout: 'source,n\nother,3\nzoom,3\n', stderr: '' });
    expect(one).toEqual({ code: 0, stdout: 'source,n\nother,3\n', stderr: '' });
  });

  it('warns of raw objects without an object of the requested format', async () => {
    const folder = join(temporaryFolder(), 'out');
    cpSync(out, folder, { recursive: true });
    rmSync(join(folder, 'flat'), { recursive: true });

    const flat = await query('FROM zoom_events', '--out', folder);
    const ocsf = await query('SELECT count(*) AS n FROM zoom_ocsf', '--out', folder, '--json');
    const later = await query('FROM zoom_events', '--out', folder, '--since', '2026-11-20');

    expect({ code: flat.code, stdout: flat.stdout }).toEqual({ code: 0, stdout: '' });
    expect(flat.stderr).toMatch(
      /^No rows\.\nNOT COMPLETE: 1 raw object in .+ has no flat object, so the result lacks their events\./,
    );
    expect(ocsf).toEqual({ code: 0, stdout: '{"n":3}\n', stderr: '' });
    expect(later.stderr).toBe('No rows.\n');
  });

  it.each([
    ['empty', 0],
    ['cut off in its header', 5],
    ['cut off before its first line', 40],
  ])('names a sole object that is %s, and exits 1', async (_, bytes) => {
    const folder = join(temporaryFolder(), 'out');
    cpSync(out, folder, { recursive: true });
    const [key = ''] = readdirSync(join(folder, 'flat'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.json.gz'),
    );
    const path = join(folder, 'flat', key);
    writeFileSync(path, readFileSync(path).subarray(0, bytes));

    const answered = await query('SELECT count(*) FROM zoom_events', '--out', folder);
    const detected = await zoomLogSource(['detect', '--out', folder]);
    const ocsf = await query('SELECT count(*) AS n FROM zoom_ocsf', '--out', folder, '--json');

    for (const { code, stdout, stderr } of [answered, detected]) {
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(`flat/${key} is damaged: `);
    }
    expect(ocsf.code).toBe(0);
  });

  it('reports that there is no row', async () => {
    const { code, stdout, stderr } = await query('billing-changes', '--out', out);

    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: 'No rows.\n' });
  });

  it.each([
    ['SQL that is none', (): string[] => ['SELECT FROM zoom_events WHERE', '--out', out], /syntax error/],
    [
      'a column that is none',
      (): string[] => ['SELECT oparator FROM zoom_operation', '--out', out],
      /"oparator" not found[^]*LINE 1: SELECT oparator[^]*\^/,
    ],
    ['a statement that writes', (): string[] => ['CREATE TABLE t (a INT)', '--out', out], /A query reads/],
    ['a name that is none', (): string[] => ['sso', '--out', out], /no built-in query "sso"[^]*sso-changes/],
    [
      'an option that is none',
      (): string[] => ['SELECT 1', '--limt', '5', '--out', out],
      /unknown option '--limt'/,
    ],
    ['nothing but a comment', (): string[] => ['-- SELECT 1', '--out', out], /A query reads/],
    [
      'a file that is none',
      (): string[] => ['--file', 'no.sql', '--out', out],
      /no\.sql can't be read: ENOENT/,
    ],
    ['two questions', (): string[] => ['SELECT 1', '--file', 'x.sql', '--out', out], /not both/],
    ['two formats', (): string[] => ['SELECT 1', '--out', out, '--json', '-o', 'csv'], /cannot be used with/],
    ['no question', (): string[] => ['--out', out], /--list shows them/],
    ['no place', (): string[] => ['sso-changes'], /--out DIR or --out s3:/],
    [
      'a folder without events',
      (): string[] => ['sso-changes', '--out', temporaryFolder()],
      /contains no collected events/,
    ],
    [
      'a day that is none',
      (): string[] => ['sso-changes', '--out', out, '--since', '2026-02-30'],
      /not a calendar day/,
    ],
    [
      'a format that is none',
      (): string[] => ['sso-changes', '--out', out, '-o', 'xml'],
      /table, vertical, json, csv, markdown/,
    ],
  ])('refuses %s, and says what to do', async (_, args, message) => {
    const { code, stdout, stderr } = await query(...args());

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
