import { describe, expect, it } from '@jest/globals';
import { itemsToChanges } from '../../../shared/normalize/items-to-changes.ts';

describe('the items of a detail', () => {
  it.each(['', '   '])('are none in %j', (text) => {
    expect(itemsToChanges(text)).toEqual({ status: 'full', changes: [] });
  });

  it.each([
    ['Chat: from On to Off', ['Chat: On → Off']],
    ['A: from 1 to 2 - B: set to 3 - C: 4', ['A: 1 → 2', 'B: 3', 'C: 4']],
    ['Join - early: from On to Off', ['Join - early: On → Off']],
    ['Dates: 5/1 - 9/1', ['Dates: 5/1 - 9/1']],
    ['early - A: 1 - B: 2', ['early - A: 1', 'B: 2']],
    ['a - b - C: 1', ['a - b - C: 1']],
    ['A: - x - B: from 1 to 2', ['A: - x', 'B: 1 → 2']],
    ['A: set to  - B: from 1 to 2', ['A: ', 'B: 1 → 2']],
    ['some words', ['some words']],
    ['some - words', ['some - words']],
  ])('begin where both sides of a separator are named: %j', (text, expected) => {
    const { changes } = itemsToChanges(text);

    expect(
      changes.map(({ setting, old_value, new_value, ...rest }) =>
        setting === undefined
          ? rest.text
          : `${setting}: ${old_value === undefined ? '' : `${old_value} → `}${new_value ?? ''}`,
      ),
    ).toEqual(expected);
  });

  it.each([
    ['full', 'A: from 8 to 14 - B: from on to OFF - C: set to free text'],
    ['likely', 'A: set to free text - B: from On to Off'],
    ['likely', 'A: from 1 to 2 - B: free text - C: 3'],
    ['likely', 'A: from 1 to 2 - B: set to free text - C: from 3 to 4'],
    ['likely', 'Join: from free to join to OFF - B: from 1 to 2'],
    ['likely', 'A: from 1 to 2 - Join: from free to join to OFF'],
    ['partial', 'A: x to y to z: from p to q to r - B: from On to Off'],
    ['partial', 'some words'],
    ['partial', 'A: from 1 to 2 - Join: from On to wait to Off'],
  ])(
    'are full behind closed values, likely behind free text or with a guess, partial with one unread: %s, %j',
    (status, text) => {
      expect(itemsToChanges(text).status).toBe(status);
    },
  );

  it.each([
    ['Lock: on', true],
    ['Lock: Yes', true],
    ['Lock: TRUE', true],
    ['Lock: enabled', true],
    ['Lock: locked', true],
    ['Lock: off', false],
    ['Lock: No', false],
    ['Lock: false', false],
    ['Lock: disabled', false],
    ['Lock: unlocked ', false],
    ['Locked: from Off to On', true],
    ['Lock setting: set to no', false],
    ['lock status: Enabled', true],
  ])('show by %j whether the preceding setting is locked', (lock, locked) => {
    const { changes } = itemsToChanges(`Chat: from On to Off - ${lock}`);

    expect(changes).toHaveLength(2);
    expect(changes[0]).toEqual({
      setting: 'Chat',
      kind: 'change',
      old_value: 'On',
      new_value: 'Off',
      locked,
    });
  });

  it.each([
    'Chat: On - Lock: On',
    'Chat: from On to Off - Lock: maybe',
    'Chat: from On to Off - Host: On',
    'Lock: from Off to On',
    'Chat: from On to Off - Lock: set to ',
  ])('say nothing about a lock they do not name: %j', (text) => {
    expect(itemsToChanges(text).changes.some((change) => 'locked' in change)).toBe(false);
  });
});
