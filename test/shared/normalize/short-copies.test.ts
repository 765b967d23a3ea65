import { expect, it } from '@jest/globals';
import type { FlatEvent, OcsfEvent } from '../../../shared/normalize/index.ts';
import { withShortCopies } from '../../../shared/normalize/short-copies.ts';
import { anActivity, anOperation, flatOf, ocsfOf } from './rows.ts';

const LONG = 'x'.repeat(30);
const SHORT = 'x'.repeat(10);
const short = (event: FlatEvent | OcsfEvent, fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(withShortCopies({ ...event, ...fields }, 10)));

const flat = flatOf('operation', anOperation());
const ocsf = ocsfOf('operation', anOperation());
const signIn = ocsfOf('activity', anActivity());

it.each([
  'category',
  'target_name',
  'target_emails',
  'any_emails',
  'any_ip_addresses',
  'any_usernames',
  'any_domain_names',
])('the field %s of a flat event is shortened', (name) => {
  expect(short(flat, { [name]: LONG })[name]).toBe(SHORT);
});

it.each(['operation_detail', 'actor_name', 'event_id', 'account_id', 'note', ''])(
  'the field %j of a flat event is kept',
  (name) => {
    expect(short(flat, { [name]: LONG })[name]).toBe(LONG);
  },
);

it.each([
  'activity_name',
  'message',
  'metadata',
  'entity',
  'group',
  'privileges',
  'unmapped',
  'observables',
  'user',
])('the field %s of an OCSF event is shortened', (name) => {
  expect(short(ocsf, { [name]: { text: LONG } })[name]).toEqual({ text: SHORT });
});

it('the actor and the raw data of an OCSF event are kept', () => {
  const kept = { actor: { user: { name: LONG } }, raw_data: LONG, '': LONG };

  expect(short(ocsf, kept)).toMatchObject(kept);
});

it('the user of a sign-in is kept, because that is its actor', () => {
  expect(short(signIn, { user: { name: LONG } })['user']).toEqual({ name: LONG });
});

it.each(['uid', 'tenant_uid', 'original_time', 'raw_data'])('a %s is kept whole', (name) => {
  expect(short(ocsf, { metadata: { [name]: LONG, title: LONG } })['metadata']).toEqual({
    [name]: LONG,
    title: SHORT,
  });
});

it.each<[unknown[], unknown[]]>([
  [
    ['12345', '67890'],
    ['12345', '67890'],
  ],
  [
    ['12345', '67890', '1'],
    ['12345', '67890'],
  ],
  [[LONG, 'a'], [SHORT]],
  [[], []],
  [Array.from({ length: 12 }, () => 1), Array.from({ length: 10 }, () => 1)],
  [
    [{ a: LONG }, null, true],
    [{ a: SHORT }, null, true],
  ],
])('the list %j is shortened to %j', (list, expected) => {
  expect(short(flat, { any_emails: list })['any_emails']).toEqual(expected);
});
