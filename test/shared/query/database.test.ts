import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigurationError, CorruptObjectError } from '../../../shared/errors.ts';
import { FolderStore } from '../../../shared/local/folder-store.ts';
import { EVENTS_VIEW, TABLES } from '../../../shared/normalize/tables.ts';
import { queryArchive } from '../../../shared/app/query.ts';
import { day } from '../../support/builders/collector.ts';
import { linesUnder } from '../../support/delivered.ts';
import {
  runQuery,
  columnsOfAnswer,
  deliverDemo,
  type DemoArchive,
  emptyArchive,
  NEXT_MORNING,
} from '../../support/fixtures/demo-archive.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { failureMessage } from '../../support/zoom.ts';

let demo: DemoArchive;
beforeAll(async () => {
  demo = await deliverDemo();
});

const NAMES = [...TABLES.map(({ name }) => name), EVENTS_VIEW.name];

describe('the tables in DuckDB', () => {
  it.each(TABLES)(
    '$name has its columns in their order, then its partitions',
    async ({ name, columns, partitions }) => {
      expect(await columnsOfAnswer(demo.out, `SELECT * FROM ${name}`)).toEqual(
        Object.keys({ ...columns, ...partitions }),
      );
    },
  );

  it('have the columns of both streams in the timeline', async () => {
    expect(await columnsOfAnswer(demo.out, 'FROM zoom_events')).toEqual(EVENTS_VIEW.columns);
    expect(
      await runQuery(
        demo.out,
        'SELECT stream, count(*) AS n FROM zoom_events GROUP BY stream ORDER BY stream',
      ),
    ).toEqual(
      (['activity', 'operation'] as const).map((stream) => ({
        stream,
        n: demo.rows.filter((row) => row.stream === stream).length,
      })),
    );
  });

  it('hold each delivered event once, by the same id in both formats', async () => {
    const [counts] = await runQuery(
      demo.out,
      `SELECT count(*) AS events, count(DISTINCT f.event_id) AS ids, count(o.raw_data) AS in_ocsf
       FROM zoom_events f LEFT JOIN zoom_ocsf o ON o.metadata.uid = f.event_id AND o.dt = f.dt AND o.stream = f.stream`,
    );

    const events = demo.rows.length;
    expect(counts).toEqual({ events, ids: events, in_ocsf: events });
  });

  it('contain all values of the lines, nested ones too', async () => {
    const store = await FolderStore.openExisting(demo.out);
    const lines = (await linesUnder(store, 'flat/operation/')) as { event_id: string; detail: object }[];

    const answered = await runQuery(demo.out, 'SELECT event_id, detail FROM zoom_operation');

    const details = new Map(answered.map(({ event_id, detail }) => [event_id, withoutNulls(detail)]));
    expect(details).toEqual(new Map(lines.map(({ event_id, detail }) => [event_id, detail])));
  });

  it.each(NAMES)('%s has the same types when there is nothing in it', async (name) => {
    const sql = `SELECT column_name, column_type FROM (DESCRIBE ${name})`;

    expect(await runQuery(await emptyArchive(), sql)).toEqual(await runQuery(demo.out, sql));
  });

  it.each(NAMES)('%s has no rows where nothing was delivered', async (name) => {
    expect(await runQuery(await emptyArchive(), `SELECT * FROM ${name}`)).toEqual([]);
  });

  it('have rows of one stream where the other has none', async () => {
    const out = await emptyArchive();
    cpSync(join(demo.out, 'flat/activity'), join(out, 'flat/activity'), { recursive: true });

    const [counted] = await runQuery(
      out,
      'SELECT count(*) AS n, (SELECT count(*) FROM zoom_operation) AS operations FROM zoom_events',
    );

    const signIns = demo.rows.filter(({ stream }) => stream === 'activity').length;
    expect(counted).toEqual({ n: signIns, operations: 0 });
  });

  it('begin on the requested day', async () => {
    const [first] = await runQuery(demo.out, 'SELECT min(dt) AS d FROM zoom_ocsf', {
      since: day('2026-11-17'),
    });

    expect(first).toEqual({ d: '2026-11-17' });
  });

  it.each(["it's [here] * or ? there", 'an "odd" one', 'ein Ordner für Zürich'])(
    'are read from a folder by the name of %s',
    async (name) => {
      const out = join(temporaryFolder(), name);
      cpSync(demo.out, out, { recursive: true });

      expect(await runQuery(out, 'SELECT count(*) AS n FROM zoom_events')).toEqual([{ n: demo.rows.length }]);
    },
  );

  it('treat a text column as text for any value of a row', async () => {
    const out = await emptyArchive();
    const folder = join(out, 'flat/activity/source=acme/dt=2026-11-19');
    mkdirSync(folder, { recursive: true });
    const lines = [
      { event_id: 'a', version: { major: 6 }, ip_address: null },
      { event_id: 'b', version: 6, novelty: true },
      { event_id: '2026-11-19', version: '2026-11-19' },
    ];
    writeFileSync(
      join(folder, 'activity_2026-11-19_000000.json.gz'),
      gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
    );

    expect(
      await runQuery(
        out,
        'SELECT event_id, version, ip_address, source, dt FROM zoom_activity ORDER BY 1 DESC',
      ),
    ).toEqual([
      { event_id: 'b', version: '6', ip_address: null, source: 'acme', dt: '2026-11-19' },
      { event_id: 'a', version: '{"major":6}', ip_address: null, source: 'acme', dt: '2026-11-19' },
      { event_id: '2026-11-19', version: '2026-11-19', ip_address: null, source: 'acme', dt: '2026-11-19' },
    ]);
  });
});

describe('a query', () => {
  it.each([
    ['a column that is none', 'SELECT evnt_id FROM zoom_events', ['evnt_id', 'event_id', 'LINE 1']],
    ['half a sentence', 'SELECT event_id FROM', ['syntax error']],
    ['a table that is none', 'SELECT 1 FROM zoom_event', ['zoom_event', 'zoom_events']],
    ['a cast that fails on a row', 'SELECT CAST(event_id AS INTEGER) FROM zoom_events', ['Conversion Error']],
  ])('is refused for %s, with the position', async (_, sql, words) => {
    const failure = await failureMessage(runQuery(demo.out, sql));

    expect(failure).toBeInstanceOf(ConfigurationError);
    for (const word of words) expect(failure.message).toContain(word);
  });

  it.each([
    ['writes a file', (out: string) => `COPY (SELECT 1) TO '${out}/flat/x.csv'`],
    [
      'writes a file while it is explained',
      (out: string) => `EXPLAIN ANALYZE COPY (SELECT 1) TO '${out}/flat/x.csv'`,
    ],
    ['opens a database', (out: string) => `ATTACH '${out}/flat/x.db'`],
    ['makes a table', () => 'CREATE TABLE t AS SELECT 1'],
    ['changes a setting', () => 'SET enable_external_access = true'],
    ['fetches an extension', () => 'INSTALL httpfs'],
    ['loads an extension', () => 'LOAD httpfs'],
    ['is two', () => 'SELECT 1; SELECT 2'],
    ['reads elsewhere', () => "SELECT * FROM read_text('/etc/hostname')"],
    [
      'reads beside the events',
      (out: string) => `SELECT * FROM read_text('${out}/_state/sources/quillmere.json')`,
    ],
    [
      'reads around a corner',
      (out: string) => `SELECT * FROM read_text('${out}/flat/../_state/sources/quillmere.json')`,
    ],
    ['lists a folder', () => "SELECT * FROM glob('/etc/*')"],
    ['reads from the network', () => "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')"],
    ['is nothing', () => ' '],
  ])('is refused when it %s', async (_, sqlFor) => {
    const failure = await failureMessage(runQuery(demo.out, sqlFor(demo.out)));

    expect(failure).toBeInstanceOf(ConfigurationError);
    expect(readdirSync(join(demo.out, 'flat')).sort()).toEqual(['activity', 'operation']);
  });

  it('fails with the name of a damaged object', async () => {
    const out = join(temporaryFolder(), 'damaged');
    cpSync(demo.out, out, { recursive: true });
    const key = 'flat/activity/source=quillmere/dt=2026-11-17/activity_2026-11-17_000000.json.gz';
    writeFileSync(join(out, key), gzipSync('{"event_id": "a"}\n{"event_'));

    const failure = await failureMessage(runQuery(out, 'SELECT count(client_type) FROM zoom_activity'));

    expect(failure).toBeInstanceOf(CorruptObjectError);
    expect(failure.message).toContain(`${key} is damaged`);
  });

  it.each([
    ['no gzip file', 'x'.repeat(2000)],
    ['of another kind', `\u001f\u008b${'x'.repeat(2000)}`],
  ])('fails with the name of an object that is %s', async (_, text) => {
    const out = join(temporaryFolder(), 'damaged');
    cpSync(demo.out, out, { recursive: true });
    const key = 'flat/activity/source=quillmere/dt=2026-11-17/activity_2026-11-17_000000.json.gz';
    writeFileSync(join(out, key), text, 'latin1');

    const failure = await failureMessage(runQuery(out, 'SELECT count(client_type) FROM zoom_activity'));

    expect(failure).toBeInstanceOf(CorruptObjectError);
    expect(failure.message).toContain(`${key} is damaged`);
  });

  it('is stopped when it is no longer needed', async () => {
    const abort = new AbortController();
    const sql = 'SELECT range FROM range(1000000000000)';
    const response = queryArchive(
      { out: demo.out, sql, clock: NEXT_MORNING, random: () => 0.5, signal: abort.signal },
      async ({ rows }) => {
        for await (const [number] of rows) {
          expect(number).toBeLessThan(100_000);
          abort.abort(new Error('no longer wanted'));
        }
      },
    );

    await expect(response).rejects.toThrow('no longer wanted');
  });

  it('has a current_date in UTC, from the given clock', async () => {
    expect(await runQuery(demo.out, 'SELECT current_date AS today, current_date - 30 AS then')).toEqual([
      { today: '2026-11-20', then: '2026-10-21' },
    ]);
  });
});

/** A struct has every field; a record only those that are there. */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) => (field === null ? [] : [[name, withoutNulls(field)]])),
  );
};
