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
  ])('%s, %s: %s is %s', (category, action, detail, ...expected) => {
    expect(kindOf(category, action, detail)).toEqual(expected);
  });
});
