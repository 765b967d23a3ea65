import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseOperationDetail, type OperationDetail } from '../../../shared/normalize/index.ts';
import { TARGET_NOUNS } from '../../../shared/normalize/head-words.ts';
import { detailText } from './detail-texts.ts';

const ANN = { type: 'user', name: 'ann@acme.test', email: 'ann@acme.test' };

describe('a head with one blank before the hyphen', () => {
  it.each([
    ['delete user - ann@acme.test', 'User', { status: 'likely', verb: 'Delete', target: ANN }],
    [
      'ADD GROUP - Night Shift',
      'Group',
      { status: 'likely', verb: 'Add', target: { type: 'group', name: 'Night Shift' } },
    ],
    ['Security - Chat: from On to Off', 'Account', { status: 'full', section: 'Security' }],
    [
      'Edit Group Blue - Chat: from On to Off',
      'Group',
      { status: 'full', target: { type: 'group', name: 'Blue' } },
    ],
    ['Edit Group Blue - Chat: from On to Off - Dates: set to 4', 'Group', { status: 'full' }],
    ['Edit Group Blue - Chat: from A to Off', 'Group', { status: 'likely' }],
    ['Edit Group Blue - Chat: Off', 'Group', { status: 'likely' }],
    [
      'Edit Group R - D - Chat: from On to Off',
      'Group',
      { status: 'likely', target: { type: 'group', name: 'R' } },
    ],
    ['Kitchen - Chat: from On to Off', 'Account', { status: 'likely', section: 'Kitchen' }],
    ['Add User ann@acme.test - Desk: 4 - Floor: top', 'User', { status: 'likely', verb: 'Add', target: ANN }],
    [
      'Change Role - ann@acme.test: from Member to Admin',
      'User',
      { status: 'full', verb: 'Change Role', target: ANN },
    ],
    ['Change Role - ann@acme.test: from Member to Clerk', 'User', { status: 'likely', target: ANN }],
    ['Assign Role Clerk - ann@acme.test', 'Role', { status: 'likely', target: ANN }],
  ])('is read: %s', (text, category, expected) => {
    expect(parseOperationDetail(text, category)).toMatchObject(expected);
  });

  it.each(['Kitchen - Chat', 'Kitchen - Chat: Off', 'a - b', 'Weekly: x - y'])(
    'is none where no item follows: %s',
    (text) => {
      expect(parseOperationDetail(text, 'Account')).toEqual({ status: 'none' });
    },
  );

  it('never becomes a target that has an item', () => {
    const detail = parseOperationDetail(
      'Edit Group Blue - Chat: from On to Off  - Dates: from On to Off',
      'Group',
    );

    expect(detail.target).toEqual({ type: 'group', name: 'Blue' });
    expect(detail.changes?.map(({ setting }) => setting)).toEqual(['Chat', 'Dates']);
  });

  it('may be a part of a name', () => {
    expect(parseOperationDetail('Add Group R - D', 'Group')).toMatchObject({
      status: 'full',
      target: { type: 'group', name: 'R - D' },
    });
  });
});

describe('a head', () => {
  it.each([
    ['Add a Channel Blue', { verb: 'Add', target: { type: 'channel', name: 'Blue' } }],
    ['Delete cloud recording for meeting 123456', { target: { type: 'recording', name: '123456' } }],
    ['Update Webinar Town  - Chat: from On to Off', { target: { type: 'webinar', name: 'Town' } }],
    ['Update meeting 77  - Chat: from On to Off', { target: { type: 'meeting', name: '77' } }],
    ['Edit Zoom Room 12  - Chat: from On to Off', { target: { type: 'room', name: '12' } }],
    ['Add Sub Account North', { target: { type: 'sub_account', name: 'North' } }],
    ['Unlink Account North', { target: { type: 'account', name: 'North' } }],
    ['Update Call Queue Desk  - Chat: from On to Off', { target: { type: 'call_queue', name: 'Desk' } }],
    ['Install App Timer', { verb: 'Install', target: { type: 'app', name: 'Timer' } }],
    ['Add Managed Domain acme.test', { target: { type: 'domain', name: 'acme.test' } }],
    ['Copy Role Clerk to Role Chief', { verb: 'Copy', target: { type: 'role', name: 'Chief' } }],
    ['edit user group Blue', { verb: 'Edit', target: { type: 'group', name: 'Blue' } }],
    ['Lock User ann@acme.test', { verb: 'Lock', target: ANN }],
    [
      'Delete User Ann@acme.test',
      { target: { type: 'user', name: 'Ann@acme.test', email: 'ann@acme.test' } },
    ],
    [
      'Delete User Ann <ANN@acme.test>',
      { target: { type: 'user', name: 'Ann <ANN@acme.test>', email: 'ann@acme.test' } },
    ],
    ['Delete Users a@acme.test, b@acme.test', { people: ['a@acme.test', 'b@acme.test'] }],
    ['Add Group R&amp;D', { target: { type: 'group', name: 'R&D' } }],
    [
      'Edit Group Blue\u00a0 - Chat: from On to Off\r\n',
      {
        target: { type: 'group', name: 'Blue' },
        changes: [{ setting: 'Chat', kind: 'change', old_value: 'On', new_value: 'Off' }],
      },
    ],
  ])('names a target: %s', (text, expected) => {
    expect(parseOperationDetail(text)).toMatchObject({ status: 'full', ...expected });
    expect(parseOperationDetail(text)).not.toHaveProperty('section');
  });

  it.each([
    ['Add User Ann Lee', { type: 'user', name: 'Ann Lee' }],
    ['Add User Ann ann@acme.test', ANN],
    ['Add User a@acme.test b@acme.test', { type: 'user', name: 'a@acme.test b@acme.test' }],
  ])('is a guess where a user is not an address: %s', (text, target) => {
    expect(parseOperationDetail(text)).toEqual({ status: 'likely', verb: 'Add', target });
  });

  it.each([
    'Update Dial Plan EU  - Prefix: from 1 to 2',
    'Edit Groupware  - Chat: from On to Off',
    'Update Account Settings  - Chat: from On to Off',
  ])('of a verb and something unknown is a guess without a section: %s', (text) => {
    const detail = parseOperationDetail(text);

    expect(detail.status).toBe('likely');
    expect(detail).not.toHaveProperty('section');
    expect(detail).not.toHaveProperty('target');
  });

  it.each([
    'Share Screen',
    'Read receipts',
    'View options',
    'Set up',
    'List order',
    'Search bar',
    'Lock screen',
    'Link previews',
  ])('is a settings page where its verb has no target: %s', (section) => {
    expect(parseOperationDetail(`${section}  - Chat: from On to Off`)).toMatchObject({
      status: 'full',
      section,
    });
  });

  it('may name a setting that was locked or unlocked', () => {
    expect(parseOperationDetail('Unlock setting Meeting  - Chat')).toEqual({
      status: 'full',
      verb: 'Unlock',
      section: 'Meeting',
      changes: [{ setting: 'Chat', kind: 'set', locked: false }],
    });
    expect(parseOperationDetail('lock settings  - Chat')).toEqual({
      status: 'full',
      verb: 'Lock',
      changes: [{ setting: 'Chat', kind: 'set', locked: true }],
    });
  });

  it.each([
    ['User Role  - ann@acme.test: from Member to Admin', 'User Role'],
    ['Change User Roles  - ann@acme.test: set to Admin', 'Role'],
    ['Change Type  - ann@acme.test: from Basic to Licensed', 'Type'],
    ['Change License  - ann@acme.test: from Basic to Licensed', 'License'],
    ['Assign Desk  - ann@acme.test: from None to 4', 'Desk'],
  ])('is the setting of the person that its item names: %s', (text, setting) => {
    const detail = parseOperationDetail(text);

    expect(detail.target).toEqual(ANN);
    expect(detail.changes?.map((change) => change.setting)).toEqual([setting]);
    expect(detail).not.toHaveProperty('section');
  });
});

it('a head with words before its target is a guess', () => {
  expect(parseOperationDetail('Assign admin for channel Blue  - ann@acme.test')).toEqual({
    status: 'likely',
    verb: 'Assign',
    target: { type: 'channel', name: 'Blue' },
    people: ['ann@acme.test'],
  });
  expect(parseOperationDetail('Assign b c d e f for channel Blue').status).toBe('none');
});

describe('people', () => {
  it.each([
    ['Add User ann@acme.test to Group Blue', { verb: 'Add', target: ANN, group: 'Blue' }],
    ['remove member ann@acme.test from user group Blue', { verb: 'Remove', target: ANN, group: 'Blue' }],
    [
      'Add Users a@acme.test, b@acme.test to Group Blue',
      { people: ['a@acme.test', 'b@acme.test'], group: 'Blue' },
    ],
    ['Edit Group Blue  - Add Members: a@acme.test, B@acme.test', { people: ['a@acme.test', 'b@acme.test'] }],
    ['Edit Group Blue  - Members Removed: a@acme.test', { people: ['a@acme.test'] }],
    ['Delete Users  - a@acme.test - b@acme.test - a@acme.test', { people: ['a@acme.test', 'b@acme.test'] }],
    ['Delete User  - ann@acme.test', { target: ANN }],
    [
      'Assign Role Clerk  - ann@acme.test',
      { target: ANN, changes: [{ setting: 'Role', kind: 'set', new_value: 'Clerk' }] },
    ],
    [
      'Unassign Role Clerk  - ann@acme.test',
      { target: ANN, changes: [{ setting: 'Role', kind: 'change', old_value: 'Clerk' }] },
    ],
    [
      'Add User ann@acme.test to Role Clerk',
      { target: ANN, changes: [{ setting: 'Role', kind: 'set', new_value: 'Clerk' }] },
    ],
    [
      'Remove User ann@acme.test from Role Clerk',
      { target: ANN, changes: [{ setting: 'Role', kind: 'change', old_value: 'Clerk' }] },
    ],
  ])('are read: %s', (text, expected) => {
    expect(parseOperationDetail(text)).toMatchObject({ status: 'full', ...expected });
  });

  it('are each a change of a role that several people got', () => {
    expect(parseOperationDetail('Assign Role Clerk  - a@acme.test, b@acme.test')).toEqual({
      status: 'full',
      verb: 'Assign',
      people: ['a@acme.test', 'b@acme.test'],
      changes: [
        { setting: 'a@acme.test', kind: 'set', new_value: 'Clerk' },
        { setting: 'b@acme.test', kind: 'set', new_value: 'Clerk' },
      ],
    });
  });

  it('are not read where a group is named twice, or a list has something else', () => {
    expect(parseOperationDetail('Add User ann@acme.test to Group Blue to Group Red').status).toBe('likely');
    expect(parseOperationDetail('Edit Group Blue  - Add Members: a@acme.test, Ann')).not.toHaveProperty(
      'people',
    );
  });
});

describe('a form without a head', () => {
  it.each<[string, OperationDetail]>([
    [
      'Change account setting Dark mode from ON to OFF',
      {
        status: 'full',
        verb: 'Change',
        changes: [{ setting: 'Dark mode', kind: 'change', old_value: 'ON', new_value: 'OFF' }],
      },
    ],
    [
      'update setting Mail from Trash from On to off',
      {
        status: 'full',
        verb: 'Update',
        changes: [{ setting: 'Mail from Trash', kind: 'change', old_value: 'On', new_value: 'off' }],
      },
    ],
    [
      'Change account setting Theme from Red to Blue',
      {
        status: 'likely',
        verb: 'Change',
        changes: [{ setting: 'Theme', kind: 'change', old_value: 'Red', new_value: 'Blue' }],
      },
    ],
    [
      'Dark mode: from On to Off',
      {
        status: 'full',
        changes: [{ setting: 'Dark mode', kind: 'change', old_value: 'On', new_value: 'Off' }],
      },
    ],
    [
      'Volume - Current State: 5 - Previous State: 4 - Lock Status: Unlocked - Affected: Room 1',
      {
        status: 'full',
        changes: [
          {
            setting: 'Volume',
            kind: 'change',
            old_value: '4',
            new_value: '5',
            locked: false,
            text: 'Room 1',
          },
        ],
      },
    ],
    [
      'Volume - Current State: loud - Previous State: 4 - Lock: On',
      {
        status: 'likely',
        changes: [{ setting: 'Volume', kind: 'change', old_value: '4', new_value: 'loud', locked: true }],
      },
    ],
    [
      'Volume - Current State: 5 - Previous State: 4 - Lock Status: maybe',
      { status: 'likely', changes: [{ setting: 'Volume', kind: 'change', old_value: '4', new_value: '5' }] },
    ],
    [
      'Volume - Current State: 5 - Previous State: 4 - Affected: all',
      {
        status: 'full',
        changes: [{ setting: 'Volume', kind: 'change', old_value: '4', new_value: '5', text: 'all' }],
      },
    ],
    [
      'Disable 2FA for user ann@acme.test',
      {
        status: 'full',
        verb: 'Disable',
        target: { type: 'user', name: 'ann@acme.test', email: 'ann@acme.test' },
        changes: [{ setting: '2FA', kind: 'set' }],
      },
    ],
  ])('is read: %s', (text, expected) => {
    expect(parseOperationDetail(text, 'Account')).toStrictEqual(expected);
  });

  it.each([
    'Theme: from Red to Blue',
    'Volume - Current State: 5 - Previous State: 4',
    'Reset Password of everyone',
    'Change account setting Dark mode',
  ])('is not read where it is incomplete or free text: %s', (text) => {
    expect(parseOperationDetail(text, 'Account').status).toBe('none');
  });

  it('is a part of the target where it is not understood', () => {
    expect(parseOperationDetail('Remove License from ann@acme.test', 'User')).toEqual({
      status: 'partial',
      verb: 'Remove',
      target: ANN,
      changes: [{ kind: 'text', text: 'License from ann@acme.test' }],
    });
  });
});

/** Every part of a detail, in the order in which a text has them. */
const partsOf = ({ verb, target, group, section, people = [], changes = [] }: OperationDetail): string[] => [
  ...(verb === undefined ? [] : verb.split(' ')),
  ...[target?.name, section, group].filter((part) => part !== undefined),
  ...people,
  ...changes.flatMap(({ setting, old_value, new_value, text }) =>
    [setting, old_value, new_value, text].filter((part) => part !== undefined),
  ),
];

describe('a detail with one reading', () => {
  it('has every word of ten thousand made-up texts, but for the words of the grammar', () => {
    const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}@]+/gu) ?? [];
    const category = fc.constantFrom(undefined, 'User', 'User Group', 'Role', 'Zoom Rooms', 'Account');
    fc.assert(
      fc.property(detailText, category, (text, categoryType) => {
        const detail = parseOperationDetail(text, categoryType);
        if (detail.status !== 'full') return;
        const found = new Set(partsOf(detail).flatMap(words));
        expect(words(text).filter((word) => !found.has(word) && !GRAMMAR.has(word))).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });
});

/** The nouns are the target's type in a detail. */
const GRAMMAR: ReadonlySet<string> = new Set([
  ...['from', 'to', 'set', 'a', 'an', 'the', 'in'],
  ...TARGET_NOUNS.flatMap(({ nouns }) => nouns.flatMap((noun) => noun.split(' '))),
]);
