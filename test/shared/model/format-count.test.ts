import { expect, it } from '@jest/globals';
import { plural } from '../../../shared/model/format-count.ts';

it.each([
  [0, '0 rows'],
  [1, '1 row'],
  [2, '2 rows'],
  [1234, '1,234 rows'],
])('%i is written as %s', (count, text) => {
  expect(plural(count, 'row')).toBe(text);
});
