import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toListedRow } from '../../../shared/model/listed-row.ts';
import { readPage } from '../../../shared/zoom/page-text.ts';

const OPERATIONS = { rowsField: 'operation_logs' };

const read = (body: string, mostRows = 300) => readPage(body, OPERATIONS, mostRows);

const asSent = (rows: readonly unknown[]): unknown[] => JSON.parse(JSON.stringify(rows)) as unknown[];

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('a page', () => {
  it('gives its rows and its token, with any white space and any other fields', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 8 }),
        fc.option(fc.string(), { nil: undefined }),
        fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }),
        fc.constantFrom('', ' ', '\n\t '),
        fc.boolean(),
        (rows, token, others, indent, rowsFirst) => {
          const known = { operation_logs: rows, next_page_token: token };
          const page = rowsFirst ? { ...known, ...others, ...known } : { ...others, ...known };

          const response = read(`${indent}${JSON.stringify(page, undefined, indent)}${indent}`);

          expect(response).toEqual({ rows: asSent(rows).map(toListedRow), nextPageToken: token ?? '' });
        },
      ),
    );
  });

  it.each([
    ['{"operation_logs":[]}', ''],
    ['{"next_page_token":null,"operation_logs":[]}', ''],
    ['{"next_page_token":"","operation_logs":[]}', ''],
    ['{"operation_logs":[ ],"next_page_token":"abc"}', 'abc'],
    ['{"a":{"operation_logs":[1]},"b":"operation_logs","operation_logs":[],"next_page_token":"abc"}', 'abc'],
  ])('may have no rows: %s', (body, nextPageToken) => {
    expect(read(body)).toEqual({ rows: [], nextPageToken });
  });

  it.each([
    '',
    '[]',
    '"operation_logs"',
    '{}',
    '{"activity_logs":[]}',
    '{"operation_logs":{}}',
    '{"operation_logs":null}',
    '{"operation_logs":[1],"operation_logs":[2]}',
    '{"operation_logs":[1],"next_page_token":5}',
    '{"operation_logs":[1,]}',
    '{"operation_logs":[,1]}',
    '{"operation_logs":[1 2]}',
    '{"operation_logs":[{"a":01}]}',
    '{"operation_logs":[{"a":1]]}',
    '{"operation_logs":[1]} x',
    '{"operation_logs":[1]',
    '{"operation_logs":[1',
    '{"operation_logs":[',
    '{"operation_logs" [1]}',
    '{operation_logs:[1]}',
    '{"operation_logs":[1],}',
    `{"operation_logs":[1],"deep":${nested(101)}}`,
    `{"operation_logs":[1],"long":"${'x'.repeat(65_536)}"}`,
  ])('is none: case %#', (body) => {
    expect(read(body)).toBeUndefined();
  });

  it('holds a row that is nested too deep as text, and its neighbours as they are', () => {
    const deep = `{"time":"2026-11-20T09:00:00Z","deep":${nested(5000)}}`;

    expect(read(`{"operation_logs":[{"a":1.0}, ${deep} ,{"b":2}]}`)).toMatchObject({
      rows: [{ json: '{"a":1.0}' }, { row: deep, json: JSON.stringify(deep) }, { json: '{"b":2}' }],
    });
  });

  it('is too large with more rows than were requested', () => {
    expect(read('{"operation_logs":[1,2,3]}', 3)).toMatchObject({
      rows: [{ row: 1 }, { row: 2 }, { row: 3 }],
    });
    expect(read('{"operation_logs":[1,2,3,4]}', 3)).toEqual({
      oversized: 'more rows than the requested 3',
    });
    expect(read(`{"operation_logs":[${'{},'.repeat(2_000_000)}{}]}`)).toHaveProperty('oversized');
  });

  it('is too large with rows that would take far more memory than they have text', () => {
    const row = `[${'[],'.repeat(99_998)}[]]`;

    expect(read(`{"operation_logs":[${Array(5).fill(row).join(',')}]}`)).toMatchObject({ nextPageToken: '' });
    expect(read(`{"operation_logs":[${Array(5).fill(row).join(',')},{}]}`)).toEqual({
      oversized: 'more than 500,000 objects and lists',
    });
  });

  it('is not searched in 20 million nested brackets', () => {
    expect(read(nested(10_000_000))).toBeUndefined();
    expect(read(`{"a":${nested(10_000_000)},"operation_logs":[]}`)).toBeUndefined();
  });
});
