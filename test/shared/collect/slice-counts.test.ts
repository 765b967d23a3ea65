import { describe, expect, it } from '@jest/globals';
import { addCounts, NO_COUNTS, type SliceCounts } from '../../../shared/collect/slice-counts.ts';

/** Counts that all differ, with the first of them. */
const countsFrom = (first: number): SliceCounts => ({
  read: first,
  delivered: first + 1,
  duplicate: first + 2,
  held: first + 3,
  rejected: first + 4,
  repeatedNames: first + 5,
  invalidUtf8: first + 6,
  vanished: first + 7,
  newlyVanished: first + 8,
  dayMismatch: first + 9,
  objects: first + 10,
  bytes: first + 11,
  details: {},
  categoryUnknown: first + 12,
  lagsMs: [first],
});

describe('two listings of a slice as one', () => {
  it('have the sum of their counts, the unconfirmed and vanished rows of the second, and its decision on copies', () => {
    expect(addCounts(countsFrom(1), countsFrom(100))).toEqual({
      read: 101,
      delivered: 103,
      duplicate: 3 + 4 + 102,
      held: 103,
      rejected: 109,
      repeatedNames: 111,
      invalidUtf8: 113,
      vanished: 107,
      newlyVanished: 117,
      dayMismatch: 119,
      objects: 121,
      bytes: 123,
      details: {},
      categoryUnknown: 125,
      lagsMs: [1, 100],
    });
  });

  it('are the first one if the second found nothing', () => {
    expect(addCounts({ ...countsFrom(1), held: 0, vanished: 0 }, NO_COUNTS)).toEqual({
      ...countsFrom(1),
      held: 0,
      vanished: 0,
    });
  });
});
