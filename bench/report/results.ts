import type { Deployment } from '../day/deployment.ts';
import type { DayUsage } from '../day/usage.ts';
import type { Growth } from '../polls/growth.ts';
import type { Idle } from '../polls/idle.ts';
import type { ColdStart } from '../start/cold-start.ts';
import type { Pace } from '../throughput/pace.ts';
import type { Throughput } from '../throughput/throughput.ts';

/** The results by part: docs/benchmark.json. */
export interface Results {
  readonly throughput?: Part<readonly Throughput[]>;
  readonly pace?: Part<readonly Pace[]>;
  readonly idle?: Part<readonly Idle[]>;
  readonly growth?: Part<readonly Growth[]>;
  readonly day?: Part<{ readonly deployed: readonly Deployment[]; readonly days: readonly DayUsage[] }>;
  readonly start?: Part<readonly ColdStart[]>;
}

/** Figures with the machine and date of the measurement. */
export interface Part<T> {
  readonly on: Machine;
  readonly figures: T;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly platform: string;
  readonly node: string;
  /** The date and the scale. */
  readonly date: string;
  readonly scale: string;
}

export type PartName = keyof Results;
export const PART_NAMES = [
  'throughput',
  'pace',
  'idle',
  'growth',
  'day',
  'start',
] as const satisfies PartName[];
