import { instantOf } from '../../../shared/model/instant.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { STREAM_NAMES, type StreamName } from '../../../shared/model/stream.ts';
import { wellFormed } from '../../../shared/model/well-formed.ts';
import {
  MAPPING_VERSION,
  OCSF_VERSIONS,
  parsedRowToOcsf,
  type OcsfEvent,
  type OcsfVersion,
} from '../../../shared/normalize/index.ts';
import { ocsfProblems } from '../../support/ocsf-schema.ts';
import { describeWithReference } from '../../support/reference.ts';
import { anyRow } from './any-row.ts';
import { anActivity, anOperation, ocsfOf, PROVENANCE, parsedRowOf, type Row } from './rows.ts';

const operation = (category_type: unknown, action: unknown, operation_detail: unknown) =>
  ['operation', anOperation({ category_type, action, operation_detail })] as const;
const activity = (type: unknown) => ['activity', anActivity({ type })] as const;

describe('an OCSF event', () => {
  it('is a whole sign-in', () => {
    const row = anActivity();

    expect(ocsfOf('activity', row)).toStrictEqual({
      category_uid: 3,
      category_name: 'Identity & Access Management',
      class_uid: 3002,
      class_name: 'Authentication',
      activity_id: 1,
      activity_name: 'Logon',
      type_uid: 300201,
      type_name: 'Authentication: Logon',
      severity_id: 1,
      severity: 'Informational',
      status_id: 1,
      status: 'Success',
      time: 1772600767000,
      time_dt: '2026-03-04T05:06:07.000Z',
      timezone_offset: 0,
      metadata: {
        version: '1.8.0',
        uid: PROVENANCE.eventId,
        profiles: ['datetime'],
        product: { vendor_name: 'Zoom', name: 'Zoom', feature: { name: 'Sign In/Sign Out' } },
        log_provider: 'Zoom Reports API',
        log_name: 'activity_logs',
        event_code: 'Sign in',
        original_time: '2026-03-04T05:06:07Z',
        logged_time: 1772601600000,
        tenant_uid: PROVENANCE.accountId,
        labels: ['area:sign_in'],
      },
      actor: { user: { name: 'ann@acme.test', email_addr: 'ann@acme.test' } },
      user: { name: 'ann@acme.test', email_addr: 'ann@acme.test' },
      service: { name: 'Zoom' },
      is_remote: true,
      src_endpoint: { ip: '198.51.100.7', type_id: 8, type: 'Browser' },
      message: 'Sign in',
      raw_data: JSON.stringify(row),
      unmapped: { mapping_version: MAPPING_VERSION, client_type: 'Browser', version: '-' },
      observables: [
        { name: 'src_endpoint.ip', type_id: 2, type: 'IP Address', value: '198.51.100.7' },
        { name: 'actor.user.email_addr', type_id: 5, type: 'Email Address', value: 'ann@acme.test' },
        { name: 'user.email_addr', type_id: 5, type: 'Email Address', value: 'ann@acme.test' },
      ],
    });
  });

  it('is a whole change of a group', () => {
    const row = anOperation({
      operator: 'Night Job',
      category_type: 'User Group',
      operation_detail: 'Edit Group Blue  - Chat: from On to Off ',
    });

    expect(ocsfOf('operation', row)).toStrictEqual({
      category_uid: 3,
      category_name: 'Identity & Access Management',
      class_uid: 3004,
      class_name: 'Entity Management',
      activity_id: 3,
      activity_name: 'Update',
      type_uid: 300403,
      type_name: 'Entity Management: Update',
      severity_id: 1,
      severity: 'Informational',
      status_id: 1,
      status: 'Success',
      time: 1772600767000,
      time_dt: '2026-03-04T05:06:07.000Z',
      timezone_offset: 0,
      metadata: {
        version: '1.8.0',
        uid: PROVENANCE.eventId,
        profiles: ['datetime'],
        product: { vendor_name: 'Zoom', name: 'Zoom', feature: { name: 'Admin Activity Logs' } },
        log_provider: 'Zoom Reports API',
        log_name: 'operation_logs',
        event_code: 'User Group/Update',
        original_time: '2026-03-04T05:06:07Z',
        logged_time: 1772601600000,
        tenant_uid: PROVENANCE.accountId,
        labels: ['area:group_settings', 'control:chat'],
      },
      actor: { user: { name: 'Night Job' } },
      entity: {
        type: 'Group',
        type_id: 3,
        name: 'Blue',
        group: { name: 'Blue' },
        data: { settings: [{ name: 'Chat', value: 'On' }] },
      },
      entity_result: {
        type: 'Group',
        type_id: 3,
        name: 'Blue',
        group: { name: 'Blue' },
        data: { settings: [{ name: 'Chat', value: 'Off' }] },
      },
      message: 'Edit Group Blue  - Chat: from On to Off',
      raw_data: JSON.stringify(row),
      unmapped: {
        mapping_version: MAPPING_VERSION,
        category_type: 'User Group',
        action: 'Update',
        detail: {
          status: 'full',
          verb: 'Edit',
          target: { type: 'group', name: 'Blue' },
          changes: [
            {
              setting: 'Chat',
              kind: 'change',
              old_value: 'On',
              new_value: 'Off',
              control: 'chat',
              direction: 'strengthened',
            },
          ],
        },
      },
    });
  });

  it.each([
    [activity('Sign in'), 'user.sign_in', 300201, 1],
    [activity(' SIGN OUT '), 'user.sign_out', 300202, 1],
    [activity('Sign in failed'), 'user.sign_in_failed', 300201, 2],
    [activity('Sign in (Failure)'), 'user.sign_in_failed', 300201, 2],
    [activity('Token renewed'), 'user.session_other', 300299, 0],
    [activity('Sign in again'), 'user.sign_in', 300201, 1],
    [activity(''), 'user.session_other', 300299, 0],

    [operation('User', 'Add', 'Add User ann@acme.test  - Desk: 4 - Floor: top'), 'user.create', 300101, 1],
    [operation('User', 'Batch Add', 'ann and others'), 'user.create', 300401, 1],
    [operation('User', 'Update', 'Activate User ann@acme.test '), 'user.activate', 300102, 1],
    [operation('user', 'Update', 'Deactivate User ann@acme.test '), 'user.deactivate', 300105, 1],
    [operation('User', 'Delete', 'Delete User ann@acme.test'), 'user.delete', 300106, 1],
    [operation('User', 'Delete', 'ann'), 'user.delete', 300404, 1],
    [
      operation('User', 'Batch Update', 'Change Role  - ann@acme.test: from Member to Admin'),
      'user.role_change',
      300501,
      1,
    ],
    [
      operation('User', 'Batch Update', 'Change Role  - ann@acme.test: from Admin to Member'),
      'user.role_change',
      300502,
      1,
    ],
    [
      operation('User', 'Batch Update', 'Change Role  - a: from X to Y - b: from X to Y'),
      'user.role_change',
      300403,
      1,
    ],
    [
      operation('User', 'Batch Update', 'Change Role  - ann: from X to go to Y'),
      'user.role_change',
      300403,
      1,
    ],
    [operation('User', 'Batch Update', 'Change Role  - ann: from X to '), 'user.role_change', 300403, 1],
    [
      operation('User', 'SCIM API - Update', 'Edit User ann@acme.test  - Change Type: from A to B'),
      'user.license_change',
      300403,
      1,
    ],
    [
      operation('User', 'Update', 'Update User ann@acme.test  - Job Title: set to Cook'),
      'user.update',
      300403,
      1,
    ],
    [operation('User', 'View', 'ann@acme.test'), 'user.read', 300402, 1],
    [operation('User', 'Merge', 'ann@acme.test'), 'user.other', 300499, 1],

    [operation('User Group', 'Add', 'Add Group Blue'), 'group.create', 300606, 1],
    [operation('User Group', 'Delete', 'Delete Blue'), 'group.delete', 300605, 1],
    [operation('User Group', 'Add', ''), 'group.create', 300401, 1],
    [operation('User Group', 'Update', 'Edit Group Blue '), 'group.setting_change', 300403, 1],
    [operation('User Group', 'Add', 'Add User ann@acme.test'), 'group.update', 300403, 1],

    [operation('Role', 'Add', 'Add Role Auditor'), 'role.create', 300401, 1],
    [operation('Role', 'Edit', 'Edit Role Auditor  - Billing: from Off to On'), 'role.update', 300403, 1],
    [operation('Role', 'Delete', 'Delete Role Auditor'), 'role.delete', 300404, 1],
    [
      operation('Account', 'Update', 'Security  - Passcode: from On to Off'),
      'account.setting_change',
      300403,
      1,
    ],
    [operation('SAML', 'Update', 'Mapping  - Department: set to dept'), 'account.setting_change', 300403, 1],
    [operation('Account', 'Export', 'Everything'), 'account.read', 300402, 1],
    [operation('Billing', 'Subscribe', ''), 'billing.other', 300499, 1],
    [operation('Sub Account', 'Create', 'Sub One'), 'sub_account.create', 300401, 1],
    [operation('Phone Contacts', 'Import', '12 contacts'), 'phone_contacts.create', 300401, 1],
    [operation('Zoom Rooms', 'Modify', 'Volume - Lock: On'), 'zoom_rooms.update', 300403, 1],
    [operation('Recording', 'Download', 'Weekly'), 'recording.read', 300402, 1],
    [operation('Whatever Next', 'Batch Remove', 'x'), 'whatever_next.delete', 300404, 1],
    [operation('', '', ''), 'unknown.other', 300400, 1],
    [operation('Channels', 'Update', 'Enable Channel Blue'), 'channels.update', 300408, 1],
    [operation('User', 'Unlock', 'Unlock User ann@acme.test'), 'user.unlock', 300112, 1],
    [
      operation('User Group', 'Update', 'Add User ann@acme.test to Group Blue'),
      'group.member_add',
      300603,
      1,
    ],
    [
      operation('User Group', 'Update', 'Remove User ann@acme.test from Group Blue'),
      'group.member_remove',
      300604,
      1,
    ],
    [operation('__proto__', 'constructor', 'toString'), 'proto.other', 300499, 1],
  ])('has the class and activity of its row: %j is %s', ([stream, row], eventType, typeUid, statusId) => {
    const event = ocsfOf(stream, row);

    expect(parsedRowOf(stream, row).eventType).toBe(eventType);
    expect(event).toMatchObject({ type_uid: typeUid, status_id: statusId });
    for (const version of OCSF_VERSIONS) expect(ocsfProblems(ocsfOf(stream, row, version))).toEqual([]);
  });

  it.each([
    ['User', 'Add', 'Add User Ann', { user: { name: 'Ann' } }],
    [
      'User',
      'Delete',
      'Delete User ann@acme.test',
      { user: { name: 'ann@acme.test', email_addr: 'ann@acme.test' } },
    ],
    [
      'User',
      'Update',
      'Change Role  - Ann: from Member to Admin',
      { user: { name: 'Ann' }, privileges: ['Admin'] },
    ],
    ['User', 'Update', 'Change Role  - x: set to Admin', {}],
    ['User Group', 'Add', 'Add Group Blue', { group: { name: 'Blue' } }],
    [
      'User Group',
      'Update',
      'Add User Ann <ann@acme.test> to Group Blue',
      { group: { name: 'Blue' }, user: { name: 'Ann <ann@acme.test>', email_addr: 'ann@acme.test' } },
    ],
    [
      'User Group',
      'Update',
      'Edit Group Blue  - Remove Members: ANN@acme.test',
      { group: { name: 'Blue' }, user: { name: 'ann@acme.test', email_addr: 'ann@acme.test' } },
    ],
    [
      'User',
      'Update',
      'Unassign Role Clerk  - ann@acme.test',
      { user: { name: 'ann@acme.test', email_addr: 'ann@acme.test' }, privileges: ['Clerk'] },
    ],
  ])('names whom or what it was done to: %j %j %j', (category_type, action, operation_detail, expected) => {
    const { user, group, privileges } = ocsfOf(
      'operation',
      anOperation({ category_type, action, operation_detail }),
    );

    expect({ user, group, privileges }).toEqual(expected);
  });

  it.each([
    'Update User ann@acme.test  - Job Title: set to Captain - Role: from Member to Owner',
    'Update User ann@acme.test  - Job Title: set to Change Role',
    'Edit User ann@acme.test  - Job Title: set to Activate User bob@acme.test',
  ])('cannot be given a class by what a user wrote: %s', (operation_detail) => {
    expect(ocsfOf('operation', anOperation({ operation_detail }))).toMatchObject({
      class_uid: 3004,
      activity_id: 3,
    });
  });

  it("has the source's own word where OCSF has none, and none where the source has none", () => {
    expect(ocsfOf('operation', anOperation({ action: 'Batch Merge' }))).toMatchObject({
      activity_name: 'Merge',
      type_name: 'Entity Management: Other',
    });
    expect(ocsfOf('operation', anOperation({ action: ' ', operation_detail: 'x' }))).toMatchObject({
      activity_id: 0,
      activity_name: 'Unknown',
    });
    expect(ocsfOf('activity', anActivity({ type: 'Token renewed' }))).toMatchObject({
      activity_name: 'Token renewed',
      type_name: 'Authentication: Other',
    });
  });

  it('has no actor where the row names none', () => {
    expect(ocsfOf('operation', anOperation({ operator: ' ' }))).not.toHaveProperty('actor');
    const event = ocsfOf('activity', anActivity({ email: undefined }));
    expect(event).not.toHaveProperty('actor');
    expect(event.user).toEqual({ name: 'Unknown' });
  });

  it.each([
    ['browser', { type_id: 8, type: 'Browser' }],
    ['iPhone', { type_id: 5, type: 'Mobile', os: { name: 'iOS', type_id: 301, type: 'iOS' } }],
    ['Android', { type_id: 5, type: 'Mobile', os: { name: 'Android', type_id: 201, type: 'Android' } }],
    ['iPad', { type_id: 4, type: 'Tablet', os: { name: 'iPadOS', type_id: 302, type: 'iPadOS' } }],
    ['mac', { os: { name: 'macOS', type_id: 300, type: 'macOS' } }],
    ['Zoom for macOS', { os: { name: 'macOS', type_id: 300, type: 'macOS' } }],
    ['win', { os: { name: 'Windows', type_id: 100, type: 'Windows' } }],
    ['Windows_11', { os: { name: 'Windows', type_id: 100, type: 'Windows' } }],
    ['linux', { os: { name: 'Linux', type_id: 200, type: 'Linux' } }],
    ...['win32', 'Windows11', 'windows'].map(
      (name) => [name, { os: { name: 'Windows', type_id: 100, type: 'Windows' } }] as const,
    ),
    ...['OS X', 'Zoom_OSX', 'MacBook'].map(
      (name) => [name, { os: { name: 'macOS', type_id: 300, type: 'macOS' } }] as const,
    ),
    ['my_android', { os: { name: 'Android', type_id: 201, type: 'Android' } }],
    [`${'x '.repeat(125)}linux`, { os: { name: 'Linux', type_id: 200, type: 'Linux' } }],
    [`${'x '.repeat(128)}linux`, {}],
    ['winter', {}],
    ['', {}],
  ])('has the device of the client type %j', (client_type, device) => {
    expect(ocsfOf('activity', anActivity({ client_type })).src_endpoint).toEqual({
      ip: '198.51.100.7',
      ...device,
    });
  });

  it.each(['unknown', '198.51.100.7.443', '300.1.1.1'])(
    'keeps an address that is none apart: %s',
    (ip_address) => {
      const event = ocsfOf('activity', anActivity({ ip_address }));

      expect(event).not.toHaveProperty('src_endpoint');
      expect(event.unmapped).toMatchObject({ ip_address });
    },
  );

  it.each(['[::ffff:198.51.100.7]:443', '198.51.100.7'])('has the address itself: %s', (ip_address) => {
    const event = ocsfOf('activity', anActivity({ ip_address }));

    expect(event.src_endpoint).toMatchObject({ ip: '198.51.100.7' });
    expect(event.unmapped).not.toHaveProperty('ip_address');
  });

  it('has the first address of a list, which is complete in the unmapped part', () => {
    const event = ocsfOf('activity', anActivity({ ip_address: '203.0.113.9:80, 10.0.0.1' }));

    expect(event.src_endpoint).toMatchObject({ ip: '203.0.113.9' });
    expect(event.unmapped).toMatchObject({ ip_address: '203.0.113.9:80, 10.0.0.1' });
    expect(ocsfProblems(event)).toEqual([]);
  });

  it('lists the addresses of its text that no attribute has, each once', () => {
    const event = ocsfOf(
      'operation',
      anOperation({
        operation_detail:
          'Update User ann@acme.test  - Deputy: from BOB@acme.test to it@acme.test, bob@acme.test',
      }),
    );

    expect(event.unmapped).toMatchObject({ emails: ['bob@acme.test'] });
    expect(event.observables?.map(({ name, value }) => [name, value])).toEqual([
      ['actor.user.email_addr', 'it@acme.test'],
      ['entity.user.email_addr', 'ann@acme.test'],
      ['unmapped.emails.0', 'bob@acme.test'],
    ]);
    expect(
      ocsfOf('operation', anOperation({ operation_detail: 'Delete User ANN@acme.test', action: 'Delete' }))
        .unmapped,
    ).not.toHaveProperty('emails');
  });

  it('lists a hundred addresses at most', () => {
    const emails = Array.from({ length: 102 }, (_, index) => `${index}@acme.test`);
    const addresses = Array.from({ length: 102 }, (_, index) => `10.0.0.${index}`);
    const operation = ocsfOf('operation', anOperation({ operation_detail: emails.join(' ') }));
    const signIn = ocsfOf('activity', anActivity({ ip_address: addresses.join(',') }));

    expect(operation.unmapped['emails']).toEqual(emails.slice(0, 100));
    expect(signIn.unmapped['ip_addresses']).toEqual(addresses.slice(1, 101));
    expect(signIn.observables?.filter(({ name }) => name.startsWith('unmapped.ip_addresses.'))).toHaveLength(
      100,
    );
  });

  it.each(['::1', ' '])('names its mapping alone where nothing is left: %j', (ip_address) => {
    const event = ocsfOf('activity', anActivity({ client_type: ' ', version: '', ip_address }));

    expect(event.unmapped).toStrictEqual({ mapping_version: MAPPING_VERSION });
  });

  it('has only texts of its category and its action in the unmapped part', () => {
    expect(
      ocsfOf('operation', anOperation({ category_type: 7, action: ['Add'], operation_detail: '' })).unmapped,
    ).toStrictEqual({ mapping_version: MAPPING_VERSION, detail: { status: 'none' } });
  });
});

describe('an OCSF 1.1.0 event', () => {
  it('differs from the 1.8.0 event in nothing but its stamp where it can', () => {
    const modern = ocsfOf('activity', anActivity());

    expect(ocsfOf('activity', anActivity(), '1.1.0')).toStrictEqual({
      ...modern,
      metadata: { ...modern.metadata, version: '1.1.0', profiles: ['datetime', 'host'] },
    });
  });

  it.each([
    ['Add', 300401],
    ['Delete', 300404],
  ])('is an entity where a group comes or goes: %s', (action, type_uid) => {
    const event = ocsfOf(
      'operation',
      anOperation({ category_type: 'User Group', action, operation_detail: `${action} Group Blue` }),
      '1.1.0',
    );

    expect(event).toMatchObject({
      type_uid,
      entity: { type: 'Group', name: 'Blue' },
      metadata: { labels: ['area:group'] },
    });
    expect(event).not.toHaveProperty('group');
  });

  it('has the nearest activity where its release lacks one, by the name of that', () => {
    const of = (category_type: string, operation_detail: string) =>
      ocsfOf('operation', anOperation({ category_type, operation_detail }), '1.1.0');

    expect(of('Channels', 'Enable Channel Blue')).toMatchObject({
      type_uid: 300403,
      activity_name: 'Update',
    });
    expect(of('User', 'Unlock User ann@acme.test')).toMatchObject({
      type_uid: 300199,
      activity_name: 'Unlock',
    });
  });

  it('keeps a row longer than its release allows in the part that has no limits', () => {
    const row = anOperation({ operator: '😀'.repeat(40_000), operation_detail: 'x'.repeat(70_000) });
    const event = ocsfOf('operation', row, '1.1.0');

    expect(event).not.toHaveProperty('raw_data');
    expect(JSON.parse(String(event.unmapped['raw_data']))).toEqual(row);
    expect(event.message).toBe('x'.repeat(65_535));
    expect(event.actor?.user.name).toBe('😀'.repeat(32_767));
    expect(ocsfProblems(event)).toEqual([]);
    expect(ocsfProblems(ocsfOf('operation', row))).toEqual([]);
  });
});

describe('any row', () => {
  it('becomes a valid OCSF event of either release', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STREAM_NAMES),
        anyRow,
        fc.constantFrom(...OCSF_VERSIONS),
        (stream, row, version) => {
          const event = ocsfOf(stream, row, version);

          expect(ocsfProblems(event)).toEqual([]);
          expect(JSON.parse(event.raw_data ?? '')).toEqual(wellFormed(JSON.parse(JSON.stringify(row))));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

interface Vector {
  stream: StreamName;
  row: Row;
  events: { '1.8.0': OcsfEvent } & Partial<Record<OcsfVersion, OcsfEvent>>;
}

/** What mapping version 2 adds to the reference: controls, directions, systems, and the addresses of the text. */
const withoutAmendments = (event: object): object =>
  JSON.parse(JSON.stringify(event), (name, value: unknown) =>
    ADDED.has(name) || isListed(value) ? undefined : Array.isArray(value) ? value.flat() : value,
  ) as object;
const ADDED: ReadonlySet<string> = new Set(['control', 'direction', 'os', 'emails', 'people']);
const isListed = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  String(value.name).startsWith('unmapped.');

/** Events of the reference that mapping version 2 changes, by their message. */
const AMENDED: ReadonlyMap<string, Partial<OcsfEvent>> = new Map([
  // Known roles are closed values, so that the items of a batch cannot imitate each other.
  [
    'Change Role  - a@example.com: from Member to Admin - b@example.com: from Member to Admin',
    {
      unmapped: {
        detail: {
          status: 'full',
          verb: 'Change Role',
          changes: [
            { setting: 'a@example.com', kind: 'change', old_value: 'Member', new_value: 'Admin' },
            { setting: 'b@example.com', kind: 'change', old_value: 'Member', new_value: 'Admin' },
          ],
        },
      },
    },
  ],
]);

/** Rows that say nothing about what was done have an unknown activity, no other one. */
const UNKNOWN_ACTIVITY: Partial<OcsfEvent> = {
  activity_id: 0,
  activity_name: 'Unknown',
  type_uid: 300400,
  type_name: 'Entity Management: Unknown',
};

describeWithReference('the reference OCSF events', (folder) => {
  const file = readFileSync(join(folder, 'normalization', 'ocsf-vectors.json'), 'utf8');
  const { cases, account_id, logged_time } = JSON.parse(file) as {
    cases: Vector[];
    account_id: string;
    logged_time: number;
  };

  const expectedOf = ({ events }: Vector, version: OcsfVersion): OcsfEvent => {
    const modern = events['1.8.0'];
    return (
      events[version] ?? {
        ...modern,
        metadata: { ...modern.metadata, version, profiles: ['datetime', 'host'] },
      }
    );
  };

  it.each(
    cases.flatMap((vector) =>
      OCSF_VERSIONS.map((version) => ({ version, vector, row: JSON.stringify(vector.row) })),
    ),
  )('agree but for the label of the area and the mapping version: $version $row', ({ version, vector }) => {
    const expected = expectedOf(vector, version);
    const provenance = {
      eventId: expected.metadata.uid,
      ingestTime: instantOf(new Date(logged_time)),
      accountId: account_id,
    };
    const parsedRow = parsedRowOf(vector.stream, vector.row);
    const event = parsedRowToOcsf(parsedRow, provenance, version);
    const { labels, ...metadata } = event.metadata;
    const { mapping_version, ...unmapped } = event.unmapped;

    expect(mapping_version).toBe(MAPPING_VERSION);
    expect(labels[0]).toBe(`area:${parsedRow.area}`);
    expect(withoutAmendments({ ...event, metadata, unmapped })).toStrictEqual({
      ...expected,
      ...(vector.row['action'] === '' && UNKNOWN_ACTIVITY),
      ...AMENDED.get(parsedRow.message ?? ''),
      unmapped: { ...expected.unmapped, ...AMENDED.get(parsedRow.message ?? '')?.unmapped },
    });
    expect(ocsfProblems(event)).toEqual([]);
  });
});
