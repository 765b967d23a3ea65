import type { ObjectStore } from '../collect/ports.ts';
import { assessSource } from '../health/assess-source.ts';
import type { SourceAssessment } from '../health/assessment.ts';
import type { Expectations, SourceObservations } from '../health/observations.ts';
import { findSourceProblem } from '../health/find-source-problem.ts';
import type { PollerLogs } from './ports.ts';
import { readObservations, type ObservedSource } from './read-observations.ts';

/** The sources of observations, and a callback for an unreadable log: the verdict then has less detail. */
export interface HealthReaders {
  readonly store: ObjectStore;
  readonly pollerLogs: PollerLogs;
  readonly onLogUnavailable: (source: string, problem: unknown) => void;
}

/** The health of a source at one moment, with its observations. */
export interface SourceHealth {
  readonly observations: SourceObservations;
  readonly assessment: SourceAssessment;
}

/** Observes and assesses a source. It changes nothing: the monitor acts on the result. */
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

/** The log of a source without polls may have the cause. */
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
