import { billOf, dollarsOf, freeDollars, isForWatching } from '../day/bill.ts';
import { oneSource } from '../day/deployment.ts';
import { PRICES_OF } from '../day/prices.ts';
import { count, decimals, dollars } from './figures.ts';
import { columns, markdownTable, NOT_MEASURED } from './markdown.ts';
import type { Results } from './results.ts';

export const dayTable = ({ day: part }: Results): string => {
  if (!part) return NOT_MEASURED;
  const { deployed, days } = part.figures;
  const one = oneSource(deployed);
  const bills = days.map((usage) => billOf(usage, one));
  const heads = days.flatMap(({ rowsPerDay }) => [`${count(rowsPerDay)} rows a day`, '$ a month']);
  const perDay = (value: number): string =>
    value < 10 ? decimals(value, value % 1 === 0 ? 0 : 2) : count(value);
  const items = (bills[0] ?? []).map(({ item }, index) => [
    item,
    ...bills.flatMap((bill) => [perDay(bill[index]?.perDay ?? 0), dollars(bill[index]?.dollars ?? 0)]),
  ]);
  const used = (name: string, of: (usage: (typeof days)[number]) => string): string[] => [
    name,
    ...days.flatMap((usage) => [of(usage), '']),
  ];
  const table = markdownTable(columns(1, 'a day', ...heads), [
    used('events delivered', ({ delivered }) => count(delivered)),
    used('requests to Zoom', ({ poller }) => count(poller.requests)),
    used('poller, CPU s here', ({ poller }) => decimals(poller.cpuMs / 1000, 1)),
    used('poller, longest run on Lambda, s', ({ poller }) => decimals(poller.longestMs / 1000, 0)),
    ...items,
    ['**together**', ...bills.flatMap((bill) => ['', `**${dollars(dollarsOf(bill))}**`])],
    [
      '**in an account without other alarms and metrics**',
      ...bills.flatMap((bill) => ['', `**${dollars(dollarsOf(bill) - freeDollars(one))}**`]),
    ],
  ]);
  return `${table}\n\nPrices of ${PRICES_OF.region}, as of ${PRICES_OF.date}.`;
};

/** The fixed resources, for several numbers of sources. */
export const watchingTable = ({ day: part }: Results): string => {
  const usage = part?.figures.days[0];
  if (!usage) return NOT_MEASURED;
  return markdownTable(
    columns(1, 'sources', 'alarms', 'metrics, at most', 'dashboards', 'metrics drawn', '$ a month'),
    part.figures.deployed.map((deployed) => {
      const standing = billOf(usage, deployed).filter(isForWatching);
      return [
        count(deployed.sources),
        count(deployed.alarms),
        count(deployed.metrics),
        count(deployed.dashboards),
        count(deployed.drawn),
        dollars(dollarsOf(standing)),
      ];
    }),
  );
};
