import type { Expectations } from '../health/observations.ts';
import type { Day } from '../model/day.ts';
import type { MonitoredSource } from '../model/monitored-source.ts';

/** The expectations of a deployed source, from its configuration. */
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
