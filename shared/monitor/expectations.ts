import type { Expectations } from '../health/observations.ts';
import type { Day } from '../model/day.ts';
import type { MonitoredSource } from '../model/monitored-source.ts';

/** What a deployed source is expected to do, as it is configured. */
export const toExpectations = (
  { auth, pollMinutes, lookbackDays, dropOffMinutes, learnedBaseline }: MonitoredSource,
  quietDays: readonly Day[],
): Expectations => ({
  auth,
  pollMs: pollMinutes * 60_000,
  lookbackDays,
  dropOffMinutes,
  learnedBaseline,
  quietDays,
});
