import { cpuSecondsSince } from '../measured.ts';
import { addCalls, NO_CALLS, type StoreCalls, subtractCalls } from './counting-store.ts';

/** The cost of a run. */
export interface RunCost {
  readonly cpuMs: number;
  /** Requests to Zoom's reports. */
  readonly requests: number;
  readonly calls: StoreCalls;
}

/** The counters so far. */
export interface Counters {
  readonly requests: () => number;
  readonly calls: () => StoreCalls;
}

/** Measures the cost of some work for this process, Zoom and the store. */
export const costOf = async (
  { requests, calls }: Counters,
  work: () => Promise<unknown>,
): Promise<RunCost> => {
  const before = { requests: requests(), calls: calls(), cpu: process.cpuUsage() };
  await work();
  return {
    cpuMs: cpuSecondsSince(before.cpu) * 1000,
    requests: requests() - before.requests,
    calls: subtractCalls(calls(), before.calls),
  };
};

/** The total of several runs. */
export const sumCosts = (costs: readonly RunCost[]): RunCost =>
  costs.reduce(
    (sum, one) => ({
      cpuMs: sum.cpuMs + one.cpuMs,
      requests: sum.requests + one.requests,
      calls: addCalls(sum.calls, one.calls),
    }),
    { cpuMs: 0, requests: 0, calls: NO_CALLS },
  );
