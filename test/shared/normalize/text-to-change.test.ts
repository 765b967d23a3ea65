import { describe, expect, it } from '@jest/globals';
import { textToChange } from '../../../shared/normalize/text-to-change.ts';

describe('an item of a detail', () => {
  it.each([
    ['Chat: from On to Off', { setting: 'Chat', kind: 'change', old_value: 'On', new_value: 'Off' }],
    ['Note: a: from x to y', { setting: 'Note: a', kind: 'change', old_value: 'x', new_value: 'y' }],
    [
      'Join - early: from On to Off',
      { setting: 'Join - early', kind: 'change', old_value: 'On', new_value: 'Off' },
    ],
    ['Title: from  to Cook', { setting: 'Title', kind: 'change', new_value: 'Cook' }],
    ['Title: from    to Cook', { setting: 'Title', kind: 'change', new_value: 'Cook' }],
    ['Title: from Cook to ', { setting: 'Title', kind: 'change', old_value: 'Cook' }],
    ['Title: from Cook to   ', { setting: 'Title', kind: 'change', old_value: 'Cook' }],
    [
      ' Title : from Cook to Chef',
      { setting: 'Title', kind: 'change', old_value: 'Cook', new_value: 'Chef' },
    ],
    ['Title: set to Cook', { setting: 'Title', kind: 'set', new_value: 'Cook' }],
    ['Title: set to  Cook ', { setting: 'Title', kind: 'set', new_value: 'Cook' }],
    ['R&amp;D&nbsp;desk: set to &lt;A&#62;', { setting: 'R&D desk', kind: 'set', new_value: '<A>' }],
    ['Two\u2011step: set to On', { setting: 'Two-step', kind: 'set', new_value: 'On' }],
    ['Chat: Off', { setting: 'Chat', kind: 'value', new_value: 'Off' }],
    ['Users: Role: View, Edit', { setting: 'Users: Role', kind: 'value', new_value: 'View, Edit' }],
    [' Title : set to Cook', { setting: 'Title', kind: 'set', new_value: 'Cook' }],
    ['Title: set to ', { setting: 'Title', kind: 'set' }],
    ['Title: set to   ', { setting: 'Title', kind: 'set' }],
    ['Title:    ', { setting: 'Title', kind: 'value' }],
    ['ann@acme.test', { kind: 'text', text: 'ann@acme.test' }],
    [': from a to b', { kind: 'text', text: ': from a to b' }],
    [' : a', { kind: 'text', text: ' : a' }],
  ])('is read, and no guess: %j', (item, change) => {
    expect(textToChange(item)).toStrictEqual({ change, guessed: false });
  });

  it.each([
    [' Title : Cook', 'Title', 'Cook'],
    ['Dates: 5/1 - 9/1', 'Dates', '5/1 - 9/1'],
    ['Type: Basic: 2', 'Type', 'Basic: 2'],
    ['Since: from May', 'Since', 'from May'],
    ['Hue: Not from red to blue', 'Hue', 'Not from red to blue'],
    [`Hue: von ${'A'.repeat(256)} auf B`, 'Hue', `von ${'A'.repeat(256)} auf B`],
  ])('is a guess where a value without a keyword is free text: %j', (item, setting, new_value) => {
    expect(textToChange(item)).toStrictEqual({
      change: { setting, kind: 'value', new_value },
      guessed: true,
    });
  });

  it.each(['Name: set to x: from On to Off', 'Name: from a: set to On', 'Name: set to a: set to On'])(
    'is a guess where its name could be an item itself: %j',
    (item) => {
      expect(textToChange(item).guessed).toBe(true);
    },
  );

  it.each(['Chat: von Aus auf Ein', 'Rolle: to Admin from Member', 'Größe: 4', 'Since: a to b: from May'])(
    'is not taken apart where its form is not known: %j',
    (item) => {
      expect(textToChange(item).change).toMatchObject({ kind: 'ambiguous', text: item });
    },
  );

  it.each(['Join: from ask to join to just to join', 'Join: from On to wait to Off'])(
    'is ambiguous, and not a guess, if its values can be separated in several ways: %j',
    (item) => {
      expect(textToChange(item)).toStrictEqual({
        change: { setting: 'Join', kind: 'ambiguous', text: item },
        guessed: false,
      });
    },
  );

  it.each([
    ['Join: from free to join to OFF', 'free to join', 'OFF'],
    ['Join: from 8 to free to join', '8', 'free to join'],
  ])('is a guess where only one of several ways leaves a closed value: %j', (item, old_value, new_value) => {
    expect(textToChange(item)).toStrictEqual({
      change: { setting: 'Join', kind: 'change', old_value, new_value },
      guessed: true,
    });
  });
});
