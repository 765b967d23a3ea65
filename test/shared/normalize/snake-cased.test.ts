import { expect, it } from '@jest/globals';
import { snakeCased } from '../../../shared/normalize/snake-cased.ts';

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
