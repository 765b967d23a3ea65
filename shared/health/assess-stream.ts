import { causeOf } from './causes.ts';
import type { Finding } from './finding.ts';
import type { StreamAssessment } from './assessment.ts';
import { assessParsing, type NotParsing, unreadableToNotParsing } from './parsing.ts';
import { assessSilence, type Silence } from './assess-silence.ts';
import type { Expectations, StreamObservations } from './observations.ts';
import { problemToFinding } from './source-problem.ts';

/** The assessment of a stream whose source as a whole is healthy, and the finding for on-call. */
export const assessStream = (
  observations: StreamObservations,
  source: string,
  expected: Expectations,
  now: Date,
): AssessedStream => {
  const { stream, polling, unreadable } = observations;
  const name = `The ${stream} stream of ${source}`;
  if (polling?.failing) {
    const { failing } = polling;
    const { verdict, what } = causeOf(failing.reason);
    const assessment = {
      stream,
      verdict,
      since: failing.since,
      cause: failing.reason,
      because: `it ${what}`,
    };
    return { assessment, finding: problemToFinding(name, failing, undefined, now) };
  }

  const parsing = assessParsing(observations, now);
  if (parsing) return notParsing(observations, source, parsing, now);

  const silence = assessSilence(observations, expected, now);
  // The newest rows could not be read, so it is unknown whether Zoom has new events.
  if (unreadable && silence.verdict === 'silent')
    return notParsing(observations, source, unreadableToNotParsing(unreadable), now);
  return {
    assessment: {
      stream,
      verdict: silence.verdict,
      since: silence.since,
      cause: silence.verdict,
      because: silence.because,
    },
    finding: silence.verdict === 'silent' ? silenceToFinding(name, silence) : undefined,
  };
};

interface AssessedStream {
  readonly assessment: StreamAssessment;
  readonly finding: Finding | undefined;
}

const notParsing = (
  { stream }: StreamObservations,
  source: string,
  { because: explanation, since, gracePeriodMs }: NotParsing,
  now: Date,
): AssessedStream => ({
  assessment: { stream, verdict: 'not_parsing', since, cause: 'not-parsing', because: explanation },
  finding: {
    cause: 'not-parsing',
    heading: 'not_parsing',
    since: since ?? now,
    gracePeriodMs,
    what: `The ${stream} stream of ${source}: ${explanation}.`,
    todo: `Check the rows (bin/zoom-log-source show --out s3://BUCKET --source ${source} --stream ${stream}, and rejected/ there). Report what differs from earlier rows.`,
    lost: 'Data loss: none. Every row is stored as Zoom sent it. A later release can parse it.',
    error: undefined,
  },
});

const silenceToFinding = (name: string, { since, because: explanation }: Silence): Finding => ({
  cause: 'silent',
  heading: 'silent',
  since,
  gracePeriodMs: 0,
  what: `${name} is silent: ${explanation}. Zoom responds without errors.`,
  todo: "Find out whether anyone used Zoom in that time. If so, check whether the same report in Zoom's admin portal shows newer rows. The runbook says where.",
  lost: 'Data loss: none. Each poll reads whole days, so late rows are still collected.',
  error: undefined,
});
