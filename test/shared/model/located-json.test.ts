import { describe, expect, it } from '@jest/globals';
import { type JsonPath, parseLocatedJson } from '../../../shared/model/located-json.ts';

const TEXT = `{
  "stack": "a",
  "sources": [
    { "name": "acme" },
    { "name": "globex",
      "auth": "oauth" }
  ]
}`;

describe('a JSON document', () => {
  it.each<[JsonPath, number]>([
    [[], 1],
    [['stack'], 2],
    [['sources', 0], 4],
    [['sources', 1, 'auth'], 6],
    [['sources', 1, 'host'], 5],
    [['sources', 7, 'host'], 3],
    [['elsewhere'], 1],
  ])('knows in which line %j stands, or what is around it', (path, line) => {
    const json = parseLocatedJson(TEXT);

    expect('lineOf' in json && json.lineOf(path)).toBe(line);
  });

  const nested = (depth: number, [open, close]: readonly [string, string]): string =>
    open.repeat(depth) + '0' + close.repeat(depth);

  it.each([
    ['lists', ['[', ']']],
    ['objects', ['{"a":', '}']],
    ['both by turns', ['[{"a":', '}]']],
  ] as const)('may nest a thousand levels deep and no deeper: %s', (_, brackets) => {
    const levels = brackets[0] === '[{"a":' ? 500 : 1000;

    expect(parseLocatedJson(nested(levels, brackets))).toHaveProperty('value');
    expect(parseLocatedJson(nested(levels + 1, brackets))).toEqual({
      line: 1,
      column: 1,
      message: 'nests too deeply',
    });
  });

  it('may have any number of values', () => {
    const many = `[${Array<string>(1500).fill('[],{}').join()}]`;

    expect(parseLocatedJson(many)).toHaveProperty('value.length', 3000);
  });

  it('has the value of its text', () => {
    expect(parseLocatedJson('{"a": [1, null]}')).toMatchObject({ value: { a: [1, null] } });
  });

  it.each([
    ['{"a": 1, "a": 2}', { line: 1, column: 10, message: 'has "a" a second time' }],
    ['{"x": {"b": 1, "b": 2}}', { line: 1, column: 16, message: 'has "b" a second time' }],
    ['[{"a": 1},\n{"b": 1, "b": 2}]', { line: 2, column: 10, message: 'has "b" a second time' }],
    ['[1, [2, {"c": 1, "d": {}, "c": 2}]]', { line: 1, column: 27, message: 'has "c" a second time' }],
  ])('with a key that stands twice, however deep, is none: %s', (text, problem) => {
    expect(parseLocatedJson(text)).toEqual(problem);
  });

  it('may have one key in each of many objects', () => {
    expect(parseLocatedJson('[{"a": 1}, {"a": {"a": 2}}]')).toHaveProperty('value');
  });
});
