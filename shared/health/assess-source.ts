import { causeOf } from './causes.ts';
import type { AlarmAssessment } from './finding.ts';
import { deadline, overdue } from './assess-completeness.ts';
import { assessStream } from './assess-stream.ts';
import type { SourceAssessment, StreamAssessment } from './assessment.ts';
import type { Expectations, PollingObservations, SourceObservations } from './observations.ts';
import { findSourceProblem } from './find-source-problem.ts';
import { type SourceProblem, problemToFinding } from './source-problem.ts';

/**
 * Assesses a source from what its runs stored. A problem of the source as a whole is one alarm (`collection`) and suppresses
 * those of its streams: while Zoom is not polled, silence means nothing. A source that is not connected raises no alarm.
 */
export const assessSource = (
  observations: SourceObservations,
  expected: Expectations,
  now: Date,
): SourceAssessment => {
  const { source } = observations;
  const problem = findSourceProblem(observations, expected, now);
  if (!problem) {
    const assessedStreams = observations.streams.map((stream) => assessStream(stream, source, expected, now));
    return {
      source,
      streams: assessedStreams.map(({ assessment }) => assessment),
      assessments: assessAlarms(assessedStreams, {
        collection: undefined,
        completeness: overdue(observations, expected, now),
        deadline: deadline(observations, expected, now),
      }),
    };
  }

  const isConnected = causeOf(problem.reason).verdict !== 'not_connected';
  const suppressed: AlarmFinding = isConnected ? 'suppressed' : undefined;
  const assessedStreams = observations.streams.map(({ stream, polling }) => ({
    assessment: { stream, ...toStreamAssessment(source, ownProblem(polling, problem)) },
    finding: suppressed,
  }));
  const last = observations.unreadable ? 'suppressed' : deadline(observations, expected, now);
  return {
    source,
    streams: assessedStreams.map(({ assessment }) => assessment),
    assessments: assessAlarms(assessedStreams, {
      collection: isConnected ? problemToFinding(source, problem, observations.parkedUntil, now) : undefined,
      completeness: suppressed,
      deadline: isConnected ? last : undefined,
    }),
  };
};

type AlarmFinding = AlarmAssessment['finding'];

/** The assessment of each alarm of a source. */
const assessAlarms = (
  streams: readonly { readonly assessment: StreamAssessment; readonly finding: AlarmFinding }[],
  ofSource: Readonly<Record<'collection' | 'completeness' | 'deadline', AlarmFinding>>,
): AlarmAssessment[] => [
  { kind: 'collection', stream: undefined, finding: ofSource.collection },
  ...streams.map(({ assessment: { stream }, finding }): AlarmAssessment => ({
    kind: 'drop-off',
    stream,
    finding,
  })),
  { kind: 'completeness', stream: undefined, finding: ofSource.completeness },
  { kind: 'deadline', stream: undefined, finding: ofSource.deadline },
];

/** The stream's own problem, if the source has a problem because each of its streams has. */
const ownProblem = (polling: PollingObservations | undefined, problem: SourceProblem): SourceProblem =>
  polling?.failing && causeOf(polling.failing.reason).verdict === causeOf(problem.reason).verdict
    ? { ...problem, reason: polling.failing.reason }
    : problem;

const toStreamAssessment = (source: string, problem: SourceProblem): Omit<StreamAssessment, 'stream'> => {
  const { verdict, what } = causeOf(problem.reason);
  return {
    verdict,
    since: problem.since,
    cause: problem.reason,
    because: `${source} ${what}`,
  };
};
