import { median } from '../statistics.ts';
import { shareOfBudget } from '../throughput/pace.ts';
import type { Throughput } from '../throughput/throughput.ts';
import { count, decimals, percent } from './figures.ts';
import type { Results } from './results.ts';

/** Something that the program is to reach, and whether it did when it was measured. */
export interface Aim {
  readonly aim: string;
  readonly measured: string;
  readonly verdict: 'met' | 'missed' | 'not measured';
}

/** Shorter days say more about starting than about collecting. */
const LASTING_ROWS = 100_000;
const MILLION = 1_000_000;

/** About what Zoom takes to answer. */
const ZOOM_LATENCY_MS = 150;

const MOST_OF_FLOOR = 1.2;
const ROWS_PER_SECOND = 40_000;
const LEAST_SHARE = 0.95;
const MOST_MB = 512;
const MOST_IDLE_MS = 50;

/** Every aim, judged by the worst of what was measured. */
export const evaluateAims = ({ throughput, pace, idle }: Results): Aim[] => {
  const days = throughput?.figures ?? [];
  const unhindered = days.filter(({ rows, latencyMs }) => latencyMs === 0 && rows >= LASTING_ROWS);
  const million = days.filter(({ rows }) => rows === MILLION);
  const sizes = `days of ${unhindered.map(({ rows }) => count(rows)).join(' and ')} rows`;
  const firsts = (idle?.figures ?? []).map(({ firstMs }) => median(firstMs));
  const warm = (idle?.figures ?? []).map(({ warmMs }) => median(warmMs));
  const paces = (pace?.figures ?? []).filter(({ latencyMs }) => latencyMs === ZOOM_LATENCY_MS);
  const budgets = paces.map(({ perSecond }) => perSecond).join(', ');
  return [
    evaluate(`within ${MOST_OF_FLOOR} times the floor, at no latency`, unhindered.map(medianRatio), {
      worst: 'most',
      meets: (ratio) => ratio <= MOST_OF_FLOOR,
      says: (ratio) => `${decimals(ratio, 2)} times, the worst of ${sizes}`,
    }),
    evaluate(
      `${count(ROWS_PER_SECOND)} rows a second in all three formats, at no latency`,
      unhindered.map(medianSpeed),
      {
        worst: 'least',
        meets: (speed) => speed >= ROWS_PER_SECOND,
        says: (speed) => `${count(speed)}, the slowest of ${sizes}`,
      },
    ),
    evaluate(
      `at ${ZOOM_LATENCY_MS} ms limited by nothing but Zoom's requests a second`,
      paces.map(shareOfBudget),
      {
        worst: 'least',
        meets: (share) => share >= LEAST_SHARE,
        says: (share) => `${percent(share)} of the budget, the least of ${budgets} requests a second`,
      },
    ),
    evaluate(
      `${count(MILLION)} rows in one day within ${MOST_MB} MB`,
      million.flatMap(({ rounds }) => rounds.map(({ ours }) => ours.peakMb)),
      {
        worst: 'most',
        meets: (mb) => mb <= MOST_MB,
        says: (mb) => `${count(mb)} MB at the most`,
      },
    ),
    evaluate(`an idle poll below ${MOST_IDLE_MS} ms of CPU`, warm, {
      worst: 'most',
      meets: (ms) => ms < MOST_IDLE_MS,
      says: (ms) => `${decimals(ms, 0)} ms, the most of any size of day`,
    }),
    evaluate('the first poll of a new process as well', firsts, {
      worst: 'most',
      meets: (ms) => ms < MOST_IDLE_MS,
      says: (ms) => `${decimals(ms, 0)} ms, the most of any size of day`,
    }),
  ];
};

/** The median over the rounds of how many times the floor's time ours took. */
export const medianRatio = ({ rounds }: Throughput): number => median(ratiosOf({ rounds }));

export const ratiosOf = ({ rounds }: Pick<Throughput, 'rounds'>): number[] =>
  rounds.map(({ ours, floor }) => ours.seconds / floor.seconds);

const medianSpeed = ({ rounds }: Throughput): number =>
  median(rounds.map(({ ours }) => ours.rows / ours.seconds));

interface Evaluation {
  readonly worst: 'least' | 'most';
  readonly meets: (figure: number) => boolean;
  readonly says: (figure: number) => string;
}

const evaluate = (aim: string, figures: readonly number[], { worst, meets, says }: Evaluation): Aim => {
  if (figures.length === 0) return { aim, measured: '', verdict: 'not measured' };
  const figure = worst === 'least' ? Math.min(...figures) : Math.max(...figures);
  return { aim, measured: says(figure), verdict: meets(figure) ? 'met' : 'missed' };
};
