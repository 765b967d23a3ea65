import { describe, expect, it } from '@jest/globals';
import { fitLine, median, spreadOf } from '../../bench/statistics.ts';

describe('the middle of several values', () => {
  it.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[10, 2, 4, 8], 6],
  ])('of %j is %d', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  it('of none is no number', () => {
    expect(median([])).toBeNaN();
  });

  it('comes with the least and the most', () => {
    expect(spreadOf([4, 9, 2])).toEqual({ median: 4, least: 2, most: 9 });
  });
});

describe('a straight line', () => {
  it('through points that lie on one is that one, and explains all', () => {
    const points = [1, 2, 10].map((x) => ({ x, y: 5 + 3 * x }));

    const { fixed, perUnit, rSquared } = fitLine(points);

    expect(fixed).toBeCloseTo(5, 10);
    expect(perUnit).toBeCloseTo(3, 10);
    expect(rSquared).toBeCloseTo(1, 10);
  });

  it('explains less of what grows with the square', () => {
    const points = [0, 1, 2, 3].map((x) => ({ x, y: x * x }));

    const { fixed, perUnit, rSquared } = fitLine(points);

    expect(fixed).toBeCloseTo(-1, 10);
    expect(perUnit).toBeCloseTo(3, 10);
    expect(rSquared).toBeCloseTo(45 / 49, 10);
  });

  it('needs two different places', () => {
    expect(() => fitLine([{ x: 2, y: 1 }])).toThrow(RangeError);
  });
});
