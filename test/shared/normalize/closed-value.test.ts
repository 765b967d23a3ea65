import { describe, expect, it } from '@jest/globals';
import { isClosedValue, isPermissions } from '../../../shared/normalize/closed-value.ts';

describe('a closed value', () => {
  it.each([
    ...['on', 'off', 'enabled', 'disabled', 'locked', 'unlocked', 'yes', 'no', 'true', 'false', 'none'],
    ...['30 days', '1 Day', '2 hours', '8 characters', '15 min', '15 minutes', '1.5 years'],
    ...[' On ', 'OFF', '0', '8', '14', '-3', '+12', '2.50', '2,50', `${' '.repeat(30)}on`],
  ])('is a position of a switch, or a number: %j', (value) => {
    expect(isClosedValue(value)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'Cook',
    'on time',
    '8 to 9',
    '8 apples',
    'days',
    '8  days',
    '8 daysx',
    '8 days ago',
    'a8',
    '8a',
    '1.',
    '.5',
    '1.2.3',
    '1.2x',
    '--1',
    '1-2',
    `${' '.repeat(31)}on`,
    '1'.repeat(33),
  ])('is not a text that a user can choose: %j', (value) => {
    expect(isClosedValue(value)).toBe(false);
  });
});

describe('what a role may do', () => {
  it.each(['None', 'View', 'edit', 'View, Edit', 'view,edit', ' View, Edit, View ', `${' '.repeat(28)}View`])(
    'is a list: %j',
    (value) => {
      expect([isPermissions(value), isClosedValue(value)]).toEqual([true, true]);
    },
  );

  it.each(['', 'Preview', 'Viewer', 'View Edit', 'View, Delete', `${' '.repeat(29)}View`])(
    'is nothing else: %j',
    (value) => {
      expect([isPermissions(value), isClosedValue(value)]).toEqual([false, false]);
    },
  );
});
