import fc from 'fast-check';
import { detailText } from './detail-texts.ts';

const time = fc
  .date({ min: new Date('2012-01-01T00:00:00Z'), max: new Date('2090-01-01T00:00:00Z'), noInvalidDate: true })
  .chain((date) =>
    fc.constantFrom(
      date.toISOString(),
      date.toISOString().slice(0, 19),
      `${date.toISOString().slice(0, 19)}Z`,
      ` ${date.toISOString().slice(0, 10)} ${date.toISOString().slice(11, 19)}+05:30 `,
    ),
  );

/** Texts with halves of surrogate pairs, which JSON can carry and strict readers refuse. */
const halves = fc
  .array(fc.oneof(fc.constantFrom('a', ' - ', '  - ', '🎉'), fc.integer({ min: 0xd800, max: 0xdfff })), {
    maxLength: 5,
  })
  .map((parts) =>
    parts.map((part) => (typeof part === 'number' ? String.fromCharCode(part) : part)).join(''),
  );

const often = (...texts: string[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...texts, '', ' ') },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
    { weight: 1, arbitrary: halves },
    { weight: 1, arbitrary: fc.jsonValue() },
  );

const documented = fc.record(
  {
    operator: often('it@acme.test', 'Night Job', 'a%b@acme.test', ' ann@acme.test '),
    category_type: often(
      'User',
      'user',
      'User Group',
      'Role',
      'Account',
      'Zoom Rooms',
      'Billing',
      'SSO',
      'Recording',
      'user_group',
    ),
    action: often(
      'Add',
      'Update',
      'Delete',
      'Batch Update',
      'SCIM API - Add',
      'View',
      'Subscribe',
      'Unlock',
      'Enable',
      'Suspend',
    ),
    operation_detail: fc.oneof(detailText, fc.jsonValue()),
    email: often('ann@acme.test', 'a!b@acme.test', 'Ann Lee'),
    type: often('Sign in', 'Sign out', 'Sign in failed', 'sign in', 'Token renewed'),
    ip_address: often(
      '198.51.100.7',
      '::1',
      'fe80::1%eth0',
      '0000:0000:0000:0000:0000:ffff:255.255.255.255',
      '-',
    ),
    client_type: often('Browser', 'iPad', 'ANDROID', 'mac'),
    version: often('5.17', '-'),
  },
  { requiredKeys: [] },
);

const unknown = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      'source',
      'dt',
      'class',
      'Time',
      'event_id',
      'Event_Id',
      'account_id',
      'mapping_version',
      'detail.status',
      'detail',
      'any_emails',
      'p_x',
      '_row',
    ),
    fc.constantFrom(
      '_connector',
      '__proto__',
      'constructor',
      'newField',
      'NEWFIELD',
      'class_uid',
      'verb',
      'area',
    ),
    fc.string({ maxLength: 8 }),
    halves,
  ),
  fc.oneof(fc.jsonValue(), halves),
  { maxKeys: 5 },
);

/** Any JSON object that has a readable time: mostly one that comes near a row of either stream. */
export const anyRow: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(unknown, documented, time)
  .map(([others, fields, at]) => ({ ...others, ...fields, time: at }));
