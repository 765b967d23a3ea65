import type { StreamStatus } from '../shared/app/archive.ts';
import { RUNBOOK } from '../shared/contract/alarms.ts';
import type { Finding } from '../shared/health/finding.ts';
import type { SourceAssessment } from '../shared/health/assessment.ts';
import { type Verdict, WELL } from '../shared/health/verdict.ts';
import type { AnyStreamName } from '../shared/model/stream.ts';

/** A problem and its remedy. */
export interface Problem {
  readonly cause: string;
  readonly what: string;
  readonly since: Date;
  readonly error: string | undefined;
  readonly lost: string;
  readonly todo: string;
  /** File and heading. */
  readonly runbook: string;
}

/** The completeness and the health of a stream. */
export interface StreamHealth extends StreamStatus {
  /** Null if the stream was only collected by hand: nothing is expected of it. */
  readonly verdict: Verdict | null;
  readonly since: Date | undefined;
  readonly cause: string | undefined;
  readonly because: string | undefined;
  /** Of the stream, and of its source as a whole. */
  readonly problems: readonly Problem[];
  readonly lookbackDays: number;
}

/** What the table shows of a stream, of a log or of content. */
export type StreamLine = Pick<
  StreamHealth,
  'source' | 'verdict' | 'watermark' | 'newestEvent' | 'events' | 'lastRun'
> & { readonly stream: AnyStreamName };

/** Joins the status of the streams with their assessments. `place` is the location of the events. */
export const healthOf = (
  status: readonly StreamStatus[],
  assessments: readonly SourceAssessment[],
  place: string,
  lookbackDays: number,
): StreamHealth[] =>
  status.map((stream) => {
    const ofSource = assessments.find(({ source }) => source === stream.source);
    const assessment = ofSource?.streams.find((one) => one.stream === stream.stream);
    const about = (ofSource?.assessments ?? []).filter(
      (one) => assessment && (one.stream === undefined || one.stream === stream.stream),
    );
    return {
      ...stream,
      verdict: assessment?.verdict ?? null,
      since: assessment?.since,
      cause: assessment?.cause,
      because: assessment?.because,
      problems: about.flatMap(({ finding }) =>
        finding === undefined || finding === 'suppressed' ? [] : [problemOf(finding, stream.source, place)],
      ),
      lookbackDays,
    };
  });

const problemOf = (
  { cause, what, since, error, lost, todo, heading }: Finding,
  source: string,
  place: string,
): Problem => ({
  cause,
  what,
  since,
  error,
  lost,
  todo: todo.replaceAll('s3://BUCKET', place).replaceAll('SOURCE', source),
  runbook: `${RUNBOOK}#${heading}`,
});

/** Whether a stream needs no action. */
export const isWell = ({ verdict, problems }: Pick<StreamHealth, 'verdict' | 'problems'>): boolean =>
  (verdict === null || WELL.has(verdict)) && problems.length === 0;
