import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutText, wellFormed, wellFormedJson } from '../../../shared/model/well-formed.ts';

const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0xd800, max: 0xdfff }), fc.integer({ min: 0, max: 0xffff })), {
    maxLength: 6,
  })
  .map((units) => String.fromCharCode(...units));
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    anyText,
    fc.integer(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.array(fc.tuple(anyText, tie('value'))).map((entries) => Object.fromEntries(entries) as unknown),
  ),
})).value;

const countFields = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, item) => sum + 1 + countFields(item), 0)
    : 0;

describe('a well-formed value', () => {
  it.each([
    ['\ud83c', '\ufffd'],
    ['a\udf89b', 'a\ufffdb'],
    ['\udf89\ud83c', '\ufffd\ufffd'],
    [{ a: ['\ud83c', { b: 'x\ud800' }] }, { a: ['\ufffd', { b: 'x\ufffd' }] }],
    [{ 'n\ud83c': 1 }, { 'n\ufffd': 1 }],
  ])('has U+FFFD for half a surrogate pair: %j', (value, expected) => {
    expect(wellFormed<unknown>(value)).toEqual(expected);
  });

  it.each([['🎉'], [{ '🎉': ['🎉', 1, null, true] }], [null], [7]])('is unchanged: %j', (value) => {
    expect(wellFormed<unknown>(value)).toBe(value);
  });

  it('keeps each of several fields whose names become one', () => {
    const fields = { 'n\ud83c': 1, 'n\ufffd': 2, 'n\ud83d': 3, 'n\udc00': 4, 'n\ufffd2': 5 };

    expect(wellFormed(fields)).toEqual({
      'n\ufffd3': 1,
      'n\ufffd': 2,
      'n\ufffd4': 3,
      'n\ufffd5': 4,
      'n\ufffd2': 5,
    });
  });

  it('has as many fields as before, all well-formed, and a field called __proto__ stays one', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const after = wellFormed(value);
        expect(JSON.stringify(after)).not.toMatch(/\\ud[89a-f]/);
        expect(countFields(after)).toBe(countFields(value));
      }),
    );
    const proto = JSON.parse('{"__proto__":"\\ud83c"}') as object;
    expect(Object.getOwnPropertyDescriptor(wellFormed(proto), '__proto__')?.value).toBe('\ufffd');
  });

  it('may be nested deeper than a call stack is', () => {
    let deep: unknown = 'x';
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];

    expect(wellFormed(deep)).toBe(deep);
  });
});

describe('well-formed JSON text', () => {
  it.each([
    [String.raw`"a\ud83c"`, '"a\ufffd"'],
    [String.raw`"\uD83C"`, '"\ufffd"'],
    [String.raw`{"\udf89":"\ud83c\udf89"}`, String.raw`{"${'\ufffd'}":"\ud83c\udf89"}`],
    [String.raw`"\\ud83c"`, String.raw`"\\ud83c"`],
    [String.raw`"\\\ud83c"`, `"\\\\\ufffd"`],
    [String.raw`"\ud83c\\udf89"`, String.raw`"${'\ufffd'}\\udf89"`],
    ['1e400', '1e400'],
  ])('is unchanged: %s', (json, expected) => {
    expect(wellFormedJson(json)).toBe(expected);
  });

  it('parses to well-formed texts', () => {
    fc.assert(
      fc.property(fc.array(anyText), (texts) => {
        expect(JSON.parse(wellFormedJson(JSON.stringify(texts)))).toEqual(wellFormed(texts));
      }),
    );
  });
});

it.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'abc'],
  ['ab🎉', 3, 'ab'],
  ['a🎉b', 3, 'a🎉'],
  ['\ud83cab', 2, '\ufffda'],
  ['a\ud83c', 2, 'a\ufffd'],
])('%j, cut after %d units, is %j', (text, longest, expected) => {
  expect(cutText(text, longest)).toBe(expected);
});
