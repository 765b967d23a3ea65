import type { Spread } from '../statistics.ts';
import { count, decimals } from './figures.ts';
import { type Axis, linearAxis, logAxis } from './scales.ts';

export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: Spread }[];
}

export interface PanelOptions {
  readonly title: string;
  readonly note: string;
  readonly x: { readonly label: string };
  readonly y: { readonly label: string; readonly scale: 'linear' | 'log' };
  readonly series: readonly Series[];
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

const MARGIN = { left: 76, right: 24, top: 78, bottom: 52 };
const WHISKER = 5;

/** One chart as SVG: lines over a logarithmic axis, with whiskers from minimum to maximum. */
export const panel = ({ title, note, x, y, series, left, width, height }: PanelOptions): string => {
  const frame = {
    left: left + MARGIN.left,
    right: left + width - MARGIN.right,
    top: MARGIN.top,
    bottom: height - MARGIN.bottom,
  };
  const head = [text(frame.left - 56, 24, title, 'title'), text(frame.left - 56, 43, note)];
  const points = series.flatMap((one) => one.points);
  if (points.length === 0) return [...head, text(frame.left, frame.top + 40, 'not measured yet')].join('\n');

  const xAxis = logAxis(
    points.map((point) => point.x),
    { from: frame.left, to: frame.right },
  );
  const values = points.map((point) => point.y);
  const range = { from: frame.bottom, to: frame.top };
  const yAxis =
    y.scale === 'log'
      ? logAxis(
          values.flatMap(({ least, most }) => [least, most]),
          range,
        )
      : linearAxis(
          values.map(({ most }) => most),
          range,
        );

  const grid = [
    ...yAxis.ticks.flatMap((tick) => [
      line('grid', frame.left, yAxis.place(tick), frame.right, yAxis.place(tick)),
      text(frame.left - 8, yAxis.place(tick) + 4, inShort(tick), 'end'),
    ]),
    ...xAxis.ticks.flatMap((tick) => [
      line('grid', xAxis.place(tick), frame.bottom, xAxis.place(tick), frame.bottom + 5),
      text(xAxis.place(tick), frame.bottom + 20, inShort(tick), 'middle'),
    ]),
    text((frame.left + frame.right) / 2, height - 12, x.label, 'middle'),
    `<text class="middle" transform="translate(${round(left + 18)} ${round((frame.top + frame.bottom) / 2)}) rotate(-90)">${y.label}</text>`,
  ];
  const drawn = series.map((one, index) => drawSeries(one, index, xAxis, yAxis));
  const legend = series.map(({ name }, index) =>
    text(frame.left + index * 80, frame.top - 14, `● ${name}`, `s${index}`),
  );
  return [...head, ...grid, ...drawn, ...legend].join('\n');
};

const drawSeries = ({ points }: Series, index: number, xAxis: Axis, yAxis: Axis): string => {
  const style = `s${index}`;
  const places = points.map(({ x, y }) => ({ x: xAxis.place(x), y: yAxis.place(y.median), spread: y }));
  const path = places.map(({ x, y }) => `${round(x)},${round(y)}`).join(' ');
  const marks = places.flatMap(({ x, y, spread }) => {
    const [low, high] = [yAxis.place(spread.least), yAxis.place(spread.most)];
    const whisker =
      spread.least === spread.most
        ? []
        : [
            line(style, x, low, x, high),
            line(style, x - WHISKER, low, x + WHISKER, low),
            line(style, x - WHISKER, high, x + WHISKER, high),
          ];
    return [...whisker, `<circle class="${style}" cx="${round(x)}" cy="${round(y)}" r="4"/>`];
  });
  return [`<polyline class="series ${style}" points="${path}"/>`, ...marks].join('\n');
};

const line = (style: string, x1: number, y1: number, x2: number, y2: number): string =>
  `<line class="${style}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;

const text = (x: number, y: number, words: string, style = ''): string =>
  `<text${style && ` class="${style}"`} x="${round(x)}" y="${round(y)}">${words}</text>`;

const round = (value: number): string => String(Math.round(value * 10) / 10);

/** `20k`, `1M`, `0.1`. */
const inShort = (value: number): string => {
  if (value >= 1_000_000) return `${count(value / 1_000_000)}M`;
  if (value >= 1000) return `${count(value / 1000)}k`;
  return value === 0 || value >= 1 ? count(value) : decimals(value, -Math.floor(Math.log10(value)));
};
