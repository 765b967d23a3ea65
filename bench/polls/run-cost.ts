import { cpuSecondsSince } from '../measured.ts';
import { addCalls, NO_CALLS, type StoreCalls, subtractCalls } from './counting-store.ts';

/** What a run cost. */
export interface RunCost {
  readonly cpuMs: number;
  /** Made to Zoom's reports. */
  readonly requests: number;
  readonly calls: StoreCalls;
}

/** What is counted, up to now. */
export interface Counters {
  readonly requests: () => number;
  readonly calls: () => StoreCalls;
}

/** What some work costs this process, Zoom and the store. */
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

/** Several runs as one. */
export const sumCosts = (costs: readonly RunCost[]): RunCost =>
  costs.reduce(
    (sum, one) => ({
      cpuMs: sum.cpuMs + one.cpuMs,
      requests: sum.requests + one.requests,
      calls: addCalls(sum.calls, one.calls),
    }),
    { cpuMs: 0, requests: 0, calls: NO_CALLS },
  );
