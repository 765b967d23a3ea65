import { describe, expect, it } from '@jest/globals';
import type { Control, Direction } from '../../../shared/normalize/operation-detail.ts';
import { SETTINGS } from '../../../shared/normalize/settings.ts';
import { anOperation, parsedRowOf } from './rows.ts';

const assessmentOf = (operation_detail: string, category_type = 'Account'): unknown[] => {
  const { detail } = parsedRowOf('operation', anOperation({ category_type, operation_detail }));
  const [change] = detail?.changes ?? [];
  return [change?.control, change?.direction];
};

/** One row for each line of the settings' table, at least: section, setting, values, control, direction. */
const ROWS: readonly (readonly [string, string, string, Control, Direction])[] = [
  ['Security', 'Force 2FA for all', 'from On to Off', 'mfa', 'weakened'],
  ['Security', 'Force 2FA for all', 'from Off to On', 'mfa', 'strengthened'],
  ['Security', 'Multi-factor sign-in', 'set to No', 'mfa', 'weakened'],
  ['Security', 'Use an OTP by text message', 'Disabled', 'mfa', 'weakened'],
  ['Security', 'Disable MFA for contractors', 'from Off to On', 'mfa', 'weakened'],
  ['Security', 'Two factor', 'from Everyone to Selected groups', 'mfa', 'weakened'],
  ['Security', 'Two factor', 'from Off to Selected groups', 'mfa', 'strengthened'],
  ['Sign-in Methods', 'Offer SAML', 'from On to Off', 'sso', 'weakened'],
  ['Single Sign-On', 'Force it', 'from On to Off', 'sso', 'weakened'],
  ['Security', 'Sign out of idle clients after', 'from 15 to 60', 'session', 'weakened'],
  ['Security', 'Session duration', 'from 2 days to 3 hours', 'session', 'strengthened'],
  ['Security', 'Session duration', 'from 30 to Never', 'session', 'weakened'],
  ['Security', 'Lock an account after failed sign-in attempts', 'from On to Off', 'password', 'weakened'],
  ['Sign-in Methods', 'Allow users to sign in with a code', 'from Off to On', 'sign_in_method', 'weakened'],
  ['Sign-in Methods', 'Disable Google sign-in', 'from On to Off', 'sign_in_method', 'weakened'],
  ['Sign-in Methods', 'Disable Google sign-in', 'from Off to On', 'sign_in_method', 'strengthened'],
  ['Security', 'Prevent users from signing in with Facebook', 'from On to Off', 'sign_in_method', 'weakened'],
  ['Sign-in Methods', 'Google sign-in', 'from On to Off', 'sign_in_method', 'strengthened'],
  ['Profile', 'Sign-in email', 'from a@acme.test to b@acme.test', 'sign_in_method', 'changed'],
  ['Security', 'Password history', 'from 12 to 5', 'password', 'weakened'],
  ['Security', 'Cannot reuse the last passwords', 'from 3 to 5', 'password', 'strengthened'],
  ['Security', 'Password expires after', 'from 30 to 90', 'password', 'weakened'],
  ['Security', 'Minimum password length', 'from 12 to 8', 'password', 'weakened'],
  ['Security', 'Password complexity', 'from On to Off', 'password', 'weakened'],
  ['Password Policy', 'Maximum age in days', 'from 30 to 90', 'password', 'weakened'],
  ['Password Policy', 'Needs a digit', 'from On to Off', 'password', 'weakened'],
  ['Password Policy', 'Shortest', 'from 8 to 12', 'password', 'strengthened'],
  ['Schedule Meeting', 'Embed passcode in the link', 'from Off to On', 'passcode', 'weakened'],
  ['Recording', 'Passcode for shared recordings', 'from On to Off', 'recording_access', 'weakened'],
  ['Schedule Meeting', 'Passcode for personal rooms', 'from Yes to No', 'passcode', 'weakened'],
  ['Passcode Requirement', 'Shortest', 'from 10 to 6', 'passcode', 'weakened'],
  ['Meeting', 'Have at least 1 capital', 'from True to False', 'passcode', 'weakened'],
  ['Meeting', 'Who goes to the waiting room', 'from Anyone to Guests', 'waiting_room', 'weakened'],
  ['Meeting', 'Joining before the host', 'from Off to On', 'waiting_room', 'weakened'],
  ['Meeting', 'Only authenticated people', 'from On to Off', 'other', 'weakened'],
  ['Meeting', 'Watermark on video', 'from On to Off', 'other', 'weakened'],
  ['Meeting', 'Use end-to-end encryption', 'from On to Off', 'encryption', 'weakened'],
  ['Security', 'Block some countries', 'from On to Off', 'network', 'weakened'],
  ['Security', 'Trusted networks', 'from 10.0.0.0/16 to 10.0.0.0/8', 'network', 'weakened'],
  ['Security', 'Trusted networks', 'from 10.0.0.0/8 to 10.0.0.0/16', 'network', 'strengthened'],
  ['Security', 'Block these domains', 'from On to Off', 'domain', 'weakened'],
  ['Chat', 'Cloud Storage Retention', 'from 60 days to 2 weeks', 'retention', 'weakened'],
  ['Recording', 'Recover from trash', 'from On to Off', 'retention', 'weakened'],
  ['Recording', 'Hosts can delete a recording', 'from Off to On', 'recording_access', 'weakened'],
  ['Recording', 'Auto delete', 'from Off to On', 'retention', 'weakened'],
  ['Recording', 'Delete after days', 'from 90 to 10', 'retention', 'weakened'],
  ['Recording', 'Keep for', 'from 1 year to 3 months', 'retention', 'weakened'],
  ['Recording', 'Only the host may view a recording', 'from On to Off', 'recording_access', 'weakened'],
  ['Recording', 'Viewers can download', 'from Off to On', 'recording_access', 'weakened'],
  ['Recording', 'Recording consent', 'from On to Off', 'recording_access', 'weakened'],
  ['Recording', 'Local recording', 'from On to Off', 'recording_access', 'strengthened'],
  ['Account', 'Operation logs', 'from On to Off', 'audit', 'weakened'],
  ['Meeting', 'Remote control', 'from Disabled to Enabled', 'remote_control', 'weakened'],
  ['Meeting', 'Prevent remote control', 'from On to Off', 'remote_control', 'weakened'],
  ['Meeting', 'Send files', 'from Off to On', 'chat', 'weakened'],
  ['Meeting', 'Chat for hosts only', 'from On to Off', 'chat', 'weakened'],
  ['Meeting', 'Screen sharing', 'from Off to On', 'other', 'weakened'],
  ['Meeting', 'Who can share', 'from Hosts to Co-hosts', 'other', 'weakened'],
  ['Meeting', 'Who can share', 'from Nobody to Hosts', 'other', 'weakened'],
  ['Meeting', 'Who can share', 'from People in your company to Only the host', 'other', 'strengthened'],
  ['Integration', 'OAuth 2.0 for calendars', 'from On to Off', 'app_approval', 'weakened'],
  ['Integration', 'Webhook tokens', 'from Off to On', 'app_approval', 'weakened'],
  ['App Marketplace', 'Status', 'from Inactive to Active', 'app_approval', 'weakened'],
  ['Meeting', 'Let external people in', 'from Off to On', 'other', 'weakened'],
  ['Telephone', 'Toll-free countries', 'from On to Off', 'other', 'changed'],
  ['Meeting', 'Topic: Passcode', 'from On to Off', 'other', 'changed'],
  ['Meeting', 'Dark mode', 'from On to Off', 'other', 'changed'],
  ['Security', 'Waiting Room', 'from Locked to Unlocked', 'waiting_room', 'unlocked'],
  ['Security', 'Waiting Room', 'Locked', 'waiting_room', 'locked'],
  ['Security', 'Waiting Room', 'from On to On', 'waiting_room', 'changed'],
  ['Security', 'Dark mode', 'from 1 to 2', 'other', 'changed'],
  ['Security', 'Waiting Room', 'from Blue to Red', 'waiting_room', 'changed'],
];

describe('a setting of the account', () => {
  it.each(ROWS)('%s, %s: %s is %s, %s', (section, setting, values, control, direction) => {
    expect(assessmentOf(`${section}  - ${setting}: ${values}`)).toEqual([control, direction]);
  });

  it.each(['Edit Group Blue', 'Edit Role Clerk', 'Update User ann@acme.test', 'Update Room 12'])(
    'has the same effect in any scope: %s',
    (head) => {
      expect(assessmentOf(`${head}  - Waiting Room: from On to Off`, 'User Group')).toEqual([
        'waiting_room',
        'weakened',
      ]);
    },
  );

  it('has no direction where free text stands before it', () => {
    expect(
      parsedRowOf(
        'operation',
        anOperation({
          category_type: 'Account',
          operation_detail: 'Security  - Hint: set to free text - Waiting Room: from On to Off',
        }),
      ).detail?.changes?.[1],
    ).toEqual({
      setting: 'Waiting Room',
      kind: 'change',
      old_value: 'On',
      new_value: 'Off',
      control: 'waiting_room',
    });
  });

  it('is not searched for behind the name of a field', () => {
    expect(
      assessmentOf('Update User kim@acme.test  - Job Title: Two-Factor: from On to Off', 'User'),
    ).toEqual(['other', 'changed']);
  });

  it('is not searched for in the names that a customer chose', () => {
    expect(assessmentOf('Edit Group Two-Factor Off  - Dark mode: from On to Off', 'User Group')).toEqual([
      'other',
      'changed',
    ]);
  });

  it('is unlocked by the verb, whatever follows its name', () => {
    expect(assessmentOf('Unlock setting Security  - Waiting Room - Hint: from A to B')).toEqual([
      'waiting_room',
      'unlocked',
    ]);
  });

  it('is unlocked by its lock, if its own values say nothing', () => {
    expect(assessmentOf('Meeting  - Dark mode: from On to Off - Lock: Off')[1]).toBe('unlocked');
    expect(assessmentOf('Meeting  - Dark mode: from On to Off - Lock: On')[1]).toBe('changed');
    expect(assessmentOf('Meeting  - Waiting room: from 1 to 2 - Lock: Off')[1]).toBe('unlocked');
  });
});

describe('what a role may do', () => {
  it.each([
    ['Billing: from None to View', 'weakened'],
    ['Billing: from View, Edit to View', 'strengthened'],
    ['Billing: View, Edit', 'weakened'],
    ['Duties: set to Looks, does not touch', 'changed'],
    ['Members: ann@acme.test, bo@acme.test', 'changed'],
  ])('%s is %s', (item, direction) => {
    expect(assessmentOf(`Edit Role Clerk  - ${item}`, 'Role')).toEqual(['role', direction]);
  });
});

describe('a role', () => {
  it.each([
    ['from Member to Admin', 'weakened'],
    ['from User to Billing Admin', 'weakened'],
    ['from Billing Admin to Admin', 'weakened'],
    ['from Admin to Co-Owner', 'weakened'],
    ['from Co-Owner to Owner', 'weakened'],
    ['from Owner to Admin', 'strengthened'],
    ['from Admin to User', 'strengthened'],
    ['from Clerk to Member', 'strengthened'],
    ['from Clerk to Help Desk Administrator', 'weakened'],
    ['from Admin to Clerk', 'changed'],
    ['from Member to Clerk', 'changed'],
    ['from Member to User', 'changed'],
    ['set to Owner', 'weakened'],
    ['set to Member', 'changed'],
  ])('that a user is given has a direction by its privileges: %s is %s', (values, direction) => {
    expect(assessmentOf(`Change Role  - ann@acme.test: ${values}`, 'User')).toEqual(['role', direction]);
    expect(assessmentOf(`Update User ann@acme.test  - User Role: ${values}`, 'User')).toEqual([
      'role',
      direction,
    ]);
  });

  it.each([
    ['from None to View', 'weakened'],
    ['from View to View, Edit', 'weakened'],
    ['from View, Edit to None', 'strengthened'],
    ['from Off to On', 'weakened'],
    ['View, Edit', 'weakened'],
    ['from View to Edit', 'changed'],
  ])('that may do something else has a direction by how much it may do: %s is %s', (values, direction) => {
    expect(assessmentOf(`Edit Role Clerk  - Reports: ${values}`, 'Role')).toEqual(['role', direction]);
  });

  it('is a license where the head says so', () => {
    expect(assessmentOf('Change Type  - ann@acme.test: from Basic to Licensed', 'User')).toEqual([
      'license',
      'changed',
    ]);
  });
});

const effectOf = (name: string, section = ''): string | undefined => {
  const found = SETTINGS.find(
    (pattern) => pattern.name.test(name) && pattern.section?.test(section) !== false,
  );
  return found && [found.control, found.whenOn, found.saferNumber ?? ''].join(' ').trim();
};

/** Names by control, effect when on, and safer number. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'other -': [
    ...[
      'topic',
      'meeting topic: passcode',
      'webinar description: mfa',
      'display name',
      'name: sso',
      'file title',
    ],
    ...['toll-free countries', 'global dial-in countries', 'dialin regions', 'call-out countries', 'callout'],
    ...['channel agenda', 'group subject', 'note', 'comment', 'department: mfa', 'location', 'company'],
  ],
  'mfa protects': [
    ...['use two-factor', 'use two factor', 'use twofactor', '2fa', '2-fa', '2 factor', '2factor', 'mfa now'],
    ...['multi-factor', 'multi factor', 'multifactor', 'second factor', 'one-time pass', 'one time pass'],
    ...['an otp', 'authenticator app'],
  ],
  'sso protects': ['sso', 'use saml', 'single sign-on', 'single sign on', 'single-sign-on', 'single signon'],
  'session protects less': [
    ...[
      'automatic sign out',
      'automatically sign out',
      'automatically signs users out',
      'sign out',
      'signs out',
    ],
    ...['signed out', 'sign users out', 'sign them out', 'automatic signed-out', 'automatic sign-users out'],
    ...['session duration', 'session time', 'inactivity', 'idle', 'timeout', 'time-out'],
    ...['reauthenticate', 're-authenticate', 'sign in again'],
  ],
  'password protects': ['lock after sign-in attempts', 'block signin attempts', 'captcha'],
  'sign_in_method weakens': [
    ...[
      'sign in with x',
      'sign-in with x',
      'log in with x',
      'login with x',
      'signing in with x',
      'signs in with x',
      'logging in with x',
      'logs in with x',
      'log-in with x',
      'sign-in via x',
      'signin by x',
    ],
    ...['work email to sign', 'personal email may sign', 'google sign-in', 'apple id sign-in'],
    ...['facebook account signin', 'microsoft sign-in', 'partner account'],
  ],
  'sign_in_method -': ['email', 'e-mail', 'e-mail address', 'sign-in email', 'signin e-mail'],
  'password protects less': [
    ...['password expires', 'password change', 'expired password', 'password will expire'],
  ],
  'password protects more': [
    ...['password history', 'reuse of a password', 'password reuse', 'history of the password'],
    ...['minimum password', 'min. password', 'min password', 'length of passwords', 'at least one password'],
    ...['include in a password', 'contain a password', 'consecutive in password'],
    ...['uppercase in password', 'special in password', 'password minimum', 'passwords length'],
    ...[
      'password of some length',
      'password characters',
      'password complexity',
      'password strength',
      'password rules',
      'password policy',
    ],
  ],
  'passcode weakens': [
    ...['only allow numeric', 'numeric passcode', 'numeric password', 'embed passcode', 'embed password'],
    ...['passcode in one-click', 'password is in the invite link', 'passcode embedded in one-click'],
  ],
  'recording_access protects': [
    ...[
      'passcode of a recording',
      'recording passcode',
      'recording needs a passcode',
      'password of a recording',
      'recording password',
    ],
    ...['only for a recording', 'recording consent', 'recording disclaimer', 'recording notification'],
  ],
  'passcode protects more': [
    ...['passcode', 'password', 'have at least', 'have a minimum', 'at least 1 letter', 'at least 10 number'],
    ...['at least 2 digit', 'at least 1 special', 'at least 8 character', 'include both uppercase'],
    ...['consecutive characters', 'minimum password for one', 'at least 1 passcode'],
  ],
  'waiting_room protects': ['the waiting room'],
  'waiting_room weakens': [
    ...[
      'join before host',
      'joining before the host',
      'join before the host',
      'removed participants to rejoin',
    ],
    'rejoin',
  ],
  'other protects': [
    ...['one security option', 'only authenticated', 'authenticated users', 'identify guest', 'watermark'],
  ],
  'encryption protects': ['encrypt', 'e2ee', 'use tls', 'srtp now'],
  'network protects': [
    ...['data center region', 'data centre regions', 'data center regions', 'region/countries'],
    ...[
      'regions/countries',
      'countries',
      'an ip address',
      'ip access control',
      'allowlist',
      'allow-list',
      'proxy',
    ],
  ],
  'network exposes': [
    ...[
      'allowed ip ranges',
      'allowed ip address ranges',
      'permitted ip addresses',
      'allowed range',
      'permitted networks',
      'trusted network',
      'trusted ips',
      'trusted ip',
    ],
  ],
  'domain protects': ['a domain', 'domains'],
  'retention - more': ['cloud storage retention'],
  'retention protects': ['recover', 'the trash'],
  'recording_access weakens': ['can delete a recording', 'allow hosts to delete their recording'],
  'retention weakens more': [
    ...['delete after', 'deleting by number of days', 'autodelete', 'auto-delete', 'auto delete'],
    ...['automatically delete', 'automaticallydelete'],
  ],
  'retention protects more': [
    ...['archive', 'retention', 'retain', 'keep 10 days', 'keep it for', 'keep for', 'cloud storage'],
    ...['my cloud storage retention', 'cloud storage retention days'],
  ],
  'recording_access exposes': [
    ...[
      'recording is shared',
      'recording shared',
      'recording download',
      'recording view',
      'recording access',
      'recording public',
    ],
    ...['share a recording', 'download a recording', 'view a recording', 'access to a recording'],
    ...[
      'public recording',
      'viewers can',
      'can download',
      'share with',
      'local recording',
      'automatic recording',
    ],
  ],
  'audit protects': ['audit', 'activity log', 'activity logs', 'operation log', 'operation logs', 'logging'],
  'remote_control exposes': [
    ...['remote control', 'remote support', 'far-end camera', 'far end camera', 'camera control'],
  ],
  'chat exposes': ['file transfer', 'file types', 'send file', 'send files', 'a chat', 'chats'],
  'other exposes': [
    ...['live stream', 'livestream', 'live-streaming', 'live streaming', 'screenshar', 'screen sharing'],
    ...['who can share', 'desktop/screen', 'share screen', 'share their screen'],
    ...['external', 'a guest', 'guests', 'anonymous', 'anyone'],
  ],
  'app_approval protects': [
    ...['oauth 2.0', 'require an approval', 'approval is required', 'approval required'],
  ],
  'app_approval exposes': [
    ...['preapprove', 'pre-approve', 'an app', 'apps', 'oauth', 'marketplace', 'webhook', 'an api', 'token'],
    ...['tokens', 'a scope', 'scopes'],
  ],
  'role -': [
    'roles',
    'role(s)',
    'admin role',
    'role name',
    'role',
    'user role',
    'change role',
    'change user role',
  ],
  'license -': [
    ...['type', 'change type', 'user type', 'license type', 'license', 'licenses', 'change license'],
    'change licenses',
  ],
};

describe.each(Object.entries(NAMES))('a setting whose effect is %s', (effect, names) => {
  it.each(names)('can be named %s', (name) => {
    expect(effectOf(name)).toBe(effect);
  });
});

it.each([
  ['sso', 'Force it', 'sso protects'],
  ['use saml', 'Force it', 'sso protects'],
  ['single sign on', 'Force it', 'sso protects'],
  ['sign-in methods', 'Key', 'sign_in_method weakens'],
  ['signin methods of all', 'Key', 'sign_in_method weakens'],
  ['password policy', 'Key', 'password protects more'],
  ['password rule', 'Key', 'password protects more'],
  ['password rules', 'Key', 'password protects more'],
  ['password requirement', 'Key', 'password protects more'],
  ['password requirements', 'maximum', 'password protects less'],
  ['password policy', 'expire', 'password protects less'],
  ['password policy', 'change after', 'password protects less'],
  ['password policy', 'changed after', 'password protects less'],
  ['password policy', 'days', 'password protects less'],
  ['passcode requirement', 'Key', 'passcode protects more'],
  ['oauth app', 'Key', 'app_approval exposes'],
  ['app marketplace', 'Key', 'app_approval exposes'],
])('in the section %s a setting %s is %s', (section, name, effect) => {
  expect(effectOf(name, section)).toBe(effect);
});

it.each([
  ['all sign-in methods', 'Key'],
  ['password', 'Key'],
  ['passcode', 'Key'],
  ['app', 'Key'],
])('in the section %s a setting %s has no effect that is known', (section, name) => {
  expect(effectOf(name, section)).toBeUndefined();
});

it.each([
  ...['theme', 'twofacets', 'a2fab', 'amfab', 'aotpb', 'assoc', 'samla', 'catapult', 'hotlse', 'subdomainsx'],
  ...['my email', 'email of all', 'cloud', 'my role', 'my licenses', 'types', 'my type', 'licensee'],
  ...['happy', 'apis', 'atoken', 'telescope', 'externals', 'someanyone', 'guestsx', 'chatter', 'profiles'],
])('a setting %s has no effect that is known', (name) => {
  expect(effectOf(name)).toBeUndefined();
});
