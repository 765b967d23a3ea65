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
  /** How long it must last before the alarm is raised. */
  readonly gracePeriodMs: number;
  /** The problem, as a sentence. */
  readonly what: string;
  readonly todo: string;
  /** The data loss, as a sentence. */
  readonly lost: string;
  /** The original error, with Zoom's tracking id. */
  readonly error: string | undefined;
}

/** The assessment of an alarm: a finding, none, or `hidden` while another problem suppresses it. */
export interface AlarmAssessment extends AlarmOf {
  readonly finding: Finding | 'suppressed' | undefined;
}
