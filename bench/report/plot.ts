import { type BillItem, billOf, dollarsOf, isForWatching } from '../day/bill.ts';
import { oneSource } from '../day/deployment.ts';
import { PRICES_OF } from '../day/prices.ts';
import { spreadOf } from '../statistics.ts';
import { panel, type Series } from './panel.ts';
import type { Results } from './results.ts';

const WIDTH = 920;
const HEIGHT = 360;

/** Two charts for light and dark pages: the collection speed by size of day, and the monthly cost. */
export const plotOf = (results: Results): string => {
  const panels = [
    panel({
      title: 'Rows a second, by rows of the day',
      note: 'at no latency; least to most of the rounds',
      x: { label: 'rows of the day' },
      y: { label: 'rows a second', scale: 'linear' },
      series: speeds(results),
      left: 0,
      width: WIDTH / 2,
      height: HEIGHT,
    }),
    panel({
      title: 'Dollars a month, by rows a day',
      note: `one source, ${PRICES_OF.region}, nothing given away`,
      x: { label: 'rows a day' },
      y: { label: 'dollars a month', scale: 'log' },
      series: costs(results),
      left: WIDTH / 2,
      width: WIDTH / 2,
      height: HEIGHT,
    }),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title">
<title id="title">Benchmark of zoom-log-source: speed beside the floor, and cost</title>
<style>${STYLE}</style>
<rect class="page" width="${WIDTH}" height="${HEIGHT}"/>
${panels.join('\n')}
</svg>
`;
};

const speeds = ({ throughput }: Results): Series[] => {
  const days = (throughput?.figures ?? []).filter(({ latencyMs }) => latencyMs === 0);
  const of = (who: 'ours' | 'floor') =>
    days.map(({ rows, rounds }) => ({
      x: rows,
      y: spreadOf(rounds.map(({ [who]: one }) => one.rows / one.seconds)),
    }));
  return [
    { name: 'floor', points: of('floor') },
    { name: 'ours', points: of('ours') },
  ];
};

const costs = ({ day }: Results): Series[] => {
  if (!day) return [];
  const deployed = oneSource(day.figures.deployed);
  const of = (counts: (item: BillItem) => boolean) =>
    day.figures.days.map((usage) => {
      const dollars = dollarsOf(billOf(usage, deployed).filter(counts));
      return { x: usage.rowsPerDay, y: { median: dollars, least: dollars, most: dollars } };
    });
  return [
    { name: 'all', points: of(() => true) },
    { name: 'without alarms and metrics', points: of((item) => !isForWatching(item)) },
  ];
};

const STYLE = `
text { font: 12px system-ui, sans-serif; fill: #3d444d; }
.title { font-size: 15px; font-weight: 600; fill: #1f2328; }
.end { text-anchor: end; } .middle { text-anchor: middle; }
.page { fill: #ffffff; }
.grid { stroke: #d1d9e0; stroke-width: 1; }
.series { fill: none; stroke-width: 2; }
.s0 { stroke: #9a6700; } .s1 { stroke: #0969da; }
circle.s0, text.s0 { fill: #9a6700; } circle.s1, text.s1 { fill: #0969da; } text.s0, text.s1 { stroke: none; font-weight: 600; }
@media (prefers-color-scheme: dark) {
  text { fill: #b7bdc8; } .title { fill: #f0f6fc; } .page { fill: #0d1117; } .grid { stroke: #3d444d; }
  .s0 { stroke: #e3b341; } .s1 { stroke: #6cb6ff; }
  circle.s0, text.s0 { fill: #e3b341; } circle.s1, text.s1 { fill: #6cb6ff; }
}
`;
