import type { StreamName } from '../model/stream.ts';
import type { AlarmAssessment } from './finding.ts';
import type { Verdict } from './verdict.ts';

/** The assessment of one stream. */
export interface StreamAssessment {
  readonly stream: StreamName;
  readonly verdict: Verdict;
  /** Since when; undefined if it was never different. */
  readonly since: Date | undefined;
  /** The reason of a failed run, or the verdict itself. */
  readonly cause: string;
  /** The same in a sentence. */
  readonly because: string;
}

/** The assessment of a source, and the findings for on-call. */
export interface SourceAssessment {
  readonly source: string;
  readonly streams: readonly StreamAssessment[];
  readonly assessments: readonly AlarmAssessment[];
}
