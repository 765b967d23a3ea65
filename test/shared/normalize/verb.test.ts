import { describe, expect, it } from '@jest/globals';
import { actionToWord, type Verb, wordToVerb } from '../../../shared/normalize/verb.ts';

describe('an action', () => {
  it.each<[Verb, string[]]>([
    ['create', ['Add', 'Create', 'Import']],
    ['read', ['View', 'Read', 'Export', 'Download']],
    ['update', ['Update', 'Edit', 'Change', 'Modify']],
    ['delete', ['Delete', 'Remove']],
    ['other', ['Activate', 'Sign', '', 'constructor']],
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
