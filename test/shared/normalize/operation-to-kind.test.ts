import { describe, expect, it } from '@jest/globals';
import { ACTIVITIES } from '../../../shared/normalize/ocsf-activity.ts';
import { anOperation, parsedRowOf } from './rows.ts';

const kindOf = (category_type: unknown, action: unknown, operation_detail: unknown) => {
  const { eventType, activity } = parsedRowOf(
    'operation',
    anOperation({ category_type, action, operation_detail }),
  );
  const [name] = Object.entries(ACTIVITIES).find(([, known]) => known === activity) ?? [];
  return [eventType, name];
};

describe('the kind of an operation', () => {
  it.each([
    ['User', 'Update', 'Activate User ann@acme.test', 'user.activate', 'enableAccount'],
    ['User', 'Update', 'Activate Group Blue', 'user.update', 'activateEntity'],
    ['User', 'Update', 'Deactivate User ann@acme.test', 'user.deactivate', 'disableAccount'],
    ['User', 'Update', 'Deactivate Role Clerk', 'user.update', 'deactivateEntity'],
    ['User', 'Update', 'Change Role  - ann: from Member to Admin', 'user.role_change', 'assignPrivileges'],
    ['User', 'Update', 'Change Role  - ann: from Member to ', 'user.role_change', 'updateEntity'],
    ['User', 'Update', 'Change Role  - ann: from Admin to ', 'user.role_change', 'updateEntity'],
    ['User', 'Update', 'Change Role', 'user.role_change', 'updateEntity'],
    ['User', 'Add', 'Add User ann@acme.test', 'user.create', 'createAccount'],
    ['User', 'Add', 'Add Group Blue', 'user.create', 'createEntity'],
    ['User', 'Add', 'something', 'user.create', 'createEntity'],
    ['User', 'Update', 'Add User ann@acme.test', 'user.update', 'updateEntity'],
    ['User', 'Delete', 'Delete User ann@acme.test', 'user.delete', 'deleteAccount'],
    ['User', 'Delete', 'Delete Group Blue', 'user.delete', 'deleteEntity'],
    [
      'User',
      'Update',
      'Update User ann@acme.test  - Change Type: from Basic to On',
      'user.license_change',
      'updateEntity',
    ],
    ['User', 'Update', 'Update User ann  - Change Type: set to On', 'user.update', 'updateEntity'],
    ['User', 'Update', 'Update User ann  - Title: from Cook to Chef', 'user.update', 'updateEntity'],
    ['User', 'View', 'something', 'user.read', 'readEntity'],
    ['User Group', 'Add', 'Add User ann@acme.test', 'group.update', 'updateEntity'],
    ['User Group', 'Add', 'Add Group Blue', 'group.create', 'createGroup'],
    ['User Group', 'Add', 'Add Role Clerk', 'group.create', 'createEntity'],
    ['User Group', 'Delete', 'Delete Group Blue', 'group.delete', 'deleteGroup'],
    ['User Group', 'Delete', 'Delete Role Clerk', 'group.delete', 'deleteEntity'],
    [
      'User Group',
      'Update',
      'Edit Group Blue  - Chat: from On to Off',
      'group.setting_change',
      'updateEntity',
    ],
    ['User Group', 'View', 'Edit Group Blue', 'group.read', 'readEntity'],
    ['Account', 'Update', 'Security  - Chat: from On to Off', 'account.setting_change', 'updateEntity'],
    ['Account', 'Delete', 'Security', 'account.delete', 'deleteEntity'],
    ['SSO', 'Update', 'x', 'account.setting_change', 'updateEntity'],
    ['SSO', 'Delete', 'x', 'sso.delete', 'deleteEntity'],
    ['SAML', 'Update', 'x', 'account.setting_change', 'updateEntity'],
    ['SAML', 'Add', 'x', 'saml.create', 'createEntity'],
    ['Single Sign-On', 'Update', 'x', 'account.setting_change', 'updateEntity'],
    ['Single Sign-On', 'Dance', 'x', 'single_sign_on.other', 'otherEntity'],
    ['Zoom Rooms', 'Update', 'x', 'zoom_rooms.update', 'updateEntity'],
    [undefined, 'Add', 'x', 'unknown.create', 'createEntity'],
    ['Billing', undefined, 'x', 'billing.other', 'unknownEntity'],
    ['Billing', undefined, 'Update the address', 'billing.update', 'updateEntity'],
    ['Billing', 'Dance', 'Update the address', 'billing.other', 'otherEntity'],
    ['Billing', 'Update', 'Enable the address', 'billing.update', 'updateEntity'],
    ['Phone', 'Update', 'Enable Group Blue', 'phone.update', 'enableEntity'],
    ['Phone', 'Enable', 'Update Group Blue', 'phone.update', 'enableEntity'],
  ])('%s, %s: %s is %s', (category, action, detail, ...expected) => {
    expect(kindOf(category, action, detail)).toEqual(expected);
  });

  it.each([
    ['Enable User ann@acme.test', 'user.activate', 'enableAccount'],
    ['Disable User ann@acme.test', 'user.deactivate', 'disableAccount'],
    ['Lock User ann@acme.test', 'user.lock', 'lockAccount'],
    ['Lock Group Blue', 'user.update', 'updateEntity'],
    ['Unlock User ann@acme.test', 'user.unlock', 'unlockAccount'],
    ['Unlock Group Blue', 'user.update', 'updateEntity'],
    ['Update User ann@acme.test  - License: set to Basic', 'user.update', 'updateEntity'],
    [
      'Change Type  - a@acme.test: from X to Y - b@acme.test: from X to Y',
      'user.license_change',
      'updateEntity',
    ],
    ['Change License  - ann@acme.test: set to Basic', 'user.license_change', 'updateEntity'],
  ])('of a user follows the head: %s is %s', (detail, ...expected) => {
    expect(kindOf('User', 'Update', detail)).toEqual(expected);
  });

  it.each(['Unlink', 'Disassociate', 'Revoke'])('of a user follows the verb %s', (verb) => {
    expect(kindOf('User', undefined, `${verb} User ann@acme.test`)).toEqual(['user.unlink', 'deleteEntity']);
    expect(kindOf('User', verb, 'x')).toEqual(['user.unlink', 'deleteEntity']);
  });

  it.each([
    ['Add', 'Add License to ann@acme.test', 'user.create', 'createEntity'],
    ['Delete', 'Remove License from ann@acme.test', 'user.delete', 'deleteEntity'],
    ['Delete', 'Delete User ann@acme.test  - Desk: set to 4', 'user.delete', 'deleteAccount'],
  ])('is not about a whole user where words were not understood: %s, %s', (action, detail, ...expected) => {
    expect(kindOf('User', action, detail)).toEqual(expected);
  });
});

describe('a change of a role', () => {
  const ANN = 'Update User ann@acme.test ';
  const GUESSED = 'Update User Ann Lee ann@acme.test ';

  it.each([
    [`${ANN} - User Role: from Member to Admin`, 'assignPrivileges'],
    [`${ANN} - Role: from Member to Clerk`, 'assignPrivileges'],
    [`${ANN} - Role: set to Admin`, 'assignPrivileges'],
    [`${ANN} - Role: from Member to User`, 'assignPrivileges'],
    [`${ANN} - Role: from Admin to Owner`, 'assignPrivileges'],
    [`${ANN} - Role: from Admin to Member`, 'revokePrivileges'],
    ['Unassign Role Clerk  - ann@acme.test', 'revokePrivileges'],
    [`${GUESSED} - Role: from Member to Admin`, 'assignPrivileges'],
    [`${GUESSED} - Role: set to Admin`, 'assignPrivileges'],
    ['Change Role  - Role: set to Admin', 'updateEntity'],
    ['Assign Role Clerk  - a@acme.test, b@acme.test', 'updateEntity'],
    ['Add Users a@acme.test, b@acme.test to Role Clerk', 'updateEntity'],
    ['Edit Users a@acme.test, b@acme.test  - Role: set to Admin - Desk: set to 4', 'updateEntity'],
  ])('of a user or of several: %s is %s', (detail, activity) => {
    expect(kindOf('User', 'Update', detail)).toEqual(['user.role_change', activity]);
  });

  it.each([
    ['Update User Ann', 'Role: from Member to Admin'],
    [GUESSED, 'Role: from Member to Clerk'],
    [GUESSED, 'Role: from Clerk to Admin'],
    [GUESSED, 'Role: from Member to Admin - Desk: set to 4'],
    [GUESSED, 'Title: from Member to Admin'],
    [ANN, 'Role: from Member to Admin - Desk: set to 4'],
    [ANN, 'Role: '],
    ['Security', 'Role: from Member to Admin'],
    ['Edit Users a@acme.test, b@acme.test', 'Desk: set to 4'],
  ])('is not every change of a user: %s  - %s', (head, items) => {
    expect(kindOf('User', 'Update', `${head}  - ${items}`)).toEqual(['user.update', 'updateEntity']);
  });
});

describe("a user's means of signing in", () => {
  it.each([
    ['Reset Two-Factor Authentication ann@acme.test', 'user.mfa_disable', 'disableFactor'],
    ['Update User ann@acme.test  - MFA: from On to Off', 'user.mfa_disable', 'disableFactor'],
    ['Enable 2FA for ann@acme.test', 'user.mfa_enable', 'enableFactor'],
    ['Update User ann@acme.test  - MFA: from Off to On', 'user.mfa_enable', 'enableFactor'],
    ['Reset Password for user ann@acme.test', 'user.password_reset', 'resetPassword'],
    ['reset the sign-in password of ann@acme.test', 'user.password_reset', 'resetPassword'],
  ])('is reset or switched: %s is %s', (detail, ...expected) => {
    expect(kindOf('User', 'Update', detail)).toEqual(expected);
  });

  it.each([
    'Edit Group Blue  - MFA: from On to Off',
    'Security  - MFA: from On to Off',
    'Update User ann@acme.test  - MFA: from Red to Blue',
    'Update User ann@acme.test  - Waiting Room: from On to Off',
    'Remove Password of ann@acme.test',
    'Reset User ann@acme.test',
    'Reset User ann@acme.test  - Waiting Room: from On to Off',
    'Reset User  - Minimum password length: from 8 to 12',
    'Reset Group Blue  - Minimum password length: from 8 to 12',
  ])('is not every change that resembles it: %s', (detail) => {
    expect(kindOf('User', 'Update', detail)).toEqual(['user.update', 'updateEntity']);
  });
});

describe('a change of the members of a group', () => {
  it.each([
    ['Add User ann@acme.test to Group Blue', 'group.member_add', 'addMember'],
    ['Add User ann@acme.test to Group Blue  - Desk: set to 4', 'group.member_add', 'addMember'],
    ['Remove User ann@acme.test from Group Blue', 'group.member_remove', 'removeMember'],
    ['Delete User ann@acme.test from Group Blue', 'group.member_remove', 'removeMember'],
    ['Add Users a@acme.test, b@acme.test to Group Blue', 'group.member_add', 'updateEntity'],
    ['Remove Users a@acme.test, b@acme.test from Group Blue', 'group.member_remove', 'updateEntity'],
    ['Add Group Blue  - ann@acme.test', 'group.member_add', 'addMember'],
    ['Remove Group Blue  - ann@acme.test', 'group.member_remove', 'removeMember'],
    ['Edit Group Blue  - Members Added: ann@acme.test', 'group.member_add', 'addMember'],
    ['Edit Group Blue  - Remove Member: ann@acme.test', 'group.member_remove', 'removeMember'],
    ['Delete Group Blue  - Add Users: a@acme.test, b@acme.test', 'group.member_add', 'updateEntity'],
  ])('is read in any category of people: %s is %s', (detail, ...expected) => {
    expect(kindOf('User', 'Update', detail)).toEqual(expected);
    expect(kindOf('User Group', 'Update', detail)).toEqual(expected);
  });

  it('is not one of a role, nor of several users', () => {
    expect(kindOf('User', 'Delete', 'Delete Users a@acme.test, b@acme.test')).toEqual([
      'user.delete',
      'deleteEntity',
    ]);
    expect(kindOf('User', 'Update', 'Add User ann@acme.test to Role Clerk')).toEqual([
      'user.role_change',
      'assignPrivileges',
    ]);
  });
});
