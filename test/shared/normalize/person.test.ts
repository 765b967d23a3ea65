import { expect, it } from '@jest/globals';
import { OCSF_DIALECTS } from '../../../shared/normalize/ocsf-dialect.ts';
import { listedAddresses, personToUser, textToPerson } from '../../../shared/normalize/person.ts';

it.each([
  ['ann@acme.test', { name: 'ann@acme.test', email: 'ann@acme.test' }],
  ['Ann@acme.test, Bob', { name: 'Ann@acme.test, Bob' }],
  ['Night Job', { name: 'Night Job' }],
  ['Ann <Ann@acme.test>', { name: 'Ann <Ann@acme.test>', email: 'ann@acme.test' }],
  ['A <b> < Ann@acme.test >', { name: 'A <b> < Ann@acme.test >', email: 'ann@acme.test' }],
  ['Ann <Ann@acme.test> x', { name: 'Ann <Ann@acme.test> x' }],
  ['Ann <Ann@acme.testx', { name: 'Ann <Ann@acme.testx' }],
  ['Ann <Ann>', { name: 'Ann <Ann>' }],
])('the person behind %j has a name, and an address if the text is one', (text, person) => {
  expect(textToPerson(text)).toStrictEqual(person);
});

it.each([
  ['ann@acme.test', 'ann@acme.test', 'ann@acme.test'],
  ['a%b@acme.test', 'a%b@acme.test', undefined],
  ['Ann Lee', undefined, undefined],
])('a person is a user of that name, with an address if the release takes it: %s', (name, ...addresses) => {
  const users = (['1.8.0', '1.1.0'] as const).map((version) =>
    personToUser(textToPerson(name), OCSF_DIALECTS[version]),
  );

  expect(users).toStrictEqual(
    addresses.map((email_addr) => (email_addr === undefined ? { name } : { name, email_addr })),
  );
});

it.each([
  ['A@x.test', ['a@x.test']],
  [
    'a@x.test, b@x.test;c@x.test\nd@x.test - e@x.test',
    ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@x.test`),
  ],
  ['a@x.test,, A@x.test,', ['a@x.test']],
  ['Ann <a@x.test>, b@x.test', ['a@x.test', 'b@x.test']],
  ['a@x.test, Bob', undefined],
  ['Bob, a@x.test', undefined],
  ['a@x.test b@x.test', undefined],
  ['Ann', undefined],
  ['@', undefined],
  ['', undefined],
])('the addresses that %j lists are %j', (text, addresses) => {
  expect(listedAddresses(text)).toEqual(addresses);
});
