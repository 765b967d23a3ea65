import { describe, expect, it } from '@jest/globals';
import { isKnownCategory } from '../../../shared/normalize/index.ts';
import { anActivity, anOperation, parsedRowOf } from './rows.ts';

const areaOf = (category_type: unknown, operation_detail: unknown, action: unknown = 'Update'): string =>
  parsedRowOf('operation', anOperation({ category_type, operation_detail, action })).area;

describe('the area of an event', () => {
  it.each([
    ['Account', 'account_settings'],
    ['Sub Account', 'account_settings'],
    ['sub_account', 'account_settings'],
    ['user_group', 'group_settings'],
    ['Roles', 'role'],
    ['Users', 'user'],
    ['user_settings', 'user'],
    ['User Group', 'group_settings'],
    ['Role', 'role'],
    ['License', 'license'],
    ['Billing', 'billing'],
    ['SAML', 'sso'],
    ['SSO Response Mapping', 'sso'],
    ['User', 'user'],
    ['User Settings', 'user'],
    ['Recording', 'content'],
    ['Team Chat', 'content'],
    ['Channels', 'content'],
    ['Webinar', 'content'],
    ['Zoom Rooms', 'other'],
    ['Phone', 'other'],
    ['Contact Center Queues', 'other'],
    ['constructor', 'other'],
    ['', 'other'],
    [undefined, 'other'],
    [['Billing'], 'other'],
  ])('follows the category %j', (category, area) => {
    expect(areaOf(category, 'a text no one has seen')).toBe(area);
  });

  it.each([
    [
      'account_settings',
      ['Account', 'Account Management', 'Account Profile', 'Account Settings', 'Sub Account'],
    ],
    ['group', ['User Group', 'Group', 'Group Management']],
    ['role', ['Role', 'Role Management']],
    ['license', ['License', 'Licenses', 'License Management']],
    ['billing', ['Billing', 'Plan', 'Plans', 'Subscription', 'Subscriptions']],
    ['user', ['User', 'User Management', 'User Settings']],
    ['content', ['Channel', 'Channels', 'Chat', 'Team Chat', 'IM', 'Meeting', 'Meetings', 'Recording']],
    ['content', ['Recordings', 'Recording Management', 'Webinar', 'Webinars', 'Whiteboard', 'Whiteboards']],
    ['other', ['Phone', 'Phone Contacts', 'Zoom Rooms']],
    ['sso', ['SSO', 'SAML', 'Single Sign-On', 'Single Signon', 'single sign on', 'My SSO']],
  ])('is %s for each of its categories, all of them known', (area, categories) => {
    for (const category of categories) {
      expect([category, areaOf(category, 'a text', 'Add')]).toEqual([category, area]);
      expect([category, isKnownCategory(category)]).toEqual([category, true]);
    }
    expect(isKnownCategory('Lessons')).toBe(false);
  });

  it.each([
    ['Change Type', 'license'],
    ['User Type', 'license'],
    ['License', 'license'],
    ['Licenses', 'license'],
    ['License Type', 'license'],
    ['Role', 'role'],
    ['User Role', 'role'],
    ['Title', 'user'],
  ])('of a user whose one setting is %s is %s', (setting, area) => {
    expect(areaOf('User', `Update User ann@acme.test  - ${setting}: from 1 to 2`)).toBe(area);
  });

  it.each([
    ['Update the SSO mapping', 'sso'],
    ['Rename SAML mapping', 'sso'],
    ['SSO', 'sso'],
    ['Single Signon: x', 'sso'],
    ['Single sign on', 'sso'],
    ['Edit Single Sign-On mapping', 'sso'],
    ['In all of the SSO', 'account_settings'],
    ['1st SSO', 'account_settings'],
    ['Update SSOs', 'account_settings'],
  ])('of a text that could not be read goes by its first words: %s', (detail, area) => {
    expect(areaOf('Account', detail)).toBe(area);
  });

  it.each([
    ['Account', true],
    ['user GROUP', true],
    ['Zoom Rooms', true],
    ['Phone Contacts', true],
    ['SSO Response Mapping', true],
    ['AI Companion', false],
    ['constructor', false],
  ])('is a known one, or not: %s, %s', (category, known) => {
    expect(isKnownCategory(category)).toBe(known);
  });

  it('ignores the case and the blanks of a category', () => {
    expect(areaOf(' user GROUP ', 'Edit Group Blue  - Chat: from On to Off')).toBe('group_settings');
  });

  it.each([
    ['Add Group Blue', 'Add', 'group'],
    ['Delete Group Blue', 'Delete', 'group'],
    ['Add User ann@acme.test', 'Add', 'group'],
    ['Edit Group Blue  - Chat: from On to Off', 'Update', 'group_settings'],
    ['Edit Group Blue  - Chat: from On to Off - Offer SSO: from Off to On', 'Update', 'sso'],
    ['Kitchen - Offer SSO: from Off to On', 'Update', 'group_settings'],
  ])('distinguishes a group from its settings: %s', (detail, action, area) => {
    expect(areaOf('User Group', detail, action)).toBe(area);
  });

  it.each([
    'Single Sign-On  - Force sign-in: from Off to On',
    'SAML Response Mapping  - Department: set to dept',
    'Sign-in Methods  - Offer SSO: from Off to On',
    'Sign-in Methods  - Chat: from On to Off - Offer SSO: from Off to On',
    'Update SAML Response Mapping',
  ])('is single sign-on where a section of the account says so: %s', (detail) => {
    expect(areaOf('Account', detail)).toBe('sso');
  });

  it.each([
    'Security  - Passphrase hint: set to SSO lunch - Chat: from On to Off',
    'Edit Group SSO  - Chat: from On to Off',
    'Kitchen - Offer SSO: from Off to On',
    'Security  - ',
    'Rename to the SSO account',
    'Classroom  - Chat: from On to Off',
  ])('is the account if only a free text mentions single sign-on: %s', (detail) => {
    expect(areaOf('Account', detail)).toBe('account_settings');
  });

  it.each([
    ['Edit User ann@acme.test  - Change Type: from On-Prem to Basic', 'license'],
    ['Update User ann@acme.test  - User Type: from Basic to On-Prem', 'license'],
    ['Update User ann@acme.test  - User Role: from Member to Admin', 'role'],
    ['Change Role  - ann@acme.test: from Member to Admin', 'role'],
    ['Change Role  - a@acme.test: from X to Y - b@acme.test: from X to Y', 'role'],
    ['Change Type  - a@acme.test: from X to Y - b@acme.test: from X to Y', 'license'],
    ['Update User ann@acme.test  - License: set to Basic', 'license'],
    ['Update User Ann Lee ann@acme.test  - Role: from Member to Admin', 'role'],
    ['Update User ann@acme.test  - Chat: from On to Off - Role: from Member to Admin', 'role'],
    ['Add User ann@acme.test to Group Blue', 'group'],
    ['Update User ann@acme.test  - Job Title: set to Cook', 'user'],
    ['Update User ann@acme.test', 'user'],
  ])('of a user follows the head, or the one setting it is sure of: %s', (detail, area) => {
    expect(areaOf('User', detail)).toBe(area);
  });

  it.each([
    'Update User ann@acme.test  - Job Title: set to Cook - Role: from Member to Owner',
    'Update User ann@acme.test  - Job Title: set to Cook - Change Type: from Basic to Licensed',
    'Update User ann@acme.test  - Job Title: set to x: from Basic to Licensed',
    'Add User Change Role',
    'Update User ann@acme.test  - Role: from free to join to OFF',
  ])('of a user cannot be forged by a job title: %s', (detail) => {
    expect(areaOf('User', detail)).toBe('user');
  });

  it('of a recording cannot be forged by its name', () => {
    expect(areaOf('Recording', 'Change Role  - SSO: from Member to Owner')).toBe('content');
  });

  it.each(['Sign in', 'Sign out', 'Sign in failed', 'Token renewed', ''])('is sign_in for %j', (type) => {
    expect(parsedRowOf('activity', anActivity({ type })).area).toBe('sign_in');
  });
});
