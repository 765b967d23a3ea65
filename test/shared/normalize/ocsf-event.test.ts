import { describe, expect, it } from '@jest/globals';
import { OcsfEventSchema } from '../../../shared/normalize/ocsf-event.ts';
import { anActivity, anOperation, ocsfOf, type Row } from './rows.ts';

const SIGN_IN = ocsfOf('activity', anActivity());
const GROUP_CHANGE = ocsfOf(
  'operation',
  anOperation({ category_type: 'User Group', operation_detail: 'Edit Group Blue  - Chat: from On to Off' }),
);
const ROLE_CHANGE = ocsfOf(
  'operation',
  anOperation({ operation_detail: 'Change Role  - ann@acme.test: from Member to Admin' }),
);
const NEW_GROUP = ocsfOf(
  'operation',
  anOperation({ category_type: 'User Group', action: 'Add', operation_detail: 'Add Group Blue' }),
);
const NEW_USER = ocsfOf('operation', anOperation({ action: 'Add', operation_detail: 'Add User Ann' }));

const problemsOf = (event: unknown): string[] =>
  OcsfEventSchema.safeParse(event).error?.issues.map(
    ({ path, message, code }) => `${path.join('.')}: ${code === 'custom' ? message : 'wrong'}`,
  ) ?? [];

const without = (event: Row, name: string): Row =>
  Object.fromEntries(Object.entries(event).filter(([known]) => known !== name));

describe('the schema of an OCSF event', () => {
  it.each([
    ['a sign-in', SIGN_IN],
    ['a sign-in without a type', ocsfOf('activity', anActivity({ type: undefined }))],
    [
      'a failed sign-in from a tablet',
      ocsfOf('activity', anActivity({ type: 'Sign in failed', client_type: 'iPad' })),
    ],
    ...['win', 'linux', 'android', 'mac', 'iPhone', 'iPad'].map(
      (client_type) =>
        [`a sign-in from ${client_type}`, ocsfOf('activity', anActivity({ client_type }))] as const,
    ),
    ['a sign-in from a phone', ocsfOf('activity', anActivity({ client_type: 'iPhone' }))],
    ['a sign-in from an unknown place', ocsfOf('activity', anActivity({ ip_address: undefined }))],
    ['a change of a group', GROUP_CHANGE],
    ['a change of a role', ROLE_CHANGE],
    ['a new group', NEW_GROUP],
    ['a new user', NEW_USER],
    [
      'a row without a category',
      ocsfOf('operation', anOperation({ category_type: undefined, action: 'Add' })),
    ],
    ['a change of a user', ocsfOf('operation', anOperation())],
    ['another category', ocsfOf('operation', anOperation({ category_type: 'Billing' }))],
    ['an event of 1.1.0', ocsfOf('operation', anOperation(), '1.1.0')],
  ])('takes %s', (_, event) => {
    expect(problemsOf(event)).toEqual([]);
  });

  it.each(
    [
      'category_uid',
      'category_name',
      'class_uid',
      'class_name',
      'activity_id',
      'type_uid',
      'type_name',
    ].concat([
      'severity_id',
      'severity',
      'status_id',
      'status',
      'time',
      'time_dt',
      'timezone_offset',
      'metadata',
    ]),
  )('demands %s', (name) => {
    expect(problemsOf(without(SIGN_IN, name))).toContainEqual(
      expect.stringMatching(new RegExp(`^${name}: `)),
    );
  });

  it.each([
    'version',
    'uid',
    'profiles',
    'product',
    'log_provider',
    'log_name',
    'original_time',
    'logged_time',
    'tenant_uid',
    'labels',
  ])('demands metadata.%s', (name) => {
    const event = { ...SIGN_IN, metadata: without(SIGN_IN.metadata, name) };

    expect(problemsOf(event)).toEqual([`metadata.${name}: wrong`]);
  });

  it.each<[string, Row]>([
    ['category_uid', { category_uid: 4 }],
    ['category_name', { category_name: 'Findings' }],
    ['class_uid', { class_uid: 3003 }],
    ['class_name', { class_name: '' }],
    ['activity_name', { activity_name: '' }],
    ['type_name', { type_name: '' }],
    ['severity_id', { severity_id: 2 }],
    ['severity', { severity: '' }],
    ['status_id', { status_id: 3 }],
    ['status', { status: '' }],
    ['time_dt', { time_dt: '2026-03-04T05:06:07Z' }],
    ['timezone_offset', { timezone_offset: 60 }],
    ['message', { message: '' }],
    ['raw_data', { raw_data: '' }],
    ['', { mood: 'good' }],
    ['is_remote', { is_remote: false }],
    ['observables', { observables: [] }],
    ['observables.0.name', { observables: [{ name: '', type_id: 2, type: 'IP Address', value: '::1' }] }],
    ['observables.0.value', { observables: [{ name: 'a', type_id: 2, type: 'IP Address', value: '' }] }],
    ['observables.0', { observables: [{ name: 'a', type_id: 2, type: 'Email Address', value: 'a@b.test' }] }],
    ['observables.0', { observables: [{ name: 'a', type_id: 5, type: 'IP Address', value: '::1' }] }],
    [
      'observables.0.name',
      { observables: [{ name: '', type_id: 5, type: 'Email Address', value: 'a@b.test' }] },
    ],
    ['observables.0', { observables: [{}] }],
    ['service', { service: { name: 'Zoom', version: '1' } }],
    ['service.name', { service: { name: 'Teams' } }],
    ['user.name', { user: { name: '' } }],
    ['user.email_addr', { user: { name: 'ann', email_addr: '' } }],
    ['user', { user: { name: 'ann', age: 7 } }],
    ['actor', { actor: { user: { name: 'ann' }, age: 7 } }],
    ['actor.user', { actor: {} }],
    ['src_endpoint.ip', { src_endpoint: { ip: '' } }],
    ['src_endpoint.type_id', { src_endpoint: { ip: '::1', type_id: 1 } }],
    ['src_endpoint.type', { src_endpoint: { ip: '::1', type: '' } }],
    ['src_endpoint', { src_endpoint: { ip: '::1', port: 1 } }],
    ['metadata', { metadata: { ...SIGN_IN.metadata, mood: 'good' } }],
    ['metadata.uid', { metadata: { ...SIGN_IN.metadata, uid: '' } }],
    ['metadata.event_code', { metadata: { ...SIGN_IN.metadata, event_code: '' } }],
    ['metadata.profiles', { metadata: { ...SIGN_IN.metadata, profiles: [] } }],
    ['metadata.profiles.0', { metadata: { ...SIGN_IN.metadata, profiles: [''] } }],
    ['metadata.labels', { metadata: { ...SIGN_IN.metadata, labels: [] } }],
    ['metadata.version', { metadata: { ...SIGN_IN.metadata, version: '1.0.0' } }],
    [
      'metadata.product',
      { metadata: { ...SIGN_IN.metadata, product: { ...SIGN_IN.metadata.product, x: 1 } } },
    ],
    [
      'metadata.product.name',
      { metadata: { ...SIGN_IN.metadata, product: { ...SIGN_IN.metadata.product, name: 'x' } } },
    ],
    [
      'metadata.product.vendor_name',
      { metadata: { ...SIGN_IN.metadata, product: { ...SIGN_IN.metadata.product, vendor_name: 'x' } } },
    ],
    [
      'metadata.product.feature.name',
      { metadata: { ...SIGN_IN.metadata, product: { ...SIGN_IN.metadata.product, feature: { name: '' } } } },
    ],
    [
      'metadata.product.feature',
      {
        metadata: {
          ...SIGN_IN.metadata,
          product: { ...SIGN_IN.metadata.product, feature: { name: 'a', x: 1 } },
        },
      },
    ],
  ])('refuses a wrong %s: %j', (place, fields) => {
    expect(problemsOf({ ...SIGN_IN, ...fields })).toEqual([`${place}: wrong`]);
  });

  it.each<[string, Row]>([
    ['entity.type', { type: '' }],
    ['entity.type_id', { type_id: 1 }],
    ['entity.name', { name: '' }],
    ['entity.group.name', { group: { name: '' } }],
    ['entity.group', { group: { name: 'Blue', size: 7 } }],
    ['entity.data', { data: { settings: [{ name: 'a', value: 'b' }], more: 1 } }],
    ['entity.data.settings', { data: { settings: [] } }],
    ['entity.data.settings.0.name', { data: { settings: [{ name: '', value: 'b' }] } }],
    ['entity.data.settings.0.value', { data: { settings: [{ name: 'a', value: '' }] } }],
    ['entity.data.settings.0', { data: { settings: [{ name: 'a', value: 'b', more: 1 }] } }],
    ['entity', { mood: 'good' }],
  ])('refuses a wrong %s: %j', (place, fields) => {
    expect(problemsOf({ ...GROUP_CHANGE, entity: { ...GROUP_CHANGE.entity, ...fields } })).toEqual([
      `${place}: wrong`,
    ]);
  });

  it('refuses no or empty privileges, and a group without a name', () => {
    expect(problemsOf({ ...ROLE_CHANGE, privileges: [] })).toEqual(['privileges: wrong']);
    expect(problemsOf({ ...ROLE_CHANGE, privileges: [''] })).toEqual(['privileges.0: wrong']);
    expect(problemsOf({ ...NEW_GROUP, group: {} })).toEqual(['group.name: wrong']);
  });

  it.each<[string, Row, string[]]>([
    ['3001', NEW_USER, ['user']],
    ['3002', SIGN_IN, ['user', 'service', 'is_remote']],
    ['3004', GROUP_CHANGE, ['entity']],
    ['3005', ROLE_CHANGE, ['user', 'privileges']],
    ['3006', NEW_GROUP, ['group']],
  ])('demands of class %s what it must have', (uid, event, names) => {
    for (const name of names) {
      expect(problemsOf(without(event, name))).toEqual([`${name}: class ${uid} lacks "${name}"`]);
    }
  });

  it('refuses what a class does not have', () => {
    const everything = {
      user: SIGN_IN.user,
      service: SIGN_IN.service,
      is_remote: SIGN_IN.is_remote,
      src_endpoint: SIGN_IN.src_endpoint,
      entity: GROUP_CHANGE.entity,
      entity_result: GROUP_CHANGE.entity_result,
      privileges: ROLE_CHANGE.privileges,
      group: NEW_GROUP.group,
    };
    const surplusOf = (event: Row): string[] =>
      problemsOf({ ...event, ...everything }).map((problem) => problem.replace(/^.*: class /, ''));

    expect(surplusOf(SIGN_IN)).toEqual([
      '3002 has no "entity"',
      '3002 has no "entity_result"',
      '3002 has no "privileges"',
      '3002 has no "group"',
    ]);
    expect(surplusOf(GROUP_CHANGE)).toEqual([
      '3004 has no "user"',
      '3004 has no "service"',
      '3004 has no "is_remote"',
      '3004 has no "src_endpoint"',
      '3004 has no "privileges"',
      '3004 has no "group"',
    ]);
    expect(surplusOf(NEW_USER)).toHaveLength(7);
    expect(surplusOf(ROLE_CHANGE)).toHaveLength(6);
    expect(surplusOf(NEW_GROUP)).toHaveLength(6);
  });

  it('demands the mapping version of this release', () => {
    expect(problemsOf({ ...SIGN_IN, unmapped: { mapping_version: 1 } })).toEqual([
      'unmapped: names another mapping_version',
    ]);
  });

  it('demands that its type is class and activity, and its two times are one', () => {
    expect(problemsOf({ ...SIGN_IN, type_uid: 300202 })).toEqual([
      'type_uid: type_uid is not class and activity',
    ]);
    expect(problemsOf({ ...SIGN_IN, time: SIGN_IN.time + 1 })).toEqual(['time_dt: time_dt is not time']);
  });
});
