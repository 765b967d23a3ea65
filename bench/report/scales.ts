/** Maps values to positions in a chart. */
export interface Axis {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Even steps from 0 to a round number above all values. */
export const linearAxis = (values: readonly number[], { from, to }: Span): Axis => {
  const most = Math.max(...values);
  const magnitude = 10 ** Math.floor(Math.log10(most / 4));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((one) => one * 5 >= most) ?? most;
  const steps = Math.ceil(most / step);
  return {
    place: (value) => from + ((to - from) * value) / (step * steps),
    ticks: Array.from({ length: steps + 1 }, (_, index) => index * step),
  };
};

/** Powers of ten, from the one below all values to the one above. */
export const logAxis = (values: readonly number[], { from, to }: Span): Axis => {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    place: (value) => from + ((to - from) * (Math.log10(value) - first)) / (last - first),
    ticks: Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index)),
  };
};
