import type { AssessedAlarm } from '../contract/alarms.ts';
import type { StreamName } from '../model/stream.ts';

/** An alarm of a source, by its name within the source. */
export interface AlarmOf {
  readonly kind: AssessedAlarm;
  /** Of `drop-off` alone. */
  readonly stream: StreamName | undefined;
}

/** Why an alarm is to be raised. */
export interface Finding {
  /** A stable word: the reason of a failed run, a verdict, or what is overdue. */
  readonly cause: string;
  /** The runbook's heading. */
  readonly heading: string;
  readonly since: Date;
  /** How long it must last before anybody is told: what passes by itself is no alarm. */
  readonly gracePeriodMs: number;
  /** What is wrong, as a sentence. */
  readonly what: string;
  readonly todo: string;
  /** What is lost by it, as a sentence. */
  readonly lost: string;
  /** The error as it was met, with Zoom's tracking id. */
  readonly error: string | undefined;
}

/** What is to be said about an alarm: a finding, nothing, or that nothing can be said while something else is wrong. */
export interface AlarmAssessment extends AlarmOf {
  readonly finding: Finding | 'suppressed' | undefined;
}
