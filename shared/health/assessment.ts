import type { StreamName } from '../model/stream.ts';
import type { AlarmAssessment } from './finding.ts';
import type { Verdict } from './verdict.ts';

/** What is said of one stream. */
export interface StreamAssessment {
  readonly stream: StreamName;
  readonly verdict: Verdict;
  /** Since when; undefined where it was never otherwise. */
  readonly since: Date | undefined;
  /** What makes it so: the reason of a failed run, or the verdict itself. */
  readonly cause: string;
  /** The same in a sentence. */
  readonly because: string;
}

/** What is said of a source, and what on-call is to hear of it. */
export interface SourceAssessment {
  readonly source: string;
  readonly streams: readonly StreamAssessment[];
  readonly assessments: readonly AlarmAssessment[];
}
