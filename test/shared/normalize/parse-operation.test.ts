import { describe, expect, it } from '@jest/globals';
import { ACTIVITIES } from '../../../shared/normalize/ocsf-activity.ts';
import { parseOperation } from '../../../shared/normalize/parse-operation.ts';
import { anOperation, type Row } from './rows.ts';

describe('a row of the operation log', () => {
  it('is read', () => {
    const row = anOperation({
      operator: ' it@acme.test ',
      category_type: ' User Group ',
      action: 'Batch Update',
      operation_detail: ' Edit Group Blue  - Chat: from On to Off ',
    });

    expect(parseOperation(row)).toStrictEqual({
      area: 'group_settings',
      eventType: 'group.setting_change',
      activity: ACTIVITIES.updateEntity,
      outcome: 'success',
      verb: 'update',
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
      action: 'Update',
      message: 'Edit Group Blue  - Chat: from On to Off',
      code: 'User Group/Batch Update',
      actor: { name: 'it@acme.test', email: 'it@acme.test' },
      category: 'User Group',
    });
  });

  it('is read by its category where its detail names no object', () => {
    expect(
      parseOperation(anOperation({ category_type: 'USER', operation_detail: 'Delete Ann' })).detail,
    ).toEqual({
      status: 'likely',
      verb: 'Delete',
      target: { type: 'user', name: 'Ann' },
    });
  });

  it('has its place in an area by its first words where its detail cannot be read', () => {
    const row = anOperation({ category_type: 'Account', operation_detail: ' Update SAML Response Mapping' });

    expect(parseOperation(row)).toMatchObject({ area: 'sso', eventType: 'account.setting_change' });
    expect(parseOperation({ ...row, operation_detail: undefined }).area).toBe('account_settings');
  });

  it.each<[Row, string | undefined, string | undefined]>([
    [{}, 'User Update', 'User/Update'],
    [{ category_type: '' }, 'Update', 'Update'],
    [{ action: 5 }, 'User', 'User'],
    [{ category_type: null, action: ' ' }, undefined, undefined],
    [{ operation_detail: ' Something ' }, 'Something', 'User/Update'],
    [{ operation_detail: 'x', category_type: '', action: '' }, 'x', undefined],
  ])('has a message and a code as far as it has words: %j', (fields, message, code) => {
    const parsedRow = parseOperation(anOperation({ operation_detail: ' ', ...fields }));

    expect([parsedRow.message, parsedRow.code]).toEqual([message, code]);
  });

  it.each([
    ['Dance', 'Update the address', 'other', 'otherEntity'],
    [undefined, 'Update the address', 'update', 'updateEntity'],
    [undefined, 'Dance', 'other', 'unknownEntity'],
    [undefined, undefined, 'other', 'unknownEntity'],
    [undefined, 'Enable Group Blue', 'update', 'enableEntity'],
    [undefined, 'Change Role', 'update', 'updateEntity'],
    ['Delete', 'x', 'delete', 'deleteEntity'],
    ['Delete', 'Enable Group Blue', 'delete', 'deleteEntity'],
    ['Update', 'Enable Group Blue', 'update', 'enableEntity'],
    ['Update', 'Enable the address', 'update', 'updateEntity'],
    ['Enable', 'Update Group Blue', 'update', 'enableEntity'],
    ['Enable', 'Disable Group Blue', 'update', 'enableEntity'],
  ] as const)(
    'has the verb of its action, or a more exact one of its text: %s, %s is %s',
    (action, operation_detail, verb, name) => {
      const row = anOperation({ category_type: 'Phone', action, operation_detail });

      expect(parseOperation(row)).toMatchObject({ verb, activity: ACTIVITIES[name] });
    },
  );

  it.each([
    ['Role', 'role'],
    ['User Group', 'other'],
  ])(
    'of the category %s changes the control %s by a setting without one of its own',
    (category_type, control) => {
      const row = anOperation({
        category_type,
        operation_detail: 'Edit Role Clerk  - Reports: from None to View',
      });

      expect(parseOperation(row).detail?.changes).toMatchObject([{ control }]);
    },
  );

  it('has no fields for missing values', () => {
    expect(parseOperation({ operator: ' ', action: 5 })).toStrictEqual({
      area: 'other',
      eventType: 'unknown.other',
      activity: ACTIVITIES.unknownEntity,
      outcome: 'success',
      verb: 'other',
      detail: { status: 'none' },
    });
  });
});
