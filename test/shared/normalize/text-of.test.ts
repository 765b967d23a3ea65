import { expect, it } from '@jest/globals';
import { textOf } from '../../../shared/normalize/text-of.ts';

it.each([
  ['ann', 'ann'],
  [' Ann Lee\n', 'Ann Lee'],
  ['', undefined],
  [' \t', undefined],
  [undefined, undefined],
  [null, undefined],
  [7, undefined],
  [['ann'], undefined],
])('the text of %j is %j', (value, expected) => {
  expect(textOf(value)).toBe(expected);
});
