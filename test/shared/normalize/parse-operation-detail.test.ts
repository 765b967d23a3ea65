import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseOperationDetail, type OperationDetail } from '../../../shared/normalize/index.ts';
import { OperationDetailSchema } from '../../../shared/normalize/operation-detail.ts';
import { describeWithReference } from '../../support/reference.ts';
import { detailText } from './detail-texts.ts';

const onlyChange = (detail: OperationDetail) => {
  expect(detail.changes).toHaveLength(1);
  return detail.changes?.[0];
};

describe('the head of a detail', () => {
  it.each([
    ['Edit Group Night Shift  - Chat: from On to Off', 'Edit', { type: 'group', name: 'Night Shift' }],
    ['Create Role Auditor', 'Create', { type: 'role', name: 'Auditor' }],
    ['Remove User ann@acme.test ', 'Remove', { type: 'user', name: 'ann@acme.test', email: 'ann@acme.test' }],
    ['Add User Ann Lee', 'Add', { type: 'user', name: 'Ann Lee' }],
    ['  Add Group   Blue  ', 'Add', { type: 'group', name: 'Blue' }],
    ['Edit Group A - B  - Chat: from On to Off', 'Edit', { type: 'group', name: 'A - B' }],
  ])('is read as a verb and a target: %j', (text, verb, target) => {
    expect(parseOperationDetail(text)).toMatchObject({ status: 'full', verb, target });
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
    expect(parseOperationDetail('Edit Groupware  - Chat: from On to Off').section).toBe('Edit Groupware');
    expect(parseOperationDetail('Not Edit Group A  - Chat: from On to Off').section).toBe('Not Edit Group A');
  });

  it('may stand before no item at all', () => {
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

  it('is guessed without the blanks around a name', () => {
    expect(parseOperationDetail('Delete \t Night Shift', 'User Group').target?.name).toBe('Night Shift');
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

describe('an item of a detail', () => {
  it.each([
    ['Chat: from On to Off', { setting: 'Chat', kind: 'change', old_value: 'On', new_value: 'Off' }],
    ['Note: a: from x to y', { setting: 'Note: a', kind: 'change', old_value: 'x', new_value: 'y' }],
    ['Title: set to Cook', { setting: 'Title', kind: 'set', new_value: 'Cook' }],
    ['Title: set to ', { setting: 'Title', kind: 'set' }],
    ['Title: from  to Cook', { setting: 'Title', kind: 'change', new_value: 'Cook' }],
    ['Title: from Cook to ', { setting: 'Title', kind: 'change', old_value: 'Cook' }],
    [
      ' Title : from Cook to Chef',
      { setting: 'Title', kind: 'change', old_value: 'Cook', new_value: 'Chef' },
    ],
    [' Title : set to Cook', { setting: 'Title', kind: 'set', new_value: 'Cook' }],
    [' Title : Cook', { setting: 'Title', kind: 'value', new_value: 'Cook' }],
    ['Title: from    to Cook', { setting: 'Title', kind: 'change', new_value: 'Cook' }],
    ['Title: from Cook to   ', { setting: 'Title', kind: 'change', old_value: 'Cook' }],
    ['Title: set to   ', { setting: 'Title', kind: 'set' }],
    ['Title:    ', { setting: 'Title', kind: 'value' }],
    ['Since: a to b: from May', { setting: 'Since', kind: 'value', new_value: 'a to b: from May' }],
    ['Type: Basic: 2', { setting: 'Type', kind: 'value', new_value: 'Basic: 2' }],
    ['Since: from May', { setting: 'Since', kind: 'value', new_value: 'from May' }],
    ['ann@acme.test', { kind: 'text', text: 'ann@acme.test' }],
    [': from a to b', { kind: 'text', text: ': from a to b' }],
  ])('is read: %j', (item, change) => {
    expect(onlyChange(parseOperationDetail(`Section  - ${item}`))).toEqual(change);
  });

  it.each(['Join: from ask to join to just to join', 'Join: from On to wait to Off'])(
    'is ambiguous where its values can be told apart in several ways: %j',
    (item) => {
      expect(parseOperationDetail(`Section  - ${item}`)).toEqual({
        status: 'partial',
        section: 'Section',
        changes: [{ setting: 'Join', kind: 'ambiguous', text: item }],
      });
    },
  );

  it('is a guess where only one of several ways leaves a switch position', () => {
    expect(parseOperationDetail('Section  - Join: from free to join to OFF')).toEqual({
      status: 'likely',
      section: 'Section',
      changes: [{ setting: 'Join', kind: 'change', old_value: 'free to join', new_value: 'OFF' }],
    });
  });

  it('may hold the separator in its name and in its value', () => {
    expect(onlyChange(parseOperationDetail('Section  - Join - early: from On to Off'))?.setting).toBe(
      'Join - early',
    );
    expect(onlyChange(parseOperationDetail('Section  - Dates: 5/1 - 9/1'))?.new_value).toBe('5/1 - 9/1');
  });

  it('keeps the blanks of its values', () => {
    expect(onlyChange(parseOperationDetail('Section  - Title: set to  Cook '))?.new_value).toBe(' Cook ');
  });
});

describe('several items of a detail', () => {
  it('are full as long as only closed values stand before the last', () => {
    expect(
      parseOperationDetail('S  - A: from 8 to 14 - B: from on to OFF - C: set to free text').status,
    ).toBe('full');
  });

  it('are likely as soon as free text could have imitated one', () => {
    expect(parseOperationDetail('S  - A: set to free text - B: from On to Off').status).toBe('likely');
  });

  it('are partial as soon as one could not be read', () => {
    expect(parseOperationDetail('S  - A: x to y to z: from p to q to r - B: from On to Off').status).toBe(
      'partial',
    );
  });

  it('are likely if the reading of one was a guess', () => {
    expect(parseOperationDetail('S  - Join: from free to join to OFF - B: from 1 to 2').status).toBe(
      'likely',
    );
  });

  it('split after a name whose value begins with the separator', () => {
    expect(parseOperationDetail('S  - A: - x - B: from 1 to 2').changes).toEqual([
      { setting: 'A', kind: 'value', new_value: '- x' },
      { setting: 'B', kind: 'change', old_value: '1', new_value: '2' },
    ]);
  });

  it('split after an empty value', () => {
    expect(parseOperationDetail('S  - A: set to  - B: from 1 to 2').changes).toEqual([
      { setting: 'A', kind: 'set' },
      { setting: 'B', kind: 'change', old_value: '1', new_value: '2' },
    ]);
  });

  it.each([
    ['Lock: on', true],
    ['Lock: Yes', true],
    ['Lock: TRUE', true],
    ['Lock: enabled', true],
    ['Lock: locked', true],
    ['Lock: off', false],
    ['Lock: false', false],
    ['Lock: disabled', false],
    ['Lock: unlocked ', false],
    ['Locked: from Off to On', true],
    ['Lock setting: set to no', false],
    ['lock status: Enabled', true],
  ])('tell by %j whether the setting before is locked', (lock, locked) => {
    const { changes } = parseOperationDetail(`S  - Chat: from On to Off - ${lock}`);

    expect(changes).toHaveLength(2);
    expect(changes?.[0]).toEqual({
      setting: 'Chat',
      kind: 'change',
      old_value: 'On',
      new_value: 'Off',
      locked,
    });
  });

  it.each([
    'S  - Chat: On - Lock: On',
    'S  - Chat: from On to Off - Lock: maybe',
    'S  - Lock: from Off to On',
    'S  - Chat: from On to Off - Lock: set to ',
  ])('say nothing about a lock they do not name: %j', (text) => {
    expect(parseOperationDetail(text).changes?.some((change) => 'locked' in change)).toBe(false);
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
    ['Change Role  - ann@acme.test', ['text']],
    ['Change Role  - ann@acme.test: set to Admin', ['set']],
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

  it('only ever says what stands in the text', () => {
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
    expect(parseOperationDetail(operation_detail, category_type)).toStrictEqual(expected);
  });
});
