import type { Deployed } from '../../bench/day/deployment.ts';
import type { DayUsage, FunctionUsage } from '../../bench/day/usage.ts';
import { NO_CALLS } from '../../bench/polls/counting-store.ts';
import type { Machine, Part } from '../../bench/report/results.ts';
import type { Round, Throughput } from '../../bench/throughput/throughput.ts';

/** Invented measurements. */

export const aMachine: Machine = {
  cpu: 'Abacus',
  cores: 2,
  memoryGb: 4,
  platform: 'linux 6 x64',
  node: 'v24.0.0',
  date: '2026-11-24',
  scale: 'tiny',
};

export const aPart = <T>(figures: T, on: Partial<Machine> = {}): Part<T> => ({
  on: { ...aMachine, ...on },
  figures,
});

/** A round with the given rows, time and memory. */
export const aRound = (rows: number, oursSeconds: number, floorSeconds: number, peakMb = 100): Round => ({
  ours: { rows, requests: Math.ceil(rows / 300), seconds: oursSeconds, cpuSeconds: oursSeconds, peakMb },
  floor: { rows, seconds: floorSeconds, cpuSeconds: floorSeconds, peakMb: 2000 },
  zoomCpuSeconds: 0.1,
});

export const aDay = (rows: number, latencyMs: number, rounds: readonly Round[]): Throughput => ({
  rows,
  latencyMs,
  rounds,
});

export const aFunction = (usage: Partial<FunctionUsage> = {}): FunctionUsage => ({
  runs: 0,
  memoryMib: 512,
  cpuMs: 0,
  billedMs: 0,
  longestMs: 0,
  requests: 0,
  calls: NO_CALLS,
  ...usage,
});

export const aDayUsage = (usage: Partial<DayUsage> = {}): DayUsage => ({
  rowsPerDay: 50,
  delivered: 50,
  poller: aFunction(),
  watch: aFunction({ memoryMib: 256 }),
  cloudWatchRequests: 0,
  logged: { lines: 0, bytes: 0 },
  ...usage,
});

export const aDeployment = (deployed: Partial<Deployed> = {}): Deployed => ({
  alarms: 0,
  metrics: 0,
  dashboards: 0,
  drawn: 0,
  secrets: 0,
  polledQueues: 0,
  pollerMib: 512,
  watchMib: 256,
  ...deployed,
});
