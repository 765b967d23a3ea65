import { describe, expect, it } from '@jest/globals';
import { anOperation, flatOf } from './rows.ts';

const KEYS = ['detail', 'controls', 'weakened', 'unlocked'] as const;

/** The status of a detail and the controls that it names. */
const assessmentOf = (operation_detail: string, category_type = 'Account'): Record<string, unknown> => {
  const flat = flatOf('operation', anOperation({ category_type, operation_detail }));
  return Object.fromEntries(
    KEYS.filter((key) => flat[key] !== undefined).map((key) => [
      key,
      key === 'detail' ? flat.detail?.status : flat[key],
    ]),
  );
};

const LIKELY = { detail: 'likely' };

describe('the name of an object that is no update', () => {
  it.each([
    'Create Channel lunch  - Audit log: from On to Off',
    'Delete Meeting lunch  - IP Address Access Control: from On to Off',
    'Add Webinar lunch  - Two-Factor: from On to Off',
    'Add Group Waiting Room  - Two-Factor: from On to Off',
    'Delete Group Blue - Two-Factor: from On to Off',
    'Create Channel  - Audit log: from On to Off',
    'View Recording lunch  - Two-Factor: from On to Off',
    'Create Room lunch  - Waiting Room: Unlocked',
  ])('changes no protection: %s', (text) => {
    expect(assessmentOf(text)).toEqual(LIKELY);
  });

  it.each([
    'Update Webinar Town Hall  - Two-Factor: from On to Off',
    'Edit Group Blue  - Two-Factor: from On to Off',
    'Add User kim@acme.test  - Two-Factor: Off',
  ])('is no obstacle to a change: %s', (text) => {
    expect(assessmentOf(text)).toEqual({ detail: 'full', controls: ['mfa'], weakened: ['mfa'] });
  });
});

describe('a setting with two blanks before a hyphen', () => {
  it.each([
    'Edit Group Blue  - Disable  - Waiting Room: from On to Off',
    'Edit Group Blue  - Disable  - Waiting Room: set to Off',
    'Edit Group Blue  - Chat: from On to Off - No  - Waiting Room: Off',
  ])('may be a part of the name before it: %s', (text) => {
    expect(assessmentOf(text)).toEqual(LIKELY);
  });

  it('is certain with one blank', () => {
    expect(assessmentOf('Edit Group Blue  - Disable - Waiting Room: from On to Off')['detail']).toBe('full');
  });
});

describe('what follows a field that people fill in', () => {
  it.each([
    'Update User kim@acme.test  - Job Title: from On to Off - Two-Factor: from On to Off',
    'Update User kim@acme.test  - Department: None - User Role: from Member to Owner',
    'Update User kim@acme.test  - Chat: from On to Off - First Name: 1 - Two-Factor: from On to Off',
    'Update User kim@acme.test  - Cost Center: 12 - Two-Factor: from On to Off',
    'Update Meeting 12  - Topic: Off - Waiting Room: from On to Off',
    'Security  - Description: from 1 to 2 - Waiting Room: from On to Off',
  ])('is likely at most: %s', (text) => {
    expect(assessmentOf(text)).toEqual(LIKELY);
  });

  it('is not what stands before it', () => {
    expect(
      assessmentOf('Update User kim@acme.test  - Two-Factor: from On to Off - Job Title: from On to Off'),
    ).toEqual({ detail: 'full', controls: ['mfa'], weakened: ['mfa'] });
  });
});

describe('a role', () => {
  it.each([
    'Change Role  - Kim: from Account Admin to Account Owner',
    'Assign Role Admin to User kim@acme.test',
    'Update User kim@acme.test  - Roles: from Member to Admin',
    'Update User kim@acme.test  - Role(s): from Member to Owner',
    'Update User kim@acme.test  - Role Name: from Member to Admin',
    'Update User kim@acme.test  - Admin Role: set to Owner',
  ])('that a user is given weakens: %s', (text) => {
    expect(assessmentOf(text, 'User')).toEqual({ detail: 'full', controls: ['role'], weakened: ['role'] });
  });

  it.each(['Non-admin', 'Not an admin', 'Ex-Administrator', 'Nonadministrative'])(
    'of %s has no known privileges',
    (role) => {
      expect(assessmentOf(`Change Role  - kim@acme.test: from Member to ${role}`, 'User')).toEqual({
        detail: 'full',
        controls: ['role'],
      });
    },
  );

  it('may get the name of another', () => {
    expect(assessmentOf('Edit Role Clerk  - Role Name: from Clerk to Owner', 'Role')).toEqual({
      detail: 'full',
      controls: ['role'],
    });
  });

  it('is that of the user whom a head names', () => {
    expect(
      flatOf(
        'operation',
        anOperation({ action: 'Assign', operation_detail: 'Assign Role Admin to User kim@acme.test' }),
      ),
    ).toMatchObject({
      event_type: 'user.role_change',
      target_email: 'kim@acme.test',
      detail: { changes: [{ setting: 'Role', new_value: 'Admin' }] },
    });
  });
});
