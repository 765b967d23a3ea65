import { describe, expect, it } from '@jest/globals';
import type {
  Change,
  Control,
  Direction,
  OperationDetail,
} from '../../../shared/normalize/operation-detail.ts';
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
    ...['Disable', 'Disallow', 'Never', 'No', 'Do not', "Don't", 'Don’t', 'Turn off', 'Skip', 'Bypass'].map(
      (word) => `${word} mfa`,
    ),
    ...['Exempt', 'Hide'].map((word) => `${word} mfa`),
    ...['to skip', 'to bypass', 'to opt out', 'without'].map((words) => `mfa ${words} it`),
  ])('does not do so where its name negates it: %s', (setting) => {
    expect(directionOf(setting, { new_value: 'On' })).toBe('weakened');
  });

  it.each([
    ...[
      'Disabled mfa',
      'Use mfa, hide it',
      'mfa to skipper',
      'mfa withoutx',
      'Nobody skips mfa',
      'Prevent mfa',
    ],
    ...['No reuse of a password', 'Do not reuse a password', 'No consecutive characters in passwords'],
  ])('does so otherwise: %s', (setting) => {
    expect(directionOf(setting, { new_value: 'On' })).toBe('strengthened');
  });
});

describe('a setting that weakens', () => {
  it.each([
    ...['Prevent', 'Disable', 'Disallow', 'Block', 'Restrict', 'Limit', 'Prohibit', 'Forbid', 'Deny'].map(
      (word) => `${word} join before host`,
    ),
    ...['Never', 'No', 'Do not', "Don't", 'Don’t', 'Turn off', 'Hide'].map(
      (word) => `${word} join before host`,
    ),
    ...['Block sign in with Google', 'Prevent users from signing in with Facebook', 'Disable Google sign-in'],
    ...['Do not allow removed participants to rejoin', 'Prevent removed participants from rejoining'],
    ...['Disable numeric passcode', 'Disallow embed passcode in invite link'],
    ...['Do not allow hosts to delete cloud recordings', 'Do not automatically delete recordings'],
  ])('protects where its name forbids it: %s', (setting) => {
    expect(directionOf(setting, { old_value: 'Off', new_value: 'On' })).toBe('strengthened');
    expect(directionOf(setting, { old_value: 'On', new_value: 'Off' })).toBe('weakened');
  });

  it.each([
    ...['Join before host, never block it', 'Nonstop join before host', 'Allow users to sign in with Google'],
    ...['Only allow numeric passcode', 'Require sign in with Google'],
  ])('does so otherwise: %s', (setting) => {
    expect(directionOf(setting, { old_value: 'Off', new_value: 'On' })).toBe('weakened');
    expect(directionOf(setting, { old_value: 'On', new_value: 'Off' })).toBe('strengthened');
  });
});

describe('a setting that exposes', () => {
  it.each([
    ...['Require', 'Enforce', 'Force', 'Prevent', 'Disable', 'Block', 'Restrict', 'Limit', 'Prohibit'].map(
      (word) => `${word} remote control`,
    ),
    ...[
      'Deny',
      'Do not',
      "Don't",
      'Don’t',
      'Turn off',
      'Hide',
      'Mask',
      'Disallow',
      'Forbid',
      'Never',
      'No',
    ].map((word) => `${word} remote control`),
    ...['Disallow file transfer', 'No public access to recordings'],
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

it.each([
  ['On', 'Enabled', 'changed'],
  ['Off', 'None', 'changed'],
  ['Everyone', 'Anyone', 'changed'],
  ['Off', 'Selected groups', 'strengthened'],
  ['On', 'Selected groups', 'changed'],
  ['Off', '5', 'strengthened'],
  ['5', 'Off', 'weakened'],
  ['5', '6', 'changed'],
  ['5', 'Blue', 'changed'],
])(
  'a protection has a direction by both its values: from %s to %s is %s',
  (old_value, new_value, direction) => {
    expect(directionOf('MFA', { old_value, new_value })).toBe(direction);
  },
);

it('a setting whose effect is known needs no name that says so', () => {
  expect(directionOf('Only allow numeric passcode', { new_value: 'On' })).toBe('weakened');
  expect(directionOf('E-mail', { new_value: 'On' })).toBe('changed');
});

describe('a length of time', () => {
  it.each([
    ['59 seconds', '1 minute'],
    ['59 min', '1 hour'],
    ['23 hours', '1 day'],
    ['6 days', '1 week'],
    ['4 weeks', '1 month'],
    ['11 months', '1 year'],
    ['1 second', '2 seconds'],
    ['1.25 hours', '1.5 hours'],
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
    ['Host', 'Host and co-hosts'],
    ['Host', 'Selected people, nobody else'],
  ])('of %s is smaller than one of %s', (old_value = '', new_value = '') => {
    expect(directionOf('Screen sharing', { old_value, new_value })).toBe('weakened');
    expect(directionOf('Screen sharing', { old_value: new_value, new_value: old_value })).toBe(
      'strengthened',
    );
  });
});

it.each([
  ['Blue', 'Everyone'],
  ['Everyone', 'Blue'],
  ['net 10.0.0.0/16', 'net 10.0.0.0/8'],
  ['10.0.0.0/16 and 10.1.0.0/16', '10.0.0.0/8 and 10.1.0.0/16'],
  ['Host', `${'-'.repeat(128)} everyone`],
])('an audience that does not say its size has no direction: from %s to %s', (old_value, new_value) => {
  expect(directionOf('Screen sharing', { old_value, new_value })).toBe('changed');
});

it.each([
  ['Reset', 'weakened'],
  ['Enable', 'strengthened'],
] as const)('a second factor without a value follows the verb %s', (verb, direction) => {
  expect(directionOf('MFA', {}, { verb })).toBe(direction);
  expect(directionOf('MFA', { old_value: 'Everyone' }, { verb })).toBe('changed');
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

/** A change with its control and direction, of a detail with one possible reading. */
const assessed = (
  change: Change,
  detail: Partial<OperationDetail> = {},
  isOfRole = false,
): Change | undefined =>
  withDirections({ status: 'full', changes: [change], ...detail }, { isOfRole }).changes?.[0];

describe('a change that was not read', () => {
  it.each<Change>([
    { kind: 'text', text: 'MFA' },
    { kind: 'ambiguous', setting: 'MFA', text: 'MFA: from On to off to Off' },
  ])('has neither a control nor a direction: %j', (change) => {
    expect(assessed(change)).toEqual(change);
  });

  it('leaves a detail without changes as it is', () => {
    expect(withDirections({ status: 'full' }, { isOfRole: true })).toEqual({ status: 'full' });
  });
});

it('a change that may be read in another way has no direction', () => {
  const change: Change = { kind: 'change', setting: 'MFA', old_value: 'On', new_value: 'Off' };

  expect(assessed(change, { status: 'likely' })).toEqual({ ...change, control: 'mfa' });
  expect(assessed(change)).toEqual({ ...change, control: 'mfa', direction: 'weakened' });
});

describe('the control of a setting', () => {
  it.each<[string, Partial<OperationDetail>, Control]>([
    ['Force it', { section: 'Single Sign-On' }, 'sso'],
    ['Force it', { section: `${'x '.repeat(126)}SSO` }, 'sso'],
    ['Force it', { section: `${'x '.repeat(128)}SSO` }, 'other'],
    [`${'x '.repeat(126)}MFA`, {}, 'mfa'],
    [`${'x '.repeat(128)}MFA`, {}, 'other'],
    ['Password', {}, 'passcode'],
    ['Password', { target: { type: 'group', name: 'Blue' } }, 'passcode'],
    ['Password', { target: { type: 'user', name: 'ann@acme.test' } }, 'password'],
    ['sign-in password', { target: { type: 'user', name: 'ann@acme.test' } }, 'password'],
    ['Password hint', { target: { type: 'user', name: 'ann@acme.test' } }, 'passcode'],
    ['My password', { target: { type: 'user', name: 'ann@acme.test' } }, 'passcode'],
    ['Job Title: Two-Factor', { target: { type: 'user', name: 'ann@acme.test' } }, 'other'],
    ['Favorite color: SSO', {}, 'other'],
    ['Job Title: Two-Factor: Two-Factor', {}, 'other'],
    ['Audit: Job Title: Two-Factor', {}, 'other'],
    ['Security: Two-Factor', {}, 'mfa'],
    ['Session duration: Enforce automatic sign-out', {}, 'session'],
    ['Two-Factor:now', {}, 'mfa'],
    ['ann@acme.test', { verb: 'Edit' }, 'other'],
    ['ann@acme.test', { verb: 'Edit', people: ['bob@acme.test'] }, 'other'],
    ['ann@acme.test', { verb: 'Add', people: ['bob@acme.test', 'ann@acme.test'] }, 'role'],
    ['ann@acme.test', {}, 'other'],
    ['Desk', { verb: 'Assign' }, 'other'],
  ])('%s of %j', (setting, detail, control) => {
    expect(assessed({ kind: 'set', setting, new_value: 'On' }, detail)?.control).toBe(control);
  });
});

it('the address of a user is no name of a setting', () => {
  const values = { old_value: 'On', new_value: 'Off' };

  expect(directionOf('mfa@acme.test', values, { verb: 'Change License' })).toBe('changed');
  expect(directionOf('mfa@acme.test', values)).toBe('weakened');
});

it("a user's own password protects", () => {
  const target = { type: 'user', name: 'ann@acme.test' } as const;

  expect(directionOf('Password', { new_value: 'On' }, { target })).toBe('strengthened');
});

describe('a lock', () => {
  it.each<[Partial<Change>, Direction]>([
    [{ kind: 'set', locked: true }, 'locked'],
    [{ kind: 'set', locked: false }, 'unlocked'],
    [{ kind: 'set', new_value: 'LOCKED' }, 'locked'],
    [{ kind: 'change', old_value: 'Locked', new_value: 'Unlocked' }, 'unlocked'],
    [{ kind: 'change', old_value: 'On', new_value: 'Off', locked: false }, 'weakened'],
    [{ kind: 'change', old_value: 'On', new_value: 'Off', locked: true }, 'weakened'],
    [{ kind: 'change', old_value: '1', new_value: '2', locked: false }, 'unlocked'],
    [{ kind: 'change', old_value: '1', new_value: '2', locked: true }, 'changed'],
  ])('of a setting: %j is %s', (change, direction) => {
    expect(assessed({ kind: 'set', setting: 'Waiting room', ...change })?.direction).toBe(direction);
  });
});

it.each([
  ['Waiting room - Locked', 'Yes', 'No', 'unlocked'],
  ['Waiting room - Lock status', 'Off', 'On', 'locked'],
  ['Waiting room - Lock', 'true', 'false', 'unlocked'],
  ['Waiting room - Lock setting', 'On', 'Off', 'unlocked'],
  ['Waiting room - Locked', '1', '2', 'changed'],
  ['Waiting room locked', 'On', 'Off', 'weakened'],
  ['Waiting room - Locked out', 'On', 'Off', 'weakened'],
])('the lock may stand in the name: %s from %s to %s is %s', (setting, old_value, new_value, direction) => {
  expect(directionOf(setting, { old_value, new_value })).toBe(direction);
});

describe('a role that a user is given', () => {
  it.each<[Partial<Change>, Direction]>([
    [{ old_value: 'Member', new_value: 'Admin' }, 'weakened'],
    [{ old_value: 'Billing Admin', new_value: 'Admin' }, 'weakened'],
    [{ old_value: 'Owner', new_value: 'Admin' }, 'strengthened'],
    [{ old_value: 'Admin', new_value: 'Member' }, 'strengthened'],
    [{ old_value: 'Clerk', new_value: 'Member' }, 'strengthened'],
    [{ old_value: 'Clerk', new_value: 'Billing Admin' }, 'weakened'],
    [{ old_value: 'Admin', new_value: 'Clerk' }, 'changed'],
    [{ old_value: 'Member', new_value: 'User' }, 'changed'],
    [{ new_value: 'Admin' }, 'weakened'],
    [{ new_value: 'Member' }, 'changed'],
    [{ new_value: 'Clerk' }, 'changed'],
    [{}, 'changed'],
    [{ kind: 'change', old_value: 'Clerk' }, 'strengthened'],
  ])('has a direction by its privileges: %j is %s', (values, direction) => {
    const kind = values.old_value === undefined ? 'set' : 'change';

    expect(assessed({ kind, setting: 'Role', ...values })).toMatchObject({ control: 'role', direction });
    expect(assessed({ kind, setting: 'ann@acme.test', ...values }, { verb: 'Change Role' })).toMatchObject({
      control: 'role',
      direction,
    });
  });
});

describe('a role that may do something else', () => {
  it.each<[Partial<Change>, Direction]>([
    [{ old_value: 'None', new_value: 'View' }, 'weakened'],
    [{ old_value: 'View', new_value: 'View, Edit' }, 'weakened'],
    [{ old_value: 'View, Edit', new_value: 'None' }, 'strengthened'],
    [{ old_value: 'Off', new_value: 'On' }, 'weakened'],
    [{ old_value: 'Edit', new_value: 'Delete' }, 'changed'],
    [{ new_value: 'View' }, 'weakened'],
    [{ new_value: 'Off' }, 'changed'],
    [{}, 'changed'],
  ])('has a direction by how much it may do: %j is %s', (values, direction) => {
    const change: Change = { kind: 'value', setting: 'Reports', ...values };

    expect(assessed(change, {}, true)).toEqual({ ...change, control: 'role', direction });
    expect(assessed(change)?.control).toBe('other');
  });
});

describe('a limit of time', () => {
  it.each([
    ...['0', '0 minutes', 'None', 'Never', 'UNLIMITED'].map((endless) => ['Session time', endless]),
    ...['0', '0 days', 'none', 'Never', 'Unlimited'].map((endless) => ['Password expires after', endless]),
    ['Idle time-out', '0'],
  ])('%s: to %s does not apply', (setting = '', endless = '') => {
    expect(directionOf(setting, { old_value: '30', new_value: endless })).toBe('weakened');
    expect(directionOf(setting, { old_value: endless, new_value: '30' })).toBe('strengthened');
    expect(directionOf(setting, { new_value: endless })).toBe('weakened');
    expect(directionOf(setting, { old_value: endless, new_value: 'Never' })).toBe('changed');
  });

  it.each(['Disable idle time-out', 'Never sign out', 'Do not expire the password'])(
    'has no direction where its name negates it: %s',
    (setting) => {
      expect(directionOf(setting, { old_value: '30', new_value: 'Never' })).toBe('changed');
    },
  );

  it.each([
    ...['API token expiration', 'Expiry of shared recordings', 'Passcode expires after'],
    ...['Allowed IP ranges', 'Allowed IP address ranges', 'Trusted networks', 'Permitted IP addresses'],
  ])('has no direction where it may mean nothing or everything: %s', (setting) => {
    expect(directionOf(setting, { old_value: '10.0.0.0/8', new_value: 'None' })).toBe('changed');
    expect(directionOf(setting, { old_value: '0', new_value: '90' })).toBe('changed');
    expect(directionOf(setting, { old_value: '90', new_value: 'Unlimited' })).toBe('changed');
  });

  it.each(['API token expiration', 'Allowed IP addresses'])('is not safer when it is off: %s', (setting) => {
    expect(directionOf(setting, { old_value: 'On', new_value: 'Off' })).toBe('changed');
  });

  it('may be a switch', () => {
    expect(directionOf('Trusted networks', { old_value: 'Off', new_value: 'On' })).toBe('weakened');
    expect(directionOf('Prevent access to expired recordings', { new_value: 'Off' })).toBe('weakened');
    expect(directionOf('IP access control', { old_value: 'On', new_value: 'None' })).toBe('weakened');
    expect(directionOf('Session time', { old_value: 'Off', new_value: '30' })).toBe('strengthened');
  });
});
