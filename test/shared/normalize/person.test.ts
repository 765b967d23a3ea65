import { expect, it } from '@jest/globals';
import { textToPerson } from '../../../shared/normalize/person.ts';

it.each([
  ['ann@acme.test', { name: 'ann@acme.test', email: 'ann@acme.test' }],
  ['Ann@acme.test, Bob', { name: 'Ann@acme.test, Bob' }],
  ['Night Job', { name: 'Night Job' }],
])('the person behind %j has a name, and an address if the text is one', (text, person) => {
  expect(textToPerson(text)).toStrictEqual(person);
});
