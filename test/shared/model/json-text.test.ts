import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  detached,
  measureJson,
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
    ['-1', 1],
    ['1.5', 2],
    ['[1,22,-3]', 3],
    ['{"1":"2","a":true}', 0],
  ])('counts runs of digits outside of texts: %s', (text, digitRuns) => {
    expect(measureJson(text, 0)?.digitRuns).toBe(digitRuns);
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

  it('has no character that a reader may treat as the end of a line', () => {
    expect(withoutLineBreaks('"a\u0085b\u2028c\u2029"')).toBe('"a\\u0085b\\u2028c\\u2029"');
    expect(toJson({ '\u2028': 'x' })).toBe('{"\\u2028":"x"}');
  });
});

it.each(['', 'a', 'üñ€😀', 'x'.repeat(1_000_001)])('a copied text is the same text', (text) => {
  expect(detached(`<${text}>`.slice(1, -1))).toBe(text);
});
