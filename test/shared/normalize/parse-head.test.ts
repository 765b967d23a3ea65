import { describe, expect, it } from '@jest/globals';
import { type Head, parseHead } from '../../../shared/normalize/parse-head.ts';

const ANN = { type: 'user', name: 'ann@acme.test', email: 'ann@acme.test' } as const;
const PEOPLE = ['a@acme.test', 'b@acme.test'] as const;

const group = (name: string) => ({ type: 'group', name }) as const;
const role = (name: string) => ({ type: 'role', name }) as const;
const channel = (name: string) => ({ type: 'channel', name }) as const;
const recording = (name: string) => ({ type: 'recording', name }) as const;

describe('a head', () => {
  it.each<[string, Head]>([
    ['change user roles', { verb: 'Change Role', setting: 'Role', isKnown: true }],
    ['Change Role', { verb: 'Change Role', setting: 'Role', isKnown: true }],
    ['Change Type', { verb: 'Change Type', setting: 'Type', isKnown: true }],
    ['CHANGE USER TYPES', { verb: 'Change Type', setting: 'Type', isKnown: true }],
    ['Change License', { verb: 'Change License', setting: 'License', isKnown: true }],
    ['Change User Licenses', { verb: 'Change License', setting: 'License', isKnown: true }],
    ['Change Role Clerk', { verb: 'Change', target: role('Clerk'), isKnown: true }],
    ['Change Typeface', { verb: 'Change', object: 'Typeface', isKnown: false }],
    ['Change Licenses now', { verb: 'Change', object: 'Licenses now', isKnown: false }],
    ['Not Change Role', { section: 'Not Change Role', isKnown: false }],
    ['Not Change Type', { section: 'Not Change Type', isKnown: false }],
    ['Not Change License', { section: 'Not Change License', isKnown: false }],
  ])('may name a setting of people: %s', (text, head) => {
    expect(parseHead(text)).toStrictEqual(head);
  });

  it.each<[string, Head]>([
    ['Edit Group', { verb: 'Edit', noun: 'group', isKnown: true }],
    ['edit  the  GROUP', { verb: 'Edit', object: ' GROUP', isKnown: false }],
    ['Edit the Group Blue', { verb: 'Edit', target: group('Blue'), isKnown: true }],
    ['Edit an Group   Blue\nSky', { verb: 'Edit', target: group('Blue\nSky'), isKnown: true }],
    ['Edit a Group Blue', { verb: 'Edit', target: group('Blue'), isKnown: true }],
    ['Edit user group Blue', { verb: 'Edit', target: group('Blue'), isKnown: true }],
    ['Edit Groups', { verb: 'Edit', noun: 'group', isKnown: true }],
    ['Add Account North', { verb: 'Add', target: { type: 'account', name: 'North' }, isKnown: true }],
    ['Edit Account North', { verb: 'Edit', object: 'Account North', isKnown: false }],
    ['Edit Groupware', { verb: 'Edit', object: 'Groupware', isKnown: false }],
    ['Edit', { verb: 'Edit', object: '', isKnown: false }],
    ['Edit Then Group Blue', { verb: 'Edit', object: 'Then Group Blue', isKnown: false }],
    ['Group Blue', { section: 'Group Blue', isKnown: false }],
    ['Security', { section: 'Security', isKnown: true }],
    ['Delete recording for meeting 12', { verb: 'Delete', target: recording('12'), isKnown: true }],
    ['Delete recording of Meeting  12', { verb: 'Delete', target: recording('12'), isKnown: true }],
    ['Delete recording from meeting 12', { verb: 'Delete', target: recording('12'), isKnown: true }],
    [
      'Delete recording A of meeting 12',
      { verb: 'Delete', target: recording('A of meeting 12'), isKnown: true },
    ],
    ['Copy Role Clerk to Role Chief', { verb: 'Copy', target: role('Chief'), isKnown: true }],
    ['Copy Role Clerk to Chief to go', { verb: 'Copy', target: role('Chief to go'), isKnown: true }],
    ['Copy Role Clerk', { verb: 'Copy', target: role('Clerk'), isKnown: true }],
    ['Edit Role Go to Role Chief', { verb: 'Edit', target: role('Go to Role Chief'), isKnown: true }],
    ['Copy Group Go to Role Chief', { verb: 'Copy', target: group('Go to Role Chief'), isKnown: true }],
  ])('may name a target after its verb: %s', (text, head) => {
    expect(parseHead(text)).toStrictEqual(head);
  });

  it.each<[string, Head]>([
    [
      'Assign Role Admin to User ann@acme.test',
      { verb: 'Assign', target: ANN, role: 'Admin', isKnown: true },
    ],
    ['Revoke Role Chief from ann@acme.test', { verb: 'Revoke', target: ANN, role: 'Chief', isKnown: true }],
    [
      'Unassign Role Go to it from Members a@acme.test, b@acme.test',
      { verb: 'Unassign', noun: 'user', people: PEOPLE, role: 'Go to it', isKnown: true },
    ],
    ['Assign Role Admin to Ann', { verb: 'Assign', target: role('Admin to Ann'), isKnown: true }],
    [
      'Add Role Admin to User ann@acme.test',
      { verb: 'Add', target: role('Admin to User ann@acme.test'), isKnown: true },
    ],
    [
      'Assign Group Blue to User ann@acme.test',
      { verb: 'Assign', target: group('Blue to User ann@acme.test'), isKnown: true },
    ],
  ])('may name a role and its users: %s', (text, head) => {
    expect(parseHead(text)).toStrictEqual(head);
  });

  it.each<[string, Head]>([
    ['Assign admin for channel Blue', { verb: 'Assign', target: channel('Blue'), isKnown: false }],
    ['Assign admin for the channel Blue', { verb: 'Assign', target: channel('Blue'), isKnown: false }],
    ['Assign b c d e FOR channel A for B', { verb: 'Assign', target: channel('A for B'), isKnown: false }],
    [
      'Assign b c d e f for channel Blue',
      { verb: 'Assign', object: 'b c d e f for channel Blue', isKnown: false },
    ],
    [
      'Assign cloud b c d e for recording Blue',
      { verb: 'Assign', object: 'cloud b c d e for recording Blue', isKnown: false },
    ],
    ['Assign for channel Blue', { verb: 'Assign', object: 'for channel Blue', isKnown: false }],
    ['Assign admin for Blue', { verb: 'Assign', object: 'admin for Blue', isKnown: false }],
    ['Share link for channel Blue', { verb: 'Share', target: channel('Blue'), isKnown: false }],
    ['Share screen for all', { section: 'Share screen for all', isKnown: false }],
  ])('is a guess where words stand before the target: %s', (text, head) => {
    expect(parseHead(text)).toStrictEqual(head);
  });

  it.each<[string, Head]>([
    ['Lock settings', { verb: 'Lock', locked: true, isKnown: true }],
    ['Unlock setting  Meeting', { verb: 'Unlock', locked: false, section: 'Meeting', isKnown: true }],
    ['Unlock Settings In Meeting', { verb: 'Unlock', locked: false, section: 'In Meeting', isKnown: true }],
    ['Lock settingsx', { section: 'Lock settingsx', isKnown: false }],
    ['Lock all settings', { section: 'Lock all settings', isKnown: false }],
    ['Edit settings', { verb: 'Edit', object: 'settings', isKnown: false }],
    ['Unlock Group Blue', { verb: 'Unlock', target: group('Blue'), isKnown: true }],
  ])('may lock or unlock settings: %s', (text, head) => {
    expect(parseHead(text)).toStrictEqual(head);
  });

  it.each<[string, Head]>([
    ['Add User ann@acme.test', { verb: 'Add', target: ANN, isKnown: true }],
    ['Add Member  ann@acme.test', { verb: 'Add', target: ANN, isKnown: true }],
    [
      'Add User Ann ANN@acme.test',
      { verb: 'Add', target: { ...ANN, name: 'ANN@acme.test' }, isKnown: false },
    ],
    ['Add User Ann', { verb: 'Add', target: { type: 'user', name: 'Ann' }, isKnown: false }],
    ['Add Users a@acme.test, b@acme.test', { verb: 'Add', noun: 'user', people: PEOPLE, isKnown: true }],
    ['Add User ann@acme.test to Group Blue', { verb: 'Add', target: ANN, group: 'Blue', isKnown: true }],
    ['Add User ann@acme.test in user GROUP Blue', { verb: 'Add', target: ANN, group: 'Blue', isKnown: true }],
    [
      'Remove User ann@acme.test from Role Clerk',
      { verb: 'Remove', target: ANN, role: 'Clerk', isKnown: true },
    ],
    ['Add User ann@acme.test to Group', { verb: 'Add', target: ANN, isKnown: false }],
    [
      'Add User Ann to Group Blue',
      { verb: 'Add', target: { type: 'user', name: 'Ann' }, group: 'Blue', isKnown: false },
    ],
    [
      'Add User ann@acme.test to Group Go to Group Red',
      { verb: 'Add', target: ANN, group: 'Go to Group Red', isKnown: false },
    ],
    [
      'Add Users a@acme.test, b@acme.test to Group Blue',
      { verb: 'Add', noun: 'user', people: PEOPLE, group: 'Blue', isKnown: true },
    ],
    [
      'Add Users a@acme.test, b@acme.test to Group Go to Group Red',
      { verb: 'Add', noun: 'user', people: PEOPLE, group: 'Go to Group Red', isKnown: false },
    ],
  ])('may name users, and what they entered or left: %s', (text, head) => {
    expect(parseHead(text)).toStrictEqual(head);
  });
});
