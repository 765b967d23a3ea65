import { type RunCost, sumCosts } from '../polls/run-cost.ts';
import { billedMs } from './lambda-time.ts';
import type { Logged } from './log-lines.ts';

/** The usage of a function in a day. */
export interface FunctionUsage extends RunCost {
  readonly runs: number;
  readonly memoryMib: number;
  /** The time that Lambda would charge: the total of all runs, and the longest run. */
  readonly billedMs: number;
  readonly longestMs: number;
}

/** The usage of a deployment of one source in a day. */
export interface DayUsage {
  readonly rowsPerDay: number;
  /** Rows of that day. */
  readonly delivered: number;
  readonly poller: FunctionUsage;
  readonly watch: FunctionUsage;
  /** Requests of the health monitor to CloudWatch. */
  readonly cloudWatchRequests: number;
  readonly logged: Logged;
}

/** Adds up the runs of a function with a given memory. */
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
