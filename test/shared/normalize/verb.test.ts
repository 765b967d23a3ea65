import { describe, expect, it } from '@jest/globals';
import { actionToWord, type Verb, wordToVerb } from '../../../shared/normalize/verb.ts';

describe('an action', () => {
  it.each<[Verb, string[]]>([
    ['create', ['Add', 'Create', 'Import', 'Invite']],
    ['read', ['View', 'Read', 'Export', 'Download', 'Search', 'List']],
    [
      'update',
      ['Update', 'Edit', 'Change', 'Modify', 'Assign', 'Activate', 'Deactivate', 'Enable', 'Disable'],
    ],
    ['update', ['Lock', 'Unlock', 'Reset', 'Restore', 'Share', 'Approve', 'Set']],
    ['delete', ['Delete', 'Remove', 'Unlink', 'Disassociate', 'Revoke']],
    ['other', ['Sign', 'Merge', '', 'constructor']],
  ])('is one of five verbs, in any case: %s', (verb, words) => {
    const spellings = words.flatMap((action) => [action, action.toLowerCase(), action.toUpperCase()]);

    expect(new Set(spellings.map(wordToVerb))).toEqual(new Set([verb]));
  });

  it.each([
    ['Update', 'Update'],
    ['Batch Update', 'Update'],
    ['batch update', 'update'],
    ['SCIM API - Update', 'Update'],
    ['SCIM API - Batch Add', 'Add'],
    ['Update Batch ', 'Update Batch'],
    ['Not Batch Update', 'Not Batch Update'],
    ['Batch ', 'Batch '],
  ])('%j is the word %j, however it came about', (action, bare) => {
    expect(actionToWord(action)).toBe(bare);
  });
});
