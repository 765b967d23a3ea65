import { describe, expect, it } from '@jest/globals';
import { emptyArchive, runQuery } from '../../support/fixtures/demo-archive.ts';

describe('a value of DuckDB', () => {
  it.each([
    ['null', null],
    ['true', true],
    ["'text'", 'text'],
    ['1.5::DOUBLE', 1.5],
    ["'NaN'::DOUBLE", 'NaN'],
    ['1.5::DECIMAL(4,2)', 1.5],
    ['count(*)', 1],
    ['9007199254740993', '9007199254740993'],
    ['sum(2)', 2],
    ["TIMESTAMP '2026-11-18 09:00:00.123'", '2026-11-18T09:00:00.123Z'],
    ["TIMESTAMPTZ '2026-11-18 09:00:00+02'", '2026-11-18T07:00:00.000Z'],
    ["'infinity'::TIMESTAMP", 'infinity'],
    ["DATE '2026-11-18'", '2026-11-18'],
    ["INTERVAL '30' DAY", '30 days'],
    ["['a', null]", ['a', null]],
    ["{'a': {'b': [1]}}", { a: { b: [1] } }],
    ["MAP {'k': 1}", [{ key: 'k', value: 1 }]],
    ['\'{"a": 1}\'::JSON', '{"a": 1}'],
  ])('%s becomes JSON', async (sql, expected) => {
    const [row] = await runQuery(await emptyArchive(), `SELECT ${sql} AS value`);

    expect(row).toEqual({ value: expected });
  });
});
