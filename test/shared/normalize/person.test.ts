import { expect, it } from '@jest/globals';
import { OCSF_DIALECTS } from '../../../shared/normalize/ocsf-dialect.ts';
import { personToUser, textToPerson } from '../../../shared/normalize/person.ts';

it.each([
  ['ann@acme.test', { name: 'ann@acme.test', email: 'ann@acme.test' }],
  ['Ann@acme.test, Bob', { name: 'Ann@acme.test, Bob' }],
  ['Night Job', { name: 'Night Job' }],
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
