import { type Html, html } from '../connect/pages/html.ts';
import { formatCount } from '../model/format-count.ts';
import { barChart, type BarChartOptions } from './bar-chart.ts';
import { type Column, table } from './table.ts';

/** A chart with its legend, and the same numbers as a table with one row for each bar. */
export const chartFigure = (
  title: string,
  chart: BarChartOptions,
  columns: readonly Column<number>[],
): Html =>
  html`<figure>
    <ul class="legend">
      ${chart.series.map(
        ({ name, color, values }) =>
          html`<li><i class="swatch ${color.slice(2)}"></i>${name} <b>${formatCount(sum(values))}</b></li>`,
      )}
    </ul>
    <div
      class="chart${chart.horizontal ? '' : ' time'}"
      role="region"
      aria-label="${title}, chart"
      tabindex="0"
    >
      <div role="img" aria-label="${title}. The numbers are in the table below.">${barChart(chart)}</div>
    </div>
    <details>
      <summary>The numbers as a table</summary>
      ${table(
        title,
        columns,
        chart.bars.map((_, index) => index),
      )}
    </details>
  </figure>`;

/** The sum of numbers. */
export const sum = (values: readonly number[] = []): number =>
  values.reduce((total, value) => total + value, 0);
