import type { RunCost } from '../polls/run-cost.ts';
import { fitLine, type Line } from '../statistics.ts';
import { count, decimals, spread } from './figures.ts';
import { columns, markdownTable } from './markdown.ts';
import type { Results } from './results.ts';

export const idleTable = ({ idle: part }: Results): string =>
  markdownTable(
    columns(
      1,
      'rows of the day',
      'CPU ms, warm',
      'CPU ms, first of a process',
      'requests to Zoom',
      'lists',
      'gets',
      'puts',
      'objects created',
      'KB written',
    ),
    (part?.figures ?? []).map(({ rows, firstMs, warmMs, most: { requests, calls } }) => [
      count(rows),
      milliseconds(warmMs),
      milliseconds(firstMs),
      count(requests),
      count(calls.lists),
      count(calls.gets),
      count(calls.puts),
      count(calls.created),
      decimals((calls.createdBytes + calls.replacedBytes) / 1000, 1),
    ]),
  );

const milliseconds = (values: readonly number[]): string => spread(values, (ms) => decimals(ms, 0));

export const growthTable = ({ growth: part }: Results): string => {
  const days = part?.figures ?? [];
  const table = markdownTable(
    columns(
      1,
      'rows of the day',
      'at once, CPU s',
      'µs a row',
      'requests',
      'in polls, CPU s',
      'µs a row',
      'requests',
      'MB written',
    ),
    days.map(({ rows, once, through }) => [
      count(rows),
      decimals(once.cpuMs / 1000, 2),
      count((once.cpuMs * 1000) / rows),
      count(once.requests),
      decimals(through.cpuMs / 1000, 2),
      count((through.cpuMs * 1000) / rows),
      count(through.requests),
      decimals((through.calls.createdBytes + through.calls.replacedBytes) / 1e6, 1),
    ]),
  );
  const fit = (name: string, of: (day: (typeof days)[number]) => RunCost): string => {
    const line = fitLine(days.map((day) => ({ x: day.rows, y: of(day).cpuMs })));
    return `- ${name}: ${lineInWords(line)}`;
  };
  return `${table}\n\nThe straight line through them, by least squares:\n\n${fit('at once', (day) => day.once)}\n${fit('in polls', (day) => day.through)}`;
};

const lineInWords = ({ fixed, perUnit, rSquared }: Line): string =>
  `${decimals(fixed / 1000, 2)} s and ${decimals(perUnit * 1000, 0)} µs a row (R² ${decimals(rSquared, 4)})`;
