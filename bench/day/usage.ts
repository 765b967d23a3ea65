import { type RunCost, sumCosts } from '../polls/run-cost.ts';
import { billedMs } from './lambda-time.ts';
import type { Logged } from './log-lines.ts';

/** What a function did in a day. */
export interface FunctionUsage extends RunCost {
  readonly runs: number;
  readonly memoryMib: number;
  /** What Lambda would charge for, all runs together, and the longest of them alone. */
  readonly billedMs: number;
  readonly longestMs: number;
}

/** What a deployment of one source used in a day. */
export interface DayUsage {
  readonly rowsPerDay: number;
  /** Rows that came that day. */
  readonly delivered: number;
  readonly poller: FunctionUsage;
  readonly watch: FunctionUsage;
  /** Made to CloudWatch by the watch. */
  readonly cloudWatchRequests: number;
  readonly logged: Logged;
}

/** Adds up the runs of a function that has so much memory. */
export const functionUsage = (costs: readonly RunCost[], memoryMib: number): FunctionUsage => {
  const times = costs.map(({ cpuMs, requests, calls: { lists, gets, puts } }) =>
    billedMs({ cpuMs, zoomRequests: requests, storeCalls: lists + gets + puts }, memoryMib),
  );
  return {
    ...sumCosts(costs),
    runs: costs.length,
    memoryMib,
    billedMs: times.reduce((sum, ms) => sum + ms, 0),
    longestMs: Math.max(...times),
  };
};
