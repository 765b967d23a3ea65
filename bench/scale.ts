import { MAX_SOURCES } from '../shared/model/sources-file.ts';
import type { PaceCase } from './throughput/pace.ts';
import type { ThroughputCase } from './throughput/throughput.ts';

/** The amount of data of each part. */
export interface Scale {
  readonly throughput: readonly ThroughputCase[];
  readonly pace: PaceCase;
  readonly idle: { readonly sizes: readonly number[]; readonly processes: 1 | 2 | 3 | 4 | 5 };
  readonly growth: { readonly sizes: readonly number[]; readonly polls: number };
  readonly day: {
    readonly sizes: readonly number[];
    /** The simulated share of the day; less than 1 is for trials. */
    readonly minutes: number;
    /** The source counts of the deployments. One of them is 1. */
    readonly sources: readonly number[];
  };
  readonly start: { readonly rounds: number };
}

const at = (latencyMs: number, rows: number, rounds: number): ThroughputCase => ({ latencyMs, rows, rounds });

/** Zoom allows 10 requests per second on Pro and 40 on Business; the default of a source is 8. At ten pages per day, half a minute each. */
const BUDGETS = [
  { perSecond: 8, days: 24 },
  { perSecond: 10, days: 24 },
  { perSecond: 40, days: 96 },
];

const POLLS_A_DAY = 288;
const MINUTES_A_DAY = 1440;
const SOURCES = [1, 2, MAX_SOURCES];

/** A quarter of an hour. */
const DEFAULT: Scale = {
  throughput: [
    at(0, 10_000, 7),
    at(0, 100_000, 5),
    at(0, 1_000_000, 3),
    at(150, 10_000, 3),
    at(150, 100_000, 1),
  ],
  pace: { latencyMs: 150, pagesPerDay: 10, budgets: BUDGETS },
  idle: { sizes: [10_000, 100_000, 1_000_000], processes: 5 },
  growth: { sizes: [1000, 10_000, 30_000, 100_000], polls: POLLS_A_DAY },
  day: { sizes: [50, 5000, 100_000], minutes: MINUTES_A_DAY, sources: SOURCES },
  start: { rounds: 9 },
};

export const SCALES = {
  default: DEFAULT,
  /** Takes minutes: the same figures for smaller days. */
  quick: {
    throughput: [at(0, 10_000, 3), at(0, 100_000, 3), at(150, 10_000, 1)],
    pace: { latencyMs: 150, pagesPerDay: 2, budgets: BUDGETS },
    idle: { sizes: [10_000, 100_000], processes: 3 },
    growth: { sizes: [1000, 5000, 10_000], polls: POLLS_A_DAY },
    day: { sizes: [50, 5000], minutes: MINUTES_A_DAY, sources: SOURCES },
    start: { rounds: 5 },
  },
  /** Takes an hour: also a million rows at Zoom's latency, and a steady day of a million rows. */
  full: {
    ...DEFAULT,
    throughput: [...DEFAULT.throughput, at(150, 1_000_000, 1)],
    day: { sizes: [...DEFAULT.day.sizes, 1_000_000], minutes: MINUTES_A_DAY, sources: SOURCES },
  },
  /** Takes seconds: checks that the benchmark runs. */
  tiny: {
    throughput: [at(0, 600, 1), at(20, 600, 1)],
    pace: { latencyMs: 20, pagesPerDay: 1, budgets: [{ perSecond: 40, days: 4 }] },
    idle: { sizes: [600], processes: 1 },
    growth: { sizes: [100, 200], polls: 2 },
    day: { sizes: [20], minutes: 20, sources: [1] },
    start: { rounds: 1 },
  },
} as const satisfies Record<string, Scale>;

export type ScaleName = keyof typeof SCALES;
