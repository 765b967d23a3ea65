import type { ObjectStore } from '../collect/ports.ts';
import { assessSource } from '../health/assess-source.ts';
import type { SourceAssessment } from '../health/assessment.ts';
import type { Expectations, SourceObservations } from '../health/observations.ts';
import { findSourceProblem } from '../health/find-source-problem.ts';
import type { PollerLogs } from './ports.ts';
import { readObservations, type ObservedSource } from './read-observations.ts';

/** Where to look, and whom to tell that a log can't be read: the verdict then says less of why. */
export interface HealthReaders {
  readonly store: ObjectStore;
  readonly pollerLogs: PollerLogs;
  readonly onLogUnavailable: (source: string, problem: unknown) => void;
}

/** How a source is at one moment, and by which signs. */
export interface SourceHealth {
  readonly observations: SourceObservations;
  readonly assessment: SourceAssessment;
}

/** Looks at a source and says how it is. It changes nothing: what follows from it is the watch's. */
export const readSourceHealth = async (
  readers: HealthReaders,
  observed: ObservedSource,
  expected: Expectations,
  now: Date,
): Promise<SourceHealth> => {
  const observations = await withPollerLog(
    readers,
    await readObservations(readers.store, observed, now),
    expected,
    now,
  );
  return { observations, assessment: assessSource(observations, expected, now) };
};

/** A source that hasn't been heard of may have said why in its log. */
const withPollerLog = async (
  { pollerLogs, onLogUnavailable }: HealthReaders,
  observations: SourceObservations,
  expected: Expectations,
  now: Date,
): Promise<SourceObservations> => {
  const problem = findSourceProblem(observations, expected, now);
  if (problem?.reason !== 'not-running') return observations;
  const lastFailure = await pollerLogs
    .lastFailure(observations.source, problem.since)
    .catch((problem: unknown) => {
      onLogUnavailable(observations.source, problem);
      return undefined;
    });
  return { ...observations, lastFailure };
};
