import { BarChart, type BarSeriesOption } from 'echarts/charts';
import { GridComponent, type GridComponentOption } from 'echarts/components';
import { type ComposeOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { Html } from '../connect/pages/html.ts';
import { formatCount } from '../model/format-count.ts';

use([BarChart, GridComponent, SVGRenderer]);

/** One colour of stacked bars. */
export interface BarSeries {
  readonly name: string;
  /** A variable of the style sheet, such as `--s1`. */
  readonly color: string;
  /** One value for each bar. */
  readonly values: readonly number[];
}

/** A chart of stacked bars. Its names are words of ours, days or networks, never text of a row. */
export interface BarChartOptions {
  /** The name of each bar, below it or, if the bars lie, left of it. */
  readonly bars: readonly string[];
  readonly series: readonly BarSeries[];
  /** Whether the bars lie: for few bars with long names. */
  readonly horizontal?: boolean;
}

/** Units of the view box; the page scales it to its width. */
const WIDTH = 960;
const HEIGHT = 260;
const BAR_HEIGHT = 30;
const AXIS_HEIGHT = 44;

/** Draws stacked bars as SVG, without a document. Colours and fonts are those of the page, so that it can be light or dark. */
export const barChart = ({ bars, series, horizontal = false }: BarChartOptions): Html => {
  const height = horizontal ? bars.length * BAR_HEIGHT + AXIS_HEIGHT : HEIGHT;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  const names = {
    type: 'category' as const,
    data: [...bars],
    inverse: horizontal,
    axisLabel: { ...LABEL, hideOverlap: true, ...(horizontal && { interval: 0 }) },
    axisLine: { lineStyle: { color: 'var(--line)' } },
    axisTick: { show: false },
  };
  const values = {
    type: 'value' as const,
    minInterval: 1,
    axisLabel: { ...LABEL, formatter: formatCount },
    splitLine: { lineStyle: { color: 'var(--line)' } },
    splitNumber: 4,
  };
  const option: ComposeOption<BarSeriesOption | GridComponentOption> = {
    animation: false,
    grid: {
      left: 8,
      right: 16,
      top: 12,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: horizontal ? values : names,
    yAxis: horizontal ? names : values,
    series: series.map((one) => ({
      type: 'bar',
      name: one.name,
      stack: 'all',
      // A bar without a height would still have a border.
      data: one.values.map((value) => (value === 0 ? null : value)),
      barMaxWidth: horizontal ? 18 : 40,
      itemStyle: { color: `var(${one.color})`, borderColor: 'var(--card)', borderWidth: 0.75 },
      emphasis: { disabled: true },
      silent: true,
    })),
  };
  try {
    chart.setOption(option);
    return new Html(withoutStyles(chart.renderToSVGString({ useViewBox: true })));
  } finally {
    chart.dispose();
  }
};

const LABEL = { color: 'var(--soft)', fontSize: 12 };

/** The policy of the page allows only its own style sheet. What is removed is for the pointer, and the font. */
const withoutStyles = (svg: string): string =>
  svg
    .replaceAll(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replaceAll(/ (?:style|class|pointer-events|ecmeta_\w+)="[^"]*"/g, '');
