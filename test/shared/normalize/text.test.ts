import { expect, it } from '@jest/globals';
import { snakeCased, textOf } from '../../../shared/normalize/text.ts';

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

it.each([
  ['Zoom Rooms', 'zoom_rooms'],
  [' Phone  Contacts ', 'phone_contacts'],
  ['A/B (beta) 2', 'a_b_beta_2'],
  ['通話', '通話'],
  ['--', 'unknown'],
  ['', 'unknown'],
])('the display name %j is %j as a part of a name of ours', (text, expected) => {
  expect(snakeCased(text)).toBe(expected);
});
