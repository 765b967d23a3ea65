import { expect, it } from '@jest/globals';
import { textToCategory } from '../../../shared/normalize/text-to-category.ts';

it.each([
  'User Group',
  ' user  group ',
  '_USER_-GROUPS_',
  'User Group Management',
  'user-group-setting',
  'Groups Settings',
])('a category is known in any spelling: %j', (text) => {
  expect(textToCategory(text)?.noun).toBe('group');
});

it.each([undefined, '', 'UserGroup', 'User Managements', 'User Management x', 'Usersettings', 'Groupss'])(
  'a category is not known where it is misspelled: %j',
  (text) => {
    expect(textToCategory(text)).toBeUndefined();
  },
);
