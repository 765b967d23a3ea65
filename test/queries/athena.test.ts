import { beforeAll, describe, expect, it } from '@jest/globals';
import { EVENTS_VIEW, TABLES } from '../../shared/normalize/tables.ts';
import { readBuiltInQueries } from '../../shared/app/query.ts';
import { columnsOfAnswer, emptyArchive } from '../support/fixtures/demo-archive.ts';
import { loadTrinoGrammar, type TrinoGrammar } from '../support/trino-grammar.ts';

const duckdb = readBuiltInQueries();
const athena = readBuiltInQueries('athena');
const both = athena.map((inAthena) => ({
  name: inAthena.name,
  inAthena,
  inDuckdb: duckdb.find(({ name }) => name === inAthena.name),
}));

/** Functions of Trino that the questions use: a name that is not here may be DuckDB's alone. */
const TRINO = [
  'coalesce',
  'count',
  'date_trunc',
  'from_iso8601_timestamp',
  'lower',
  'max',
  'min',
  'regexp_extract',
  'regexp_like',
  'row_number',
  'split_part',
];
const OURS = [...TABLES.map(({ name }) => name), EVENTS_VIEW.name];

/** What a WITH of the question itself names. */
const namedWithin = (sql: string): string[] =>
  [...sql.matchAll(/(?:^WITH |^\),\n)(\w+) AS \(/gm)].map(([, name = '']) => name);

let grammar: TrinoGrammar;
beforeAll(async () => {
  grammar = await loadTrinoGrammar();
});

describe('the built-in queries for Athena', () => {
  it('are the same as for DuckDB, and ask the same', () => {
    const words = ({ name, title, question, notes }: (typeof athena)[number]) => [
      name,
      title,
      question,
      notes,
    ];

    expect(athena.map(words)).toEqual(duckdb.map(words));
  });

  it.each(athena)('$name is SQL by the grammar of Trino', ({ sql }) => {
    expect(grammar.errors(sql)).toEqual([]);
  });

  it.each(athena)('$name calls functions that Trino has, on tables that the catalog has', ({ sql }) => {
    expect(grammar.functions(sql).filter((name) => !TRINO.includes(name))).toEqual([]);
    expect(grammar.tables(sql).filter((name) => ![...OURS, ...namedWithin(sql)].includes(name))).toEqual([]);
  });

  it.each(both)('$name answers with the columns that it has in DuckDB', async ({ inAthena, inDuckdb }) => {
    const columns = await columnsOfAnswer(await emptyArchive(), inDuckdb?.sql ?? '');

    expect(grammar.columns(inAthena.sql)).toEqual(columns);
  });

  it.each(both)('$name limits the days of every table, in both', ({ inAthena, inDuckdb }) => {
    for (const sql of [inAthena.sql, inDuckdb?.sql ?? '']) {
      const scans = sql.match(/\bFROM zoom_\w+/g) ?? [];
      const days = sql.match(/\b(?:WHERE|AND) dt >?= current_date - /g) ?? [];

      expect(scans).not.toEqual([]);
      expect(days.length).toBeGreaterThanOrEqual(scans.length);
    }
  });

  it.each(athena)('$name ends without a semicolon, as an API of one statement wants it', ({ sql }) => {
    expect(sql).toMatch(/[^;\s]\n$/);
  });
});

describe('the grammar of Trino', () => {
  it.each([
    ['a lambda', 'SELECT filter(changes, x -> x.old_value IS NULL) FROM zoom_operation'],
    [
      'an UNNEST',
      'SELECT c.setting FROM zoom_operation LEFT JOIN UNNEST(detail.changes) AS c (setting, kind) ON true',
    ],
    ['a quoted name and JSON', `SELECT "user".name, json_extract_scalar(raw_data, '$.type') FROM zoom_ocsf`],
  ])('takes %s', (_, sql) => {
    expect(grammar.errors(sql)).toEqual([]);
  });

  it.each([
    ['half a sentence', 'SELECT event_id FROM zoom_events WHERE'],
    ['two names for one column', 'SELECT event_id a b FROM zoom_events'],
    ["DuckDB's way to leave out a column", 'SELECT * EXCLUDE (detail) FROM zoom_events'],
    ["DuckDB's struct", "SELECT {'a': 1} FROM zoom_events"],
    ["DuckDB's UNNEST within an expression", 'FROM zoom_events SELECT *'],
  ])('refuses %s', (_, sql) => {
    expect(grammar.errors(sql)).not.toEqual([]);
  });

  it('refuses each question that lost a word', () => {
    const refused = athena.filter(({ sql }) => grammar.errors(sql.replace(/\bWHERE\b/, '')).length > 0);

    expect(refused.map(({ name }) => name)).toEqual(athena.map(({ name }) => name));
  });

  it('finds the columns, functions and tables of a query', () => {
    const sql = `WITH a AS (SELECT lower(x) AS y FROM b) SELECT a.y, max("z") AS "top", (SELECT 1 AS q) FROM a`;

    expect(grammar.columns(sql).slice(0, 2)).toEqual(['y', 'top']);
    expect(grammar.functions(sql)).toEqual(['lower', 'max']);
    expect(grammar.tables(sql)).toEqual(['a', 'b']);
  });
});
