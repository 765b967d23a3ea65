import { describe, expect, it } from '@jest/globals';
import {
  isFreeField,
  isKnownLicense,
  isLicenseSetting,
  isRoleSetting,
} from '../../../shared/normalize/setting-names.ts';

describe('the setting of a user', () => {
  it.each([
    ...[
      'role',
      'User Role',
      'Change Role',
      'change user role',
      'Roles',
      'User Roles',
      'Role(s)',
      'Role Name',
    ],
    'Admin Role',
  ])('%s is the role', (setting) => {
    expect([isRoleSetting(setting), isLicenseSetting(setting)]).toEqual([true, false]);
  });

  it.each(['Change Type', 'type', 'User Type', 'License', 'licenses', 'License Type', 'change license'])(
    '%s is the license',
    (setting) => {
      expect([isRoleSetting(setting), isLicenseSetting(setting)]).toEqual([false, true]);
    },
  );

  it.each([undefined, '', 'Roles of rooms', 'Type of call'])('%j is neither', (setting) => {
    expect([isRoleSetting(setting), isLicenseSetting(setting)]).toEqual([false, false]);
  });
});

it('some licenses are known', () => {
  expect(['Basic', 'Licensed', 'PRO', 'On-Prem', 'none'].every(isKnownLicense)).toBe(true);
  expect([undefined, '', 'Gold'].some(isKnownLicense)).toBe(false);
});

it.each([
  ...['Topic', 'job title', 'DEPARTMENT', 'Meeting Topic', 'Preferred First Name', 'Group description'],
  ...['Comments', 'Cost Center', 'Cost Centre', 'Topic: Two-Factor', 'Employee ID'],
])('people fill in %s', (setting) => {
  expect(isFreeField(setting)).toBe(true);
});

it.each([
  ...[
    undefined,
    '',
    'Role Name',
    'User Role Name',
    'Domain name',
    'Two-Factor',
    'Topics of the day',
    'Delete chat messages',
  ],
  ...['Allow users to change a name', 'Rename', 'Two-Factor: Topic', `${'x'.repeat(128)} Topic`],
])('people do not fill in %s', (setting) => {
  expect(isFreeField(setting)).toBe(false);
});
