/** The median of several rounds, with minimum and maximum. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** The median; for an even number of values, the mean of the middle two. NaN for none. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [below = NaN, above = NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (below + above) / 2;
};

export const spreadOf = (values: readonly number[]): Spread => ({
  median: median(values),
  least: Math.min(...values),
  most: Math.max(...values),
});

/** A least-squares line through points, and the share of their variance that it explains. */
export interface Line {
  readonly fixed: number;
  readonly perUnit: number;
  readonly rSquared: number;
}

/** Throws a RangeError for fewer than two different `x`: no line is defined. */
export const fitLine = (points: readonly { readonly x: number; readonly y: number }[]): Line => {
  const mean = (of: (point: { x: number; y: number }) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [meanX, meanY] = [mean(({ x }) => x), mean(({ y }) => y)];
  const varianceX = mean(({ x }) => (x - meanX) ** 2);
  if (!(varianceX > 0)) throw new RangeError('A line needs two points with different x.');
  const perUnit = mean(({ x, y }) => (x - meanX) * (y - meanY)) / varianceX;
  const fixed = meanY - perUnit * meanX;
  const varianceY = mean(({ y }) => (y - meanY) ** 2);
  const unexplained = mean(({ x, y }) => (y - fixed - perUnit * x) ** 2);
  return { fixed, perUnit, rSquared: varianceY === 0 ? 1 : 1 - unexplained / varianceY };
};
