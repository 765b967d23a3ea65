import { describe, expect, it } from '@jest/globals';
import { SETTINGS } from '../../../shared/normalize/settings.ts';

const effectOf = (name: string, section = ''): string | undefined => {
  const found = SETTINGS.find(
    (pattern) => pattern.name.test(name) && pattern.section?.test(section) !== false,
  );
  return found && [found.control, found.whenOn, found.saferNumber ?? ''].join(' ').trim();
};

/** Names by control, effect when on, and safer number. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
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
  'sign_in_method protects': ['lock after sign-in attempts', 'block signin attempts', 'captcha'],
  'sign_in_method weakens': [
    ...['sign in with x', 'sign-in with x', 'log in with x', 'log-in with x', 'sign-in via x', 'signin by x'],
    ...['work email to sign', 'personal email may sign', 'google sign-in', 'apple id sign-in'],
    ...['facebook account signin', 'microsoft sign-in', 'partner account'],
  ],
  'sign_in_method -': ['email', 'e-mail', 'e-mail address', 'sign-in email', 'signin e-mail'],
  'password protects less': [
    ...['password expires', 'password history', 'reuse of a password', 'password reuse', 'password change'],
    ...['expired password', 'history of the password'],
  ],
  'password protects more': [
    ...['minimum password', 'min. password', 'min password', 'length of passwords', 'at least one password'],
    ...['include in a password', 'contain a password', 'consecutive in password'],
    ...['uppercase in password', 'special in password', 'password minimum', 'passwords length'],
    ...[
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
    ...['passcode of a recording', 'recording passcode', 'password of a recording', 'recording password'],
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
  ],
  'recording_access exposes': [
    ...['recording shared', 'recording download', 'recording view', 'recording access', 'recording public'],
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
  'role -': ['role', 'user role', 'change role', 'change user role'],
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
  ...['theme', 'twofacets', 'a2fab', 'amfab', 'aotpb', 'assoc', 'samla', 'catapult', 'hotlse', 'subdomainsx'],
  ...['my email', 'email of all', 'cloud', 'my role', 'roles', 'types', 'my type', 'licensee'],
  ...['happy', 'apis', 'atoken', 'telescope', 'externals', 'someanyone', 'guestsx', 'chatter', 'profiles'],
])('a setting %s has no effect that is known', (name) => {
  expect(effectOf(name)).toBeUndefined();
});
