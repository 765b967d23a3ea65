import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { measureJson } from '../../../shared/model/json-text.ts';
import {
  lineToListedRow,
  type ListedRow,
  textToListedRow,
  toListedRow,
} from '../../../shared/model/listed-row.ts';

const listed = (text: string): ListedRow => {
  const extent = measureJson(text, 0);
  if (!extent) throw new RangeError(text);
  return textToListedRow(text, extent);
};

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('a row from its text', () => {
  it.each([
    '{"time":"2026-11-18T09:00:00Z","seats":12345678901234567890,"share":1.0,"debt":-0,"most":1e400}',
    '{"operator":"a","operator":"b"}',
    '{"operator":"\\u00fc \\/ \\ud83c"}',
    '{"2":"b","1":"a"}',
    '1.0',
    'null',
    '"text"',
    nested(100),
  ])('keeps it to the letter: %s', (text) => {
    expect(listed(text).json).toBe(text);
  });

  it('has no white space between its tokens, and is on one line', () => {
    expect(listed('{\n  "a": 1.0,\r\n\t"b": "c  d"\n}').json).toBe('{"a":1.0,"b":"c  d"}');
    expect(listed('{"a":"b\u2028c"}')).toEqual({
      row: { a: 'b\u2028c' },
      json: '{"a":"b\\u2028c"}',
      repeatsName: false,
    });
  });

  it.each([
    ['{"a":1,"a":2}', true, { a: 2 }],
    ['{"a":1,"\\u0061":2}', true, { a: 2 }],
    ['{"a":{"b":1,"b":2},"c":[]}', true, { a: { b: 2 }, c: [] }],
    ['[{"a":1},{"a":1,"a":1}]', true, [{ a: 1 }, { a: 1 }]],
    ['[[1,2,{"a":1,"a":1}]]', true, [[1, 2, { a: 1 }]]],
    ['{"x":[1,2,{"a":1,"a":1}]}', true, { x: [1, 2, { a: 1 }] }],
    ['{"a":{"a":1},"b":":"}', false, { a: { a: 1 }, b: ':' }],
    ['{}', false, {}],
    ['"a:b:c"', false, 'a:b:c'],
  ])('says whether a name stands twice, and has the last value: %s', (text, repeatsName, row) => {
    expect(listed(text)).toMatchObject({ repeatsName });
    expect(listed(text).row).toEqual(row);
  });

  it.each([
    ['nested 101 deep', nested(101)],
    ['nested 5,000 deep in one of its fields', `{"time":"2026-11-18T09:00:00Z","deep":${nested(5000)}}`],
    ['over 8 MB long', `{"a":"${'x'.repeat(8_000_000)}"}`],
    ['over 8 MB long, though of fewer characters', `{"a":"${'€'.repeat(2_700_000)}"}`],
    ['of over 100,000 lists', `[${'[],'.repeat(100_000)}0]`],
  ])('is a text that holds it, if it is %s', (_, text) => {
    const { row, json, repeatsName } = listed(text);

    expect(row === text && JSON.parse(json) === text && !repeatsName).toBe(true);
  });

  it.each([
    ['just below 8 MB', `{"a":"${'x'.repeat(7_999_992)}"}`],
    ['of 100,000 lists', `[${'[],'.repeat(99_998)}[]]`],
  ])('is what it says, if it is %s', (_, text) => {
    expect(listed(text).json === text && typeof listed(text).row === 'object').toBe(true);
  });

  it('keeps numbers as they are written only if there are not too many', () => {
    const [few, many] = [1000, 1001].map((count) =>
      listed(`[${Array(count).fill('2e0').join(',').replaceAll('2e0', '-0')}]`),
    );

    expect(JSON.stringify(few?.row)).toBe(few?.json);
    expect(many?.json.startsWith('[-0,-0,')).toBe(true);
    expect(JSON.stringify(many?.row)).toContain('[0,0,');
  });

  it('is refused if it is not JSON', () => {
    expect(() => listed('{"a":01}')).toThrow(SyntaxError);
  });
});

describe('a line of the raw log', () => {
  it('gives back the row that was written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const row = listed(JSON.stringify(value, undefined, 1));
        expect(lineToListedRow(row.json)).toEqual(row);
        expect(row).toEqual(toListedRow(JSON.parse(JSON.stringify(value))));
      }),
    );
  });

  it('gives back a row that is nested 100 deep', () => {
    expect(lineToListedRow(nested(100))).toEqual(listed(nested(100)));
  });

  it('gives back a row that is kept as text, at any length', () => {
    const row = listed(`{"a":"${'x'.repeat(8_000_000)}"}`);

    const read = lineToListedRow(row.json);

    expect(typeof read === 'object' && read.row === row.row && read.json === row.json).toBe(true);
  });

  it.each([
    ['{', 'is not JSON'],
    ['', 'is not JSON'],
    ['{} {}', 'is not JSON'],
    ['{"a":01}', 'is not JSON'],
    [nested(101), 'is nested over 100 deep'],
    [nested(100_000), 'is nested over 100 deep'],
  ])('that is damaged is refused with the reason: case %#', (line, problem) => {
    expect(lineToListedRow(line)).toBe(problem);
  });
});
