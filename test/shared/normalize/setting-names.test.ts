import { describe, expect, it } from '@jest/globals';
import { isKnownLicense, isLicenseSetting, isRoleSetting } from '../../../shared/normalize/setting-names.ts';

describe('the setting of a user', () => {
  it.each(['role', 'User Role', 'Change Role', 'change user role'])('%s is the role', (setting) => {
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
