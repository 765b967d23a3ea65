import { describe, expect, it } from '@jest/globals';
import { wordNameOf } from '../../../shared/normalize/head-words.ts';
import { parseHead } from '../../../shared/normalize/parse-head.ts';
import type { TargetType } from '../../../shared/normalize/target-type.ts';

it('a verb is known in any case', () => {
  expect(['add', 'ADD', 'Adding', '', undefined].map(wordNameOf)).toEqual([
    'Add',
    'Add',
    undefined,
    undefined,
    undefined,
  ]);
});

describe('a noun', () => {
  it.each<[TargetType, string[]]>([
    ['group', ['Group', 'Groups', 'User Group', 'User Groups']],
    ['role', ['Role', 'Roles']],
    ['channel', ['Channel', 'Channels']],
    ['recording', ['Recording', 'Recordings', 'Cloud Recording', 'Cloud Recordings']],
    ['meeting', ['Meeting', 'Meetings']],
    ['webinar', ['Webinar', 'Webinars']],
    ['room', ['Room', 'Rooms', 'Zoom Room', 'Zoom Rooms']],
    ['account', ['Account', 'Accounts']],
    ['sub_account', ['Sub Account', 'Sub Accounts', 'Subaccount', 'Sub-account']],
    ['call_queue', ['Call Queue', 'Call Queues']],
    ['app', ['App', 'Apps', 'Application', 'Applications']],
    ['domain', ['Domain', 'Domains', 'Associated Domain', 'Associated Domains']],
    ['domain', ['Managed Domain', 'Managed Domains']],
  ])('of a %s stands before its name, in any case: %j', (type, nouns) => {
    for (const noun of [...nouns, ...nouns.map((name) => name.toUpperCase())])
      expect([noun, parseHead(`Add ${noun} N 1`)]).toEqual([
        noun,
        { verb: 'Add', target: { type, name: 'N 1' }, isKnown: true },
      ]);
  });

  it.each(['User', 'Users', 'Member', 'Members'])('of a user stands before an address: %s', (noun) => {
    expect(parseHead(`Add ${noun} a@acme.test`).target?.email).toBe('a@acme.test');
  });

  it.each(['Cloud', 'Zoom', 'Sub', 'Queue', 'Managed', 'Roommate', 'Appendix'])(
    'is no other word: %s',
    (word) => {
      expect(parseHead(`Add ${word} N 1`)).toEqual({ verb: 'Add', object: `${word} N 1`, isKnown: false });
    },
  );
});

describe('an account', () => {
  it.each([
    ...['Add', 'Create', 'Delete', 'Link', 'Unlink', 'Disassociate', 'Activate', 'Deactivate', 'Suspend'],
    'Restore',
  ])('is a target of the verb %s', (verb) => {
    expect(parseHead(`${verb} Account North`).target).toEqual({ type: 'account', name: 'North' });
  });

  it.each(['Update', 'Edit', 'Change', 'Export', 'Set'])('is none of the verb %s', (verb) => {
    expect(parseHead(`${verb} Account Settings`)).not.toHaveProperty('target');
  });
});

describe('a page of settings', () => {
  it.each([
    ...['Account Profile', 'Account Settings', 'Admin Activity Logs', 'Admin Options', 'App Marketplace'],
    ...['Archiving', 'Audio Conferencing', 'Email Notification', 'Enhanced Password Requirement'],
    ...[
      'Enhanced Password Rules',
      'IM Settings',
      'In Meeting (Advanced)',
      'In Meeting (Basic)',
      'Integration',
    ],
    ...['IP Address Access Control', 'Managed Domains', 'Meeting', 'Passcode Requirement', 'Password Policy'],
    ...['Recording', 'SAML Response Mapping', 'Schedule Meeting', 'Security', 'Sign-in Methods'],
    ...['Sign-in Password Requirement', 'Single Sign-On', 'SSO', 'Telephone', 'Webinar', 'Zoom Phone'],
  ])('is known: %s', (section) => {
    expect(parseHead(section)).toEqual({ section, isKnown: true });
    expect(parseHead(`My ${section}`)).toEqual({ section: `My ${section}`, isKnown: false });
  });

  it.each(['Kitchen', 'In Meeting', 'Zoom', 'constructor'])('is not known: %s', (section) => {
    expect(parseHead(section)).toEqual({ section, isKnown: false });
  });
});
