import { describe, expect, it } from '@jest/globals';
import { limitsFor, pagesPerSecond, sliceConcurrency } from '../../../../shared/collect/log/concurrency.ts';

describe('the number of concurrent slices', () => {
  it.each([
    [8, 4],
    [20, 4],
    [21, 5],
    [40, 8],
    [100, 8],
  ])('at %d requests a second are %d', (requestsPerSecond, expected) => {
    expect(sliceConcurrency(requestsPerSecond)).toBe(expected);
  });

  it.each([
    [1, { rows: 10_000, characters: 8_388_608 }],
    [4, { rows: 10_000, characters: 8_388_608 }],
    [5, { rows: 8000, characters: 6_710_886 }],
    [8, { rows: 5000, characters: 4_194_304 }],
  ])('fill objects that hold the less the more they are: %d', (slices, expected) => {
    expect(limitsFor(slices)).toEqual(expected);
  });
});

describe('the pages a second', () => {
  it.each([
    [0.5, 0.5],
    [8, 8],
    [40, 40],
    [100, 40],
  ])('at %d requests a second are %d', (requestsPerSecond, expected) => {
    expect(pagesPerSecond(requestsPerSecond)).toBeCloseTo(expected, 9);
  });
});
