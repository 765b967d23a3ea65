import { describe, expect, it } from '@jest/globals';
import { ocsfProblems } from '../../support/ocsf-schema.ts';
import { anOperation, ocsfOf } from './rows.ts';

describe('the target of an operation', () => {
  it.each([
    [
      'User',
      'Update',
      'Edit User ann@acme.test',
      {
        type: 'User',
        type_id: 2,
        name: 'ann@acme.test',
        user: { name: 'ann@acme.test', email_addr: 'ann@acme.test' },
      },
    ],
    ['User', 'Update', 'Edit User Ann', { type: 'User', type_id: 2, name: 'Ann', user: { name: 'Ann' } }],
    [
      'User Group',
      'Update',
      'Edit Group Blue',
      { type: 'Group', type_id: 3, name: 'Blue', group: { name: 'Blue' } },
    ],
    ['Role', 'Update', 'Edit Role Auditor', { type: 'Role', type_id: 99, name: 'Auditor' }],
    ['Account', 'Update', 'Security  - ', { type: 'Account', type_id: 99, name: 'Security' }],
    ['Phone', 'Update', 'x', { type: 'Phone', type_id: 99, name: 'Phone' }],
    [' ', 'Update', 'x', { type: 'Unknown', type_id: 0, name: 'Unknown' }],
  ])('names the entity of %j %j %j', (category_type, action, operation_detail, entity) => {
    const event = ocsfOf('operation', anOperation({ category_type, action, operation_detail }));

    expect(event.entity).toStrictEqual(entity);
    expect(event).not.toHaveProperty('entity_result');
  });

  it.each([
    [
      'Add',
      [
        { name: 'A', value: 'On' },
        { name: 'B', value: 'new' },
      ],
      undefined,
    ],
    [
      'Delete',
      [
        { name: 'A', value: 'Off' },
        { name: 'B', value: 'new' },
      ],
      undefined,
    ],
    [
      'Update',
      [{ name: 'A', value: 'Off' }],
      [
        { name: 'A', value: 'On' },
        { name: 'B', value: 'new' },
      ],
    ],
  ])('keeps the settings of %s where they belong', (action, before, after) => {
    const event = ocsfOf(
      'operation',
      anOperation({
        category_type: 'Role',
        action,
        operation_detail: 'Edit Role X  - A: from Off to On - B: set to new',
      }),
    );

    expect(event.entity?.data?.settings).toEqual(before);
    expect(event.entity_result?.data?.settings).toEqual(after);
  });

  it('has no values that are empty or could not be parsed', () => {
    const event = ocsfOf(
      'operation',
      anOperation({
        operation_detail: 'Edit User ann@acme.test  - A: set to  - B: from On to go to Off - C: from 1 to 2',
      }),
    );

    expect(event.entity?.data?.settings).toEqual([{ name: 'C', value: '1' }]);
    expect(event.entity_result?.data?.settings).toEqual([{ name: 'C', value: '2' }]);
    expect(ocsfProblems(event)).toEqual([]);
  });

  it('is named by type and name alone in OCSF 1.1.0', () => {
    const event = ocsfOf(
      'operation',
      anOperation({ operation_detail: 'Edit User ann@acme.test  - A: from 1 to 2' }),
      '1.1.0',
    );

    expect(event.entity).toStrictEqual({
      type: 'User',
      name: 'ann@acme.test',
      data: { settings: [{ name: 'A', value: '1' }] },
    });
    expect(event.entity_result).toStrictEqual({
      type: 'User',
      name: 'ann@acme.test',
      data: { settings: [{ name: 'A', value: '2' }] },
    });
    expect(event.observables?.map(({ name }) => name)).toEqual([
      'actor.user.email_addr',
      'unmapped.emails.0',
    ]);
  });
});
