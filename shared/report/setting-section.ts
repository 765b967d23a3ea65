import { type Html, html } from '../connect/pages/html.ts';
import { formatCount, plural } from '../model/format-count.ts';
import type { BarSeries } from './bar-chart.ts';
import { chartFigure } from './chart-figure.ts';
import type { Report } from './report.ts';
import { statusNote } from './status-note.ts';
import type { WeakSetting } from './setting-figures.ts';
import { type Column, sourceColumn, table } from './table.ts';
import { instant, shown, words } from './text.ts';

/** The settings that were weakened in the period, and all that are still weak at its end. */
export const settingSection = ({
  settings: { byControl, stillWeak, readFrom },
  period,
  streams,
}: Pick<Report, 'settings' | 'period' | 'streams'>): Html =>
  html`<section aria-labelledby="settings">
    <h2 id="settings">Settings weakened</h2>
    ${
      byControl.length === 0 ? html`<p>No setting was weakened in this period.</p>` : weakenedChart(byControl)
    }
    <h3>Still weak on ${period.to}</h3>
    ${
      stillWeak.total === 0
        ? html`<p>No setting is weaker than before its changes.</p>`
        : html`<p>
              ${plural(stillWeak.total, 'setting')} whose last change in a known direction weakened or
              unlocked it. Changes since ${readFrom} were read.
            </p>
            ${table('Settings that are still weak', [...COLUMNS, ...sourceColumn({ streams })], stillWeak.rows, stillWeak.total - stillWeak.rows.length)}`
    }
  </section>`;

const weakenedChart = (byControl: Report['settings']['byControl']): Html => {
  const bars = byControl.map(({ control }) => words(control));
  const series: readonly BarSeries[] = [
    { name: 'still weak', color: '--high', values: byControl.map(({ weak }) => weak) },
    {
      name: 'strengthened since',
      color: '--strong',
      values: byControl.map(({ strengthened }) => strengthened),
    },
  ];
  const title = 'Settings weakened in this period, by control';
  return html`<p>By control: settings that were weakened or unlocked in this period.</p>
    ${chartFigure(title, { bars, series, horizontal: true }, [
      { title: 'Control', cell: (index) => bars[index] },
      ...series.map(({ name, values }) => ({
        title: name,
        cell: (index: number) => formatCount(values[index] ?? 0),
        kind: 'number' as const,
      })),
    ])}`;
};

const COLUMNS: readonly Column<WeakSetting>[] = [
  { title: 'Since (UTC)', cell: ({ time }) => instant(time) },
  { title: 'Control', cell: ({ control }) => words(control) },
  {
    title: 'Setting',
    cell: ({ setting, place, status }) =>
      html`<b>${shown(setting)}</b>${place !== '' && html`<br />${shown(place)}`}${statusNote(status)}`,
  },
  {
    title: 'Change',
    cell: ({ effect, oldValue, newValue }) =>
      effect === 'unlocked' ? effect : html`${effect}${changeOf(oldValue, newValue)}`,
  },
  {
    title: 'By',
    cell: ({ actor }) => shown(actor === '' ? 'unknown' : actor),
    kind: 'wide',
  },
];

/** From one value to another, or to a value. */
const changeOf = (oldValue: string, newValue: string): Html | false => {
  if (newValue === '') return false;
  return oldValue === ''
    ? html`: <code>${shown(newValue)}</code>`
    : html`: <code>${shown(oldValue)}</code> → <code>${shown(newValue)}</code>`;
};
