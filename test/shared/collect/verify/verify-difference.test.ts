import { describe, expect, it } from '@jest/globals';
import {
  truncated,
  type Difference,
  type DifferenceKind,
  isNote,
} from '../../../../shared/collect/verify/verify-difference.ts';

/** So many differences of one kind in one object, line by line. */
const alike = (count: number, kind: DifferenceKind = 'line-changed', key = 'one'): Difference[] =>
  Array.from({ length: count }, (_, index) => ({ kind, key, line: index + 1, message: 'It is odd.' }));

describe('differences', () => {
  it.each<[DifferenceKind, boolean]>([
    ['unclosed', true],
    ['zoom-ahead', true],
    ['zoom-has-less', true],
    ['zoom-unsettled', true],
    ['zoom-has-more', false],
    ['not-compared', false],
    ['line-changed', false],
  ])('%s is only worth knowing: %s', (kind, expected) => {
    expect(isNote({ kind, key: 'one', message: 'It is odd.' })).toBe(expected);
  });

  it('are named up to ten per kind and object', () => {
    expect(truncated([])).toEqual([]);
    expect(truncated(alike(10))).toEqual(alike(10));
  });

  it.each([
    [11, 'There is 1 more of this kind in this object.'],
    [100_000, 'There are 99,990 more of this kind in this object.'],
  ])('are counted behind the tenth: %d', (count, message) => {
    expect(truncated(alike(count))).toEqual([...alike(10), { kind: 'line-changed', key: 'one', message }]);
  });

  it('are counted per object and kind', () => {
    const some = [...alike(9), ...alike(9, 'line-moved'), ...alike(9, 'line-changed', 'another')];

    expect(truncated(some)).toEqual(some);
  });
});
