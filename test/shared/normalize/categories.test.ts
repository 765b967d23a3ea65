import { describe, expect, it } from '@jest/globals';
import type { Area } from '../../../shared/normalize/area.ts';
import type { CategoryRules } from '../../../shared/normalize/categories.ts';
import { textToCategory } from '../../../shared/normalize/text-to-category.ts';

/** The noun, area and rules of each category, and how Zoom and others write it. */
const CATEGORIES: readonly (readonly [string, Area, CategoryRules | undefined, readonly string[]])[] = [
  ['account', 'account_settings', 'account', ['Account', 'Account Profile', 'Account Settings', 'accounts']],
  ['security', 'account_settings', 'account', ['Security', 'Security Settings']],
  ['sub_account', 'account_settings', undefined, ['Sub Account', 'sub-accounts', 'Sub Account Management']],
  ['sso', 'sso', 'account', ['SSO', 'sso_settings']],
  ['saml', 'sso', 'account', ['SAML']],
  ['single_sign_on', 'sso', 'account', ['Single Sign-On', 'single_sign_on']],
  [
    'group',
    'group',
    'group',
    ['User Group', 'user_groups', 'Group', 'Groups', 'Group Management', 'Group Setting'],
  ],
  ['role', 'role', 'role', ['Role', 'Roles', 'Role Management']],
  ['user', 'user', 'user', ['User', 'USERS', 'User Management']],
  ['user_settings', 'user', undefined, ['User Settings', 'user_settings']],
  ['license', 'license', undefined, ['License', 'Licenses']],
  ['billing', 'billing', undefined, ['Billing', 'Billing Management']],
  ['plan', 'billing', undefined, ['Plan', 'Plans']],
  ['subscription', 'billing', undefined, ['Subscription', 'Subscription Management']],
  ['channels', 'content', undefined, ['Channel', 'Channels']],
  ['chat', 'content', undefined, ['Chat', 'Chats']],
  ['team_chat', 'content', undefined, ['Team Chat', 'team_chat']],
  ['im', 'content', undefined, ['IM', 'IM Management', 'IM Settings']],
  ['meeting', 'content', undefined, ['Meeting', 'Meetings']],
  ['recording', 'content', undefined, ['Recording', 'Recording Management']],
  ['webinar', 'content', undefined, ['Webinar', 'Webinars']],
  ['whiteboard', 'content', undefined, ['Whiteboard', 'Whiteboards']],
  ['phone', 'other', undefined, ['Phone', 'Phones', 'Phone Settings']],
  ['phone_contacts', 'other', undefined, ['Phone Contact', 'Phone Contacts']],
  ['zoom_rooms', 'other', undefined, ['Zoom Room', 'Zoom Rooms', 'zoom_rooms']],
];

describe('a category', () => {
  it.each(CATEGORIES)('has the noun %s, the area %s, the rules %s: %j', (noun, area, rules, names) => {
    for (const name of names) {
      const category = textToCategory(name);
      expect([name, category?.noun, category?.area, category?.rules]).toEqual([name, noun, area, rules]);
    }
  });

  it.each([
    'Accounting',
    'My Account',
    'Account x',
    'Room',
    'Contact',
    'Management',
    'Team',
    'constructor',
    '',
  ])('is not known by another name: %s', (name) => {
    expect(textToCategory(name)).toBeUndefined();
  });
});
