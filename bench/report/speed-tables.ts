import { median } from '../statistics.ts';
import { shareOfBudget } from '../throughput/pace.ts';
import { ratiosOf } from './aims.ts';
import { count, decimals, percent, spread } from './figures.ts';
import { columns, markdownTable } from './markdown.ts';
import type { Results } from './results.ts';

export const throughputTable = ({ throughput: part }: Results): string =>
  markdownTable(
    columns(
      1,
      'latency',
      'rows of the day',
      'rounds',
      'ours, rows/s',
      'floor, rows/s',
      'ours / floor',
      'ours, CPU s',
      'floor, CPU s',
      'ours, peak MB',
      "Zoom's CPU s",
    ),
    (part?.figures ?? []).map(({ rows, latencyMs, rounds }) => [
      `${latencyMs} ms`,
      count(rows),
      count(rounds.length),
      spread(
        rounds.map(({ ours }) => ours.rows / ours.seconds),
        count,
      ),
      spread(
        rounds.map(({ floor }) => floor.rows / floor.seconds),
        count,
      ),
      spread(ratiosOf({ rounds }), (ratio) => decimals(ratio, 2)),
      decimals(median(rounds.map(({ ours }) => ours.cpuSeconds)), 1),
      decimals(median(rounds.map(({ floor }) => floor.cpuSeconds)), 1),
      count(Math.max(...rounds.map(({ ours }) => ours.peakMb))),
      decimals(median(rounds.map(({ zoomCpuSeconds }) => zoomCpuSeconds)) / 2, 2),
    ]),
  );

export const paceTable = ({ pace: part }: Results): string =>
  markdownTable(
    columns(1, 'budget', 'days', 'requests', 'at best, s', 'took, s', 'of the budget'),
    (part?.figures ?? []).map((one) => [
      `${one.perSecond} a second`,
      count(one.days),
      count(one.requests),
      decimals(one.requests / one.perSecond, 1),
      decimals(one.seconds, 1),
      percent(shareOfBudget(one)),
    ]),
  );

export const startTable = ({ start: part }: Results): string =>
  markdownTable(
    columns(1, 'function', 'KB', 'KB gzipped', 'ready after, ms', 'bare Node.js, ms'),
    (part?.figures ?? []).map(({ name, bytes, gzippedBytes, readyMs, bareMs }) => [
      name,
      count(bytes / 1024),
      count(gzippedBytes / 1024),
      spread(readyMs, count),
      spread(bareMs, count),
    ]),
  );
