import { describe, expect, it } from '@jest/globals';
import type { Change, OperationDetail } from '../../../shared/normalize/operation-detail.ts';
import { parseSettingPhrase } from '../../../shared/normalize/parse-setting-phrase.ts';

const room = (status: 'full' | 'likely', values: Partial<Change>): OperationDetail => ({
  status,
  changes: [{ setting: 'Volume', kind: 'change', ...values }],
});

describe('the state of a room', () => {
  it.each<[string, OperationDetail]>([
    [
      'Current State: 5 - Previous State: 4 - Lock Status: Unlocked - Affected: Room 1',
      room('full', { old_value: '4', new_value: '5', locked: false, text: 'Room 1' }),
    ],
    [
      'Current State: 5 - Previous State: 4 - Lock: On',
      room('full', { old_value: '4', new_value: '5', locked: true }),
    ],
    [
      'Current State: 5 - Previous State: 4 - Affected: all - none',
      room('full', { old_value: '4', new_value: '5', text: 'all - none' }),
    ],
    [
      'Current State: 5 - Previous State: 4 - Lock: maybe',
      room('likely', { old_value: '4', new_value: '5' }),
    ],
    [
      'Current State: loud - Previous State: 4 - Lock: On',
      room('likely', { old_value: '4', new_value: 'loud', locked: true }),
    ],
    [
      'Current State: 5 - Previous State: low - Lock: On',
      room('likely', { old_value: 'low', new_value: '5', locked: true }),
    ],
    ['Current State:  - Previous State: 4 - Lock: On', room('likely', { old_value: '4', locked: true })],
    [
      'Current State: 5 - Previous State:  - Lock: On - Affected: ',
      room('likely', { new_value: '5', locked: true }),
    ],
  ])('has old and new values, a lock and rooms: %s', (states, detail) => {
    expect(parseSettingPhrase(`Volume - ${states}`)).toStrictEqual(detail);
  });

  it.each([
    'Volume - Current State: 5',
    'Volume - Current State: 5 - Previous State: 4',
    'Volume - Current State: 5 - Lock: On',
    'Volume - Previous State: 4 - Lock: On',
    'Volume - Previous State: 4 - Current State: 5 - Lock: On',
    ' - Current State: 5 - Previous State: 4 - Lock: On',
  ])('is not read without one of its parts: %s', (text) => {
    expect(parseSettingPhrase(text)).toBeUndefined();
  });
});

describe('a phrase about a setting', () => {
  it.each<[string, OperationDetail['verb'], string]>([
    ['Change account setting', 'Change', 'ON'],
    ['update group settings', 'Update', 'On'],
    ['Edit user setting', 'Edit', 'on'],
    ['CHANGE ROLE SETTINGS', 'Change', 'Yes'],
    ['Update setting', 'Update', '1'],
  ])('has a name and two values: %s', (beginning, verb, old_value) => {
    const change = { setting: 'Mail from A', kind: 'change', old_value };

    expect(parseSettingPhrase(`${beginning} Mail from A from ${old_value} to Off`)).toStrictEqual({
      status: 'full',
      verb,
      changes: [{ ...change, new_value: 'Off' }],
    });
    expect(parseSettingPhrase(`${beginning} Mail from A from ${old_value} to free text`)).toStrictEqual({
      status: 'likely',
      verb,
      changes: [{ ...change, new_value: 'free text' }],
    });
  });

  it('is a guess where it may be split in another way', () => {
    expect(parseSettingPhrase('Change setting Chat from On to On to set to Off')?.status).not.toBe('full');
  });

  it.each([
    'Please change account setting Chat from On to Off',
    'Lock account setting Chat from On to Off',
    'Change phone setting Chat from On to Off',
    'Change account settingx Chat from On to Off',
    'Change account setting from On to Off',
    'Change account setting  from On to Off',
    'Change account setting Chat',
    'Change account setting Chat from On',
    'Change account setting Chat from free to join to wait',
    'Change account setting Chat: Text from On to Off',
  ])('is not read where it differs: %s', (text) => {
    expect(parseSettingPhrase(text)).toBeUndefined();
  });
});

describe("a phrase about a user's sign-in", () => {
  it.each<[string, OperationDetail['verb'], string]>([
    ['Reset Two-Factor Authentication', 'Reset', 'Two-Factor Authentication'],
    ['disable the two factor authentication of', 'Disable', 'two factor authentication'],
    ['Remove 2FA for user', 'Remove', '2FA'],
    ['Delete MFA from', 'Delete', 'MFA'],
    ['ENABLE multi-factor authentication user', 'Enable', 'multi-factor authentication'],
    ['Reset the second factor for', 'Reset', 'second factor'],
    ['Reset Password', 'Reset', 'Password'],
    ['Reset sign-in password of', 'Reset', 'sign-in password'],
  ])('has a verb, a setting and the user: %s', (beginning, verb, setting) => {
    expect(parseSettingPhrase(`${beginning} Ann <ANN@acme.test>`)).toStrictEqual({
      status: 'full',
      verb,
      target: { type: 'user', name: 'Ann <ANN@acme.test>', email: 'ann@acme.test' },
      changes: [{ setting, kind: 'set' }],
    });
  });

  it.each([
    'Please reset password ann@acme.test',
    'Change Password ann@acme.test',
    'Reset Password',
    'Reset Password of everyone',
    'Reset Password hint ann@acme.test',
    'Reset a Password ann@acme.test',
  ])('is not read where it differs: %s', (text) => {
    expect(parseSettingPhrase(text)).toBeUndefined();
  });
});
