import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseOperationDetail, type OperationDetail } from '../../../shared/normalize/index.ts';
import { OperationDetailSchema } from '../../../shared/normalize/operation-detail.ts';
import { describeWithReference } from '../../support/reference.ts';
import { detailText } from './detail-texts.ts';

describe('the head of a detail', () => {
  it.each([
    ['Edit Group Night Shift  - Chat: from On to Off', 'Edit', { type: 'group', name: 'Night Shift' }],
    ['Create Role Auditor', 'Create', { type: 'role', name: 'Auditor' }],
    ['Remove User ann@acme.test ', 'Remove', { type: 'user', name: 'ann@acme.test', email: 'ann@acme.test' }],
    ['  Add Group   Blue  ', 'Add', { type: 'group', name: 'Blue' }],
    ['Edit Group A - B  - Chat: from On to Off', 'Edit', { type: 'group', name: 'A - B' }],
    ['  Edit Group Blue   - Chat: from On to Off', 'Edit', { type: 'group', name: 'Blue' }],
    ['Edit Group ann@acme.test', 'Edit', { type: 'group', name: 'ann@acme.test' }],
  ])('is read as a verb and a target: %j', (text, verb, target) => {
    const detail = parseOperationDetail(text);

    expect(detail).toMatchObject({ status: 'full', verb });
    expect(detail.target).toStrictEqual(target);
  });

  it('may be a verb without a name', () => {
    expect(parseOperationDetail('Edit Group')).toEqual({ status: 'full', verb: 'Edit' });
    expect(parseOperationDetail('Change Role')).toEqual({ status: 'full', verb: 'Change Role' });
  });

  it('is a section where it is no verb phrase', () => {
    expect(parseOperationDetail('In Meeting (Basic)  - Chat: from On to Off')).toMatchObject({
      status: 'full',
      section: 'In Meeting (Basic)',
    });
    expect(parseOperationDetail('\tSecurity\t  - Chat: from On to Off').section).toBe('Security');
    expect(parseOperationDetail('Not Edit Group A  - Chat: from On to Off').section).toBe('Not Edit Group A');
  });

  it('may have no items after it', () => {
    expect(parseOperationDetail('Security  - ')).toEqual({ status: 'full', section: 'Security' });
    expect(parseOperationDetail('Security  -   ')).toEqual({ status: 'full', section: 'Security' });
  });

  it.each(['', '   ', '  - Chat: from On to Off', 'Security', 'something else entirely'])(
    'leaves a text without one alone: %j',
    (text) => {
      expect(parseOperationDetail(text)).toEqual({ status: 'none' });
    },
  );

  it.each([
    ['user', 'Delete ann@acme.test', { type: 'user', name: 'ann@acme.test', email: 'ann@acme.test' }],
    [' User Group ', 'Edit Night Shift', { type: 'group', name: 'Night Shift' }],
    ['ROLE', 'Add Auditor', { type: 'role', name: 'Auditor' }],
  ])('is guessed from the category %j where it names no object', (category, text, target) => {
    expect(parseOperationDetail(text, category)).toMatchObject({ status: 'likely', target });
    expect(parseOperationDetail(text, 'Billing')).toEqual({ status: 'none' });
  });

  it.each(['Delete', 'Do Delete ann@acme.test', 'ann@acme.test', ''])(
    'is not guessed where no verb begins the text: %j',
    (text) => {
      expect(parseOperationDetail(text, 'User')).toEqual({ status: 'none' });
    },
  );

  it('is guessed whole, but for the blanks around a name', () => {
    expect(parseOperationDetail(' Delete \t Night\nShift ', 'User Group')).toEqual({
      status: 'likely',
      verb: 'Delete',
      target: { type: 'group', name: 'Night\nShift' },
    });
  });

  it('is split from its items by one blank in Zoom Rooms, as a guess', () => {
    expect(parseOperationDetail('Volume - Current State: 5 - Lock: Off', 'Zoom Rooms')).toEqual({
      status: 'likely',
      section: 'Volume',
      changes: [
        { setting: 'Current State', kind: 'value', new_value: '5' },
        { setting: 'Lock', kind: 'value', new_value: 'Off' },
      ],
    });
    expect(parseOperationDetail('Volume - loud', 'zoom rooms').status).toBe('partial');
    expect(parseOperationDetail('Volume\t - loud', 'zoom rooms').section).toBe('Volume');
    expect(parseOperationDetail('Volume - Current State: 5', 'Billing')).toEqual({ status: 'none' });
    expect(parseOperationDetail('Volume', 'Zoom Rooms')).toEqual({ status: 'none' });
    expect(parseOperationDetail(' - Volume: 5', 'Zoom Rooms')).toEqual({ status: 'none' });
  });
});

const ANN = { type: 'user', name: 'ann@acme.test', email: 'ann@acme.test' } as const;
const CHAT = { setting: 'Chat', kind: 'change', old_value: 'On', new_value: 'Off' } as const;

/** A role that one user got or lost. */
const role = (verb: OperationDetail['verb'], values: object): object => ({
  status: 'full',
  verb,
  target: ANN,
  changes: [{ setting: 'Role', ...values }],
});
const GOT = { kind: 'set', new_value: 'Clerk' };
const LOST = { kind: 'change', old_value: 'Clerk' };

describe('a whole detail', () => {
  it.each<[string, object]>([
    ['  Security - Chat: from On to Off', { status: 'full', section: 'Security', changes: [CHAT] }],
    [
      'Security - Chat: Off',
      {
        status: 'likely',
        section: 'Security',
        changes: [{ setting: 'Chat', kind: 'value', new_value: 'Off' }],
      },
    ],
    [
      'Security - Chat: from On to Off - Hue: set to Red',
      {
        status: 'likely',
        section: 'Security',
        changes: [CHAT, { setting: 'Hue', kind: 'set', new_value: 'Red' }],
      },
    ],
    [
      'Edit Group R - D - Chat: from On to Off',
      {
        status: 'likely',
        verb: 'Edit',
        target: { type: 'group', name: 'R' },
        changes: [{ ...CHAT, setting: 'D - Chat' }],
      },
    ],
    [
      'Edit Group Blue - Chat: von Aus auf Ein',
      {
        status: 'partial',
        verb: 'Edit',
        target: { type: 'group', name: 'Blue' },
        changes: [{ setting: 'Chat', kind: 'ambiguous', text: 'Chat: von Aus auf Ein' }],
      },
    ],
    [
      'Add User Ann Lee - Desk: 4',
      {
        status: 'likely',
        verb: 'Add',
        target: { type: 'user', name: 'Ann Lee' },
        changes: [{ setting: 'Desk', kind: 'value', new_value: '4' }],
      },
    ],
    ['Delete User - ', { status: 'likely', verb: 'Delete' }],
    ['Kitchen - ann@acme.test', { status: 'none' }],
    ['Assign Desk - Chat: Off', { status: 'none' }],
    ['Assign Role Clerk - ann@acme.test', { ...role('Assign', GOT), status: 'likely' }],
    ['Add Group R - D', { status: 'full', verb: 'Add', target: { type: 'group', name: 'R - D' } }],
    [
      'Delete User ann@acme.test - bob@acme.test',
      { status: 'full', verb: 'Delete', people: ['ann@acme.test', 'bob@acme.test'] },
    ],
  ])('is read with one blank before the hyphen: %s', (text, detail) => {
    expect(parseOperationDetail(text)).toStrictEqual(detail);
  });

  it.each<[string, object]>([
    ['Add User  -   ', { status: 'full', verb: 'Add' }],
    [
      'Add User  - Desk: 4',
      { status: 'full', verb: 'Add', changes: [{ setting: 'Desk', kind: 'value', new_value: '4' }] },
    ],
    ['Add User  - Ann ann@acme.test', { status: 'likely', verb: 'Add', target: ANN }],
    [
      'Add Group  - Night Shift',
      { status: 'likely', verb: 'Add', target: { type: 'group', name: 'Night Shift' } },
    ],
    [
      'Update Dial Plan EU  - something',
      { status: 'partial', verb: 'Update', changes: [{ kind: 'text', text: 'something' }] },
    ],
    ['Delete User  - ann@acme.test', { status: 'full', verb: 'Delete', target: ANN }],
    [
      'Delete Users  - a@acme.test, b@acme.test',
      { status: 'full', verb: 'Delete', people: ['a@acme.test', 'b@acme.test'] },
    ],
    ['Lock settings  - ', { status: 'full', verb: 'Lock' }],
    [
      'Lock settings  - Chat',
      { status: 'full', verb: 'Lock', changes: [{ setting: 'Chat', kind: 'set', locked: true }] },
    ],
    [
      'Unlock setting Meeting  - Chat: from On to Off',
      { status: 'full', verb: 'Unlock', section: 'Meeting', changes: [CHAT] },
    ],
    ['Security  - ann@acme.test', { status: 'likely', section: 'Security', people: ['ann@acme.test'] }],
    ['Add User ann@acme.test to Group Blue', { status: 'full', verb: 'Add', target: ANN, group: 'Blue' }],
    ['Change Role  - ann@acme.test', { status: 'full', verb: 'Change Role', target: ANN }],
    [
      'Change Role  - ann@acme.test: from wait to join to see',
      {
        status: 'partial',
        verb: 'Change Role',
        changes: [
          { setting: 'ann@acme.test', kind: 'ambiguous', text: 'ann@acme.test: from wait to join to see' },
        ],
      },
    ],
    [
      'User Role  - ann@acme.test: from On to Off',
      { status: 'full', target: ANN, changes: [{ ...CHAT, setting: 'User Role' }] },
    ],
    [
      'Edit User  - ann@acme.test: from On to Off',
      { status: 'full', verb: 'Edit', target: ANN, changes: [{ ...CHAT, setting: 'ann@acme.test' }] },
    ],
    [
      'Edit Group Blue  - a@acme.test; b@acme.test',
      {
        status: 'full',
        verb: 'Edit',
        target: { type: 'group', name: 'Blue' },
        people: ['a@acme.test', 'b@acme.test'],
      },
    ],
  ])('is read with two blanks before the hyphen, or without items: %s', (text, detail) => {
    expect(parseOperationDetail(text)).toStrictEqual(detail);
  });

  it.each<[string, object]>([
    ['Chat: from On to Off', { status: 'full', changes: [CHAT] }],
    ['Chat: from On to Off - Hue: set to Red', { status: 'none' }],
    ['Chat: from 1 to 2: from On to Off', { status: 'none' }],
    ['Chat: Off', { status: 'none' }],
  ])('is read without a head if each item is certain: %s', (text, detail) => {
    expect(parseOperationDetail(text, 'User')).toStrictEqual(detail);
    expect(parseOperationDetail(text)).toStrictEqual(detail);
  });

  it('is read in spite of blanks around it', () => {
    expect(parseOperationDetail('  Disable 2FA ann@acme.test\n')).toStrictEqual({
      status: 'full',
      verb: 'Disable',
      target: ANN,
      changes: [{ setting: '2FA', kind: 'set' }],
    });
  });
});

describe('a role of a user', () => {
  it.each<[string, object]>([
    ['Assign Role Clerk  - ann@acme.test', role('Assign', GOT)],
    ['Unassign Role Clerk  - ann@acme.test', role('Unassign', LOST)],
    ['Remove Role Clerk  - ann@acme.test', role('Remove', LOST)],
    ['Revoke Role Clerk  - ann@acme.test', role('Revoke', LOST)],
    ['Delete Role Clerk  - ann@acme.test', role('Delete', LOST)],
    ['Add User ann@acme.test to Role Clerk', role('Add', GOT)],
    ['Remove User ann@acme.test from Role Clerk', role('Remove', LOST)],
    ['Delete User ann@acme.test from Role Clerk', role('Delete', LOST)],
    ['Add User Ann to Role Clerk', { status: 'likely', verb: 'Add', target: { type: 'user', name: 'Ann' } }],
    [
      'Remove Users a@acme.test, b@acme.test from Role Clerk',
      {
        status: 'full',
        verb: 'Remove',
        people: ['a@acme.test', 'b@acme.test'],
        changes: [
          { ...LOST, setting: 'a@acme.test' },
          { ...LOST, setting: 'b@acme.test' },
        ],
      },
    ],
  ])('is got or lost: %s', (text, detail) => {
    expect(parseOperationDetail(text)).toStrictEqual(detail);
  });
});

describe('the members of a group', () => {
  const peopleOf = (text: string): readonly string[] | undefined => parseOperationDetail(text).people;

  it.each([
    ...['Add Members', 'Added Member', 'Remove users', 'removed User', 'Delete Members', 'DELETED USERS'],
    ...['Members Added', 'User added', 'Member removed', 'Users deleted'],
  ])('are listed by the item %s', (item) => {
    expect(peopleOf(`Edit Group Blue  - ${item}: a@acme.test, b@acme.test`)).toEqual([
      'a@acme.test',
      'b@acme.test',
    ]);
  });

  it.each([
    ...['Re-add Members', 'Add Members of', 'Adding Members', 'All members added', 'Members added by'],
    ...['Add', 'Members', 'Add Rooms'],
  ])('are not listed by the item %s', (item) => {
    expect(peopleOf(`Edit Group Blue  - ${item}: a@acme.test`)).toBeUndefined();
  });

  it.each([
    'Edit Role Clerk  - Add Members: a@acme.test',
    'Security  - Add Members: a@acme.test',
    'Edit Group Blue  - Add Members: a@acme.test - Chat: from On to Off',
    'Edit Group Blue  - Add Members: Ann',
    'Edit Group Blue  - Add Members: ',
    'Edit Group Blue  - Add Members',
  ])('are not listed elsewhere: %s', (text) => {
    expect(peopleOf(text)).toBeUndefined();
  });
});

describe('a change of role', () => {
  it('has the one user it names for its target', () => {
    expect(parseOperationDetail('Change Role  - ann@acme.test: from Member to Help Desk - East')).toEqual({
      status: 'full',
      verb: 'Change Role',
      target: { type: 'user', name: 'ann@acme.test', email: 'ann@acme.test' },
      changes: [{ setting: 'Role', kind: 'change', old_value: 'Member', new_value: 'Help Desk - East' }],
    });
  });

  it.each([
    ['Change Role  - ', []],
    ['Change Role  - ann', ['text']],
    ['Change Role  - ann: set to Admin', ['set']],
  ])('has no target where it does not say from what to what: %j', (text, kinds) => {
    const { target, changes = [] } = parseOperationDetail(text);

    expect(target).toBeUndefined();
    expect(changes.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('has no target where it names several users', () => {
    const detail = parseOperationDetail('Change Role  - a@acme.test: from X to Y - b@acme.test: from X to Y');

    expect(detail.target).toBeUndefined();
    expect(detail.changes?.map(({ setting }) => setting)).toEqual(['a@acme.test', 'b@acme.test']);
  });
});

describe('any value as a detail', () => {
  it.each([undefined, null, 7, true, {}, ['Add User a']])('is not read if it is no text: %j', (value) => {
    expect(parseOperationDetail(value)).toEqual({ status: 'none' });
  });

  it('is not read beyond 65,536 characters', () => {
    const text = `Add Group ${'x'.repeat(65_526)}`;

    expect(parseOperationDetail(text).status).toBe('full');
    expect(parseOperationDetail(`${text}x`)).toEqual({ status: 'none' });
  });

  it.each([
    ' - a: b',
    ' to ',
    'a: from b to ',
    ': from ',
    ': set to ',
    '  - ',
    'a - b',
    'Add User ',
    ' On to ',
    ' ',
    '\n',
  ])('is read in a moment, even a hostile repetition of %j', (fragment) => {
    for (const length of [65_536, 100_000]) {
      const text = `Section  - x: from ${fragment.repeat(Math.ceil(length / fragment.length))}`.slice(
        0,
        length,
      );
      expect(OperationDetailSchema.safeParse(parseOperationDetail(text, 'Zoom Rooms')).success).toBe(true);
    }
  });

  it('gives a well-formed result, the same each time, for ten thousand made-up texts', () => {
    const category = fc.constantFrom(
      undefined,
      'User',
      'User Group',
      'Role',
      'Zoom Rooms',
      'Account',
      'constructor',
    );
    fc.assert(
      fc.property(detailText, category, (text, categoryType) => {
        const detail = parseOperationDetail(text, categoryType);
        expect(OperationDetailSchema.safeParse(detail).error).toBeUndefined();
        expect(parseOperationDetail(text, categoryType)).toEqual(detail);
      }),
      { numRuns: 10_000 },
    );
  });

  it('contains only parts of the text', () => {
    fc.assert(
      fc.property(detailText, (text) => {
        const { section, target, changes = [] } = parseOperationDetail(text, 'User');
        const parts = changes.flatMap(({ old_value, new_value, text: unread }) => [
          old_value,
          new_value,
          unread,
        ]);
        for (const part of [section, target?.name, ...parts]) expect(text).toContain(part ?? '');
      }),
    );
  });
});

/** The reference that mapping version 2 changes: the parts of a room's state are one change. */
const AMENDED: ReadonlyMap<string, OperationDetail> = new Map([
  [
    'Waiting Room - Current State: On - Previous State: Off - Lock: On - Affected: 3 rooms',
    {
      status: 'full',
      changes: [
        {
          setting: 'Waiting Room',
          kind: 'change',
          old_value: 'Off',
          new_value: 'On',
          locked: true,
          text: '3 rooms',
        },
      ],
    },
  ],
]);

interface Vector {
  origin: string;
  category_type: string;
  operation_detail: string;
  expect: OperationDetail;
}

describeWithReference('the reference details', (folder) => {
  const file = readFileSync(join(folder, 'normalization', 'detail-vectors.json'), 'utf8');
  const { cases } = JSON.parse(file) as { cases: Vector[] };

  it.each(cases)('agree: $operation_detail', ({ category_type, operation_detail, expect: expected }) => {
    expect(parseOperationDetail(operation_detail, category_type)).toStrictEqual(
      AMENDED.get(operation_detail) ?? expected,
    );
  });
});
