import { describe, expect, it } from '@jest/globals';
import type { Change, Direction, OperationDetail } from '../../../shared/normalize/operation-detail.ts';
import { withDirections } from '../../../shared/normalize/setting-direction.ts';

const directionOf = (
  setting: string,
  values: { readonly old_value?: string; readonly new_value?: string },
  detail: Partial<OperationDetail> = {},
): Direction | undefined => {
  const kind = values.old_value === undefined ? 'set' : 'change';
  const change: Change = { kind, setting, ...values };
  return withDirections({ status: 'full', changes: [change], ...detail }, { isOfRole: false }).changes?.[0]
    ?.direction;
};

describe('a setting that protects', () => {
  it.each([
    ...['Disable', 'Do not', "Don't", 'Turn off', 'Skip', 'Bypass', 'Exempt', 'Hide'].map(
      (word) => `${word} mfa`,
    ),
    ...['to skip', 'to bypass', 'to opt out', 'without'].map((words) => `mfa ${words} it`),
  ])('does not do so where its name negates it: %s', (setting) => {
    expect(directionOf(setting, { new_value: 'On' })).toBe('weakened');
  });

  it.each(['Disabled mfa', 'Use mfa, hide it', 'mfa to skipper', 'mfa withoutx'])(
    'does so otherwise: %s',
    (setting) => {
      expect(directionOf(setting, { new_value: 'On' })).toBe('strengthened');
    },
  );
});

describe('a setting that exposes', () => {
  it.each([
    ...['Require', 'Enforce', 'Force', 'Prevent', 'Disable', 'Block', 'Restrict', 'Limit', 'Prohibit'].map(
      (word) => `${word} remote control`,
    ),
    ...['Deny', 'Do not', "Don't", 'Turn off', 'Hide', 'Mask'].map((word) => `${word} remote control`),
    ...['only remote control', 'remote control requires x', 'a require of remote control'],
  ])('protects where its name restricts it: %s', (setting) => {
    expect(directionOf(setting, { new_value: 'On' })).toBe('strengthened');
  });

  it.each(['Blocked remote control', 'Use remote control, block it', 'commonly remote control'])(
    'does so otherwise: %s',
    (setting) => {
      expect(directionOf(setting, { new_value: 'On' })).toBe('weakened');
    },
  );
});

it.each([
  ['None', 'strengthened'],
  ['Never', 'strengthened'],
  ['Deactivated', 'strengthened'],
  ['inactive', 'strengthened'],
  ['Activated', 'weakened'],
  ['active', 'weakened'],
  ['Blue', 'changed'],
])('a switch can be set to %s: %s', (new_value, direction) => {
  expect(directionOf('Remote control', { new_value })).toBe(direction);
});

describe('a length of time', () => {
  it.each([
    ['59 seconds', '1 minute'],
    ['59 min', '1 hour'],
    ['23 hours', '1 day'],
    ['6 days', '1 week'],
    ['4 weeks', '1 month'],
    ['11 months', '1 year'],
    ['1,5 hours', '1.6 hours'],
    ['-1', '+1'],
    ['1Days', '2DAYS'],
    ['7 characters', '8 character'],
  ])('of %s is shorter than one of %s', (old_value = '', new_value = '') => {
    expect(directionOf('Session time', { old_value, new_value })).toBe('weakened');
    expect(directionOf('Session time', { old_value: new_value, new_value: old_value })).toBe('strengthened');
    expect(directionOf('Retention', { old_value, new_value })).toBe('strengthened');
  });

  it.each([
    ['60 seconds', '1 minute'],
    ['60 minutes', '1 hour'],
    ['24 hours', '1 day'],
    ['7 days', '1 week'],
    ['30 days', '1 month'],
    ['365 days', '1 years x'],
    ['about 1', '2'],
    ['1 fortnight', '2'],
  ])('of %s has no direction to %s', (old_value, new_value) => {
    expect(directionOf('Session time', { old_value, new_value })).toBe('changed');
  });
});

describe('an audience', () => {
  it.each([
    ...['No one', 'noone', 'Nobody'].map((small) => [small, 'Host']),
    ...['Host', 'Hosts', 'Only the host', 'The hosts only', 'only hosts'].map((small) => [small, 'Co-host']),
    ...['Co-host', 'Cohosts'].map((small) => [small, 'Specific people']),
    ...['Selected', 'certain', 'some', 'not in here', 'external', 'guest', 'guests', 'all except me'].map(
      (small) => [small, 'Signed in'],
    ),
    ...['People in your account', 'of my organization', 'from the company', 'in this account'].map(
      (small) => [small, 'Everyone'],
    ),
    ...['in same company', 'signed-in', 'authenticated', 'internal', 'contacts'].map((small) => [
      small,
      'All',
    ]),
    ...['Anyone', 'Everybody', 'Anybody', 'public'].map((large) => ['Contacts', large]),
    ['10.0.0.0/16', '10.0.0.0/8'],
    ['2001:db8::/64', '2001:DB8::/32'],
  ])('of %s is smaller than one of %s', (old_value = '', new_value = '') => {
    expect(directionOf('Screen sharing', { old_value, new_value })).toBe('weakened');
    expect(directionOf('Screen sharing', { old_value: new_value, new_value: old_value })).toBe(
      'strengthened',
    );
  });
});

it.each([
  ['Reset', 'weakened'],
  ['Enable', 'strengthened'],
] as const)('a second factor without a value follows the verb %s', (verb, direction) => {
  expect(directionOf('MFA', {}, { verb })).toBe(direction);
  expect(directionOf('Waiting room', {}, { verb })).toBe('changed');
});

it.each(['Change Role', 'Assign', 'Unassign'] as const)('the items of a batch of %s are roles', (verb) => {
  const changes: Change[] = [{ kind: 'set', setting: 'ann@acme.test', new_value: 'Owner' }];

  expect(withDirections({ status: 'full', verb, changes }, { isOfRole: false }).changes).toMatchObject([
    { control: 'role', direction: 'weakened' },
  ]);
});

it.each(['Change Type', 'Change License'] as const)('the items of a batch of %s are licenses', (verb) => {
  const changes: Change[] = [{ kind: 'set', setting: 'ann@acme.test', new_value: 'Basic' }];

  expect(withDirections({ status: 'full', verb, changes }, { isOfRole: false }).changes).toMatchObject([
    { control: 'license' },
  ]);
});
