import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isNumberText, parseKeepingNumbers, withPlainNumbers } from '../../../shared/model/json-numbers.ts';

/** How a number counts for identity, as JSON. */
const counted = (text: string): string => JSON.stringify(withPlainNumbers(parseKeepingNumbers(text)));

describe('numbers of a parsed text', () => {
  it.each([
    '12345678901234567890',
    '1.0',
    '-0',
    '1e400',
    '1E2',
    '{"a":[1.50,{"b":-0.0,"__proto__":9007199254740993}]}',
    '[1,"1.0",null,true,2.5]',
    '"1.0"',
  ])('are written again as they were: %s', (text) => {
    expect(JSON.stringify(parseKeepingNumbers(text))).toBe(text);
  });

  it('are plain numbers where JavaScript writes them so', () => {
    expect(parseKeepingNumbers('{"a":[1,2.5,-3],"b":"\\u0041"}')).toEqual({ a: [1, 2.5, -3], b: 'A' });
    expect(isNumberText(parseKeepingNumbers('1.0') as object)).toBe(true);
    expect([{}, [], Object.create(null) as object].some(isNumberText)).toBe(false);
  });

  it('are refused where JSON.parse refuses them', () => {
    expect(() => parseKeepingNumbers('{"a":01}')).toThrow(SyntaxError);
  });
});

describe('a number in a row’s identity', () => {
  it.each([
    ['1.0', '1'],
    ['-0', '0'],
    ['0.000e7', '0'],
    ['1E2', '100'],
    ['10e-1', '1'],
    ['0.10', '0.1'],
    ['1e-3', '0.001'],
    ['9007199254740993', '9007199254740993'],
    ['12345678901234567890', '12345678901234567890'],
    ['12345678901234567000', '12345678901234567000'],
    ['1e400', '1e400'],
    ['1e-400', '1e-400'],
    ['0.1000000000000000055', '0.1000000000000000055'],
    [`1.${'0'.repeat(398)}`, '1'],
    [`1.${'0'.repeat(399)}`, `1.${'0'.repeat(399)}`],
    ['{"a":[1.0,"1.0",null,9007199254740993]}', '{"a":[1,"1.0",null,9007199254740993]}'],
  ])('%s counts as %s', (text, expected) => {
    expect(counted(text)).toBe(expected);
  });

  it('is the same however the same double is written', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        for (const text of [String(value), value.toExponential(), value.toExponential().replace('e+', 'E')]) {
          expect(counted(text)).toBe(JSON.stringify(value));
        }
      }),
    );
  });

  it('is found quickly for a number of millions of digits', () => {
    const text = `1${'0'.repeat(3_000_000)}1e${'9'.repeat(3_000_000)}`;

    expect(counted(text)).toBe(text);
  });
});
