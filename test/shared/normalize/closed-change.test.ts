import { describe, expect, it } from '@jest/globals';
import { isClosedChange, isWhollyClosed } from '../../../shared/normalize/closed-change.ts';

/** Settings with values that are no free text there. */
const CLOSED: readonly (readonly [string | undefined, string])[] = [
  ['Chat', 'On'],
  [undefined, 'On'],
  ['Role', 'Admin'],
  ['User Role', 'Member'],
  ['License', 'Basic'],
  ['ann@acme.test', 'Admin'],
  ['ann@acme.test', 'Licensed'],
];

const FREE: readonly (readonly [string | undefined, string | undefined])[] = [
  ['Chat', undefined],
  ['Chat', 'Lunch'],
  ['Chat', 'Admin'],
  ['Chat', 'Licensed'],
  [undefined, 'Admin'],
  ['License', 'Admin'],
  ['Role', 'Basic'],
  ['Role', 'Clerk'],
  ['ann@acme.test', 'Clerk'],
];

describe('a change', () => {
  it.each(CLOSED)('of %s to %s has no free text', (setting, value) => {
    const name = setting === undefined ? {} : { setting };

    expect(isClosedChange({ ...name, kind: 'value', new_value: value })).toBe(true);
    expect(isWhollyClosed({ ...name, kind: 'set', new_value: value })).toBe(true);
    expect(isWhollyClosed({ ...name, kind: 'value', new_value: value })).toBe(false);
    expect(isWhollyClosed({ ...name, kind: 'change', old_value: value, new_value: value })).toBe(true);
    expect(isWhollyClosed({ ...name, kind: 'change', old_value: 'free text', new_value: value })).toBe(false);
    expect(isWhollyClosed({ ...name, kind: 'change', old_value: value, new_value: 'free text' })).toBe(false);
  });

  it.each(FREE)('of %s to %s may have free text, or has no value', (setting, value) => {
    const change = {
      ...(setting !== undefined && { setting }),
      ...(value !== undefined && { new_value: value }),
    };

    expect(isClosedChange({ ...change, kind: 'set' })).toBe(false);
    expect(isWhollyClosed({ ...change, kind: 'set' })).toBe(false);
  });

  it('to addresses has no free text after it, but is not wholly closed', () => {
    const change = { setting: 'Add Members', kind: 'set', new_value: 'a@acme.test, b@acme.test' } as const;

    expect([isClosedChange(change), isWhollyClosed(change)]).toEqual([true, false]);
  });
});
