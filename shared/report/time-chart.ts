import type { Html } from '../connect/pages/html.ts';
import type { Day } from '../model/day.ts';
import { formatCount } from '../model/format-count.ts';
import type { BarSeries } from './bar-chart.ts';
import { chartFigure, sum } from './chart-figure.ts';
import type { DailyCount } from './event-figures.ts';
import { barOf, barsOf, type Period, stepOf } from './period.ts';
import { words } from './text.ts';

/** A chart with its legend, and the same numbers as a table. */
export interface TimeChart {
  /** What it shows, for people who do not see it. */
  readonly title: string;
  /** Those of other days, or of none, are left out. */
  readonly counts: readonly DailyCount[];
  readonly period: Period;
  /** The name of a kind. Default: its words. */
  readonly nameOf?: (kind: string) => string;
  /** The colour of each kind; kinds come in this order. Default: the most frequent first, each with its own. */
  readonly colors?: Readonly<Record<string, string>>;
}

/** Colours of kinds. The rest has one colour together. */
const COLORS = ['--s1', '--s2', '--s3', '--s4', '--s5', '--s6', '--s7'] as const;
const REST = { name: 'all others', color: '--s8' } as const;

/** Draws counts over time as stacked bars. */
export const timeChart = ({ title, counts, period, nameOf = words, colors }: TimeChart): Html => {
  const bars = barsOf(period);
  const step = stepOf(period);
  const inBars = counts.filter(({ day }) => day >= period.from && day <= period.to);
  const byKind = new Map(
    [...Map.groupBy(inBars, ({ kind }) => kind)].map(([kind, ofKind]) => [kind, perBar(ofKind, bars, step)]),
  );
  const order = colors
    ? Object.keys(colors).filter((kind) => byKind.has(kind))
    : [...byKind.keys()].sort((a, b) => sum(byKind.get(b)) - sum(byKind.get(a)) || (a < b ? -1 : 1));
  const fits = colors !== undefined || order.length <= COLORS.length + 1;
  const own = fits ? order : order.slice(0, COLORS.length);
  const rest = order.slice(own.length);
  const series: BarSeries[] = [
    ...own.map((kind, index) => ({
      name: nameOf(kind),
      color: colors?.[kind] ?? COLORS[index] ?? REST.color,
      values: byKind.get(kind) ?? [],
    })),
    ...(rest.length > 0
      ? [{ ...REST, values: bars.map((_, index) => sum(rest.map((kind) => byKind.get(kind)?.[index] ?? 0))) }]
      : []),
  ];
  return chartFigure(title, { bars: bars.map((bar) => shortDay(bar, step)), series }, [
    { title: step === 'day' ? 'Day' : `From, by ${step}`, cell: (index) => bars[index] },
    ...order.map((kind) => ({
      title: nameOf(kind),
      cell: (index: number) => formatCount(byKind.get(kind)?.[index] ?? 0),
      kind: 'number' as const,
    })),
  ]);
};

const perBar = (
  counts: readonly DailyCount[],
  bars: readonly Day[],
  step: ReturnType<typeof stepOf>,
): number[] => {
  const byBar = Map.groupBy(counts, ({ day }) => barOf(day, step));
  return bars.map((bar) => sum(byBar.get(bar)?.map(({ count }) => count)));
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `3 Nov`, or `Nov 2026` for a month. */
const shortDay = (day: Day, step: ReturnType<typeof stepOf>): string => {
  const month = MONTHS[Number(day.slice(5, 7)) - 1] ?? '';
  return step === 'month' ? `${month} ${day.slice(0, 4)}` : `${Number(day.slice(8))} ${month}`;
};
