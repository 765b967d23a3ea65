import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  detached,
  hasLineBreak,
  measureJson,
  parseJson,
  skipBlanks,
  toJson,
  withoutBlanks,
  withoutLineBreaks,
} from '../../../shared/model/json-text.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The same figures from a parsed value. */
const nestingOf = (value: unknown): number =>
  isObject(value) ? 1 + Math.max(0, ...Object.values(value).map(nestingOf)) : 0;
const containersIn = (value: unknown): number =>
  isObject(value) ? Object.values(value).reduce((sum: number, inner) => sum + containersIn(inner), 1) : 0;
const namesIn = (value: unknown): number =>
  isObject(value)
    ? Object.values(value).reduce(
        (sum: number, inner) => sum + namesIn(inner),
        Array.isArray(value) ? 0 : Object.keys(value).length,
      )
    : 0;

describe('the extent of a JSON value', () => {
  it('is found for any value, at any position and with any white space', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5 }),
        fc.constantFrom('', ' ', '\t', '\n '),
        fc.constantFrom(',{"next":1}', ']', '}', ' ,', ''),
        (value, indent, behind) => {
          const text = JSON.stringify(value, undefined, indent);
          const extent = measureJson(`[7,${text}${behind}`, 3);

          expect(extent).toMatchObject({
            end: 3 + text.length,
            nesting: nestingOf(value),
            containers: containersIn(value),
            names: namesIn(value),
          });
          expect(extent?.hasBlanks).toBe(withoutBlanks(text) !== text);
        },
      ),
    );
  });

  it.each([
    ['"a"', 0],
    ['"1"', 0],
    ['0', 1],
    ['9', 1],
    ['-1', 1],
    ['1e-9', 2],
    ['1.5', 2],
    ['[1,22,-3]', 3],
    ['{"1":"2","a":true}', 0],
  ])('counts runs of digits outside of texts: %s', (text, digitRuns) => {
    expect(measureJson(text, 0)?.digitRuns).toBe(digitRuns);
  });

  it('counts a run of digits at the start of the value', () => {
    expect(measureJson('[7,1]', 3)?.digitRuns).toBe(1);
  });

  it.each([
    ['"a":1', 3],
    ['{}:', 2],
    ['[]0', 2],
    ['1,2', 1],
    ['12]', 2],
    ['true}', 4],
    ['null ', 4],
    ['3', 1],
  ])('ends where the value does: %s', (text, end) => {
    expect(measureJson(text, 0)?.end).toBe(end);
  });

  it.each(['{"a":"}"', '[[]', '"a\\"', '{"a":"b', ''])('is unknown if it does not end: %s', (text) => {
    expect(measureJson(text, 0)).toBeUndefined();
  });

  it.each(['"\\\\"', '"\\\\\\""', '"a\\\\\\\\"'])('ends at the right quote: %s', (text) => {
    expect(measureJson(`${text},"b"`, 0)?.end).toBe(text.length);
  });

  it('is found for 200,000 nested brackets, and for as many quotes and backslashes', () => {
    expect(measureJson('['.repeat(200_000) + ']'.repeat(200_000), 0)?.nesting).toBe(200_000);
    expect(measureJson(`"${'\\\\\\"'.repeat(200_000)}"`, 0)?.end).toBe(800_002);
  });
});

describe('white space before a token', () => {
  it.each([
    [' \t\r\n1', 0, 4],
    ['1 ', 0, 0],
    ['1  2', 1, 3],
    ['1 ', 1, 2],
  ])('is skipped: %j from %d', (text, start, index) => {
    expect(skipBlanks(text, start)).toBe(index);
  });
});

describe('a JSON text on one line', () => {
  it('is unchanged except for white space between tokens', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(withoutBlanks(JSON.stringify(value, undefined, '\t'))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('keeps numbers, blanks within strings, escapes and repeated names', () => {
    expect(withoutBlanks('{ "a" : 1.0 ,\r\n\t"a" : "b  \\n\\" c" , "d" : [ -0 , 1E+2 ] }')).toBe(
      '{"a":1.0,"a":"b  \\n\\" c","d":[-0,1E+2]}',
    );
  });

  it.each([
    ['"" ', '""'],
    ['1 "a ', '1"a '],
  ])('is unchanged within a string, empty or not ended: %j', (text, expected) => {
    expect(withoutBlanks(text)).toBe(expected);
  });

  it('has no character that a reader may treat as the end of a line', () => {
    expect(withoutLineBreaks('"a\u0085b\u2028c\u2029"')).toBe('"a\\u0085b\\u2028c\\u2029"');
    expect(toJson({ '\u2028': 'x' })).toBe('{"\\u2028":"x"}');
  });

  it.each([
    ['a', false],
    ['a\u0085', true],
    ['\u2028', true],
    ['\u2029b', true],
  ])('may be read as several lines: %j, %s', (text, expected) => {
    expect(hasLineBreak(text)).toBe(expected);
  });
});

it.each([
  ['{"a":1}', { a: 1 }],
  ['{', undefined],
])('the value of %s is undefined only if it is not JSON', (text, value) => {
  expect(parseJson(text)).toEqual(value);
});

it.each(['', 'a', 'üñ€😀', 'x'.repeat(1_000_001)])('a copied text is the same text', (text) => {
  expect(detached(`<${text}>`.slice(1, -1))).toBe(text);
});
