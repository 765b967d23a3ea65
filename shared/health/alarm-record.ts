import { HOUR_MS, MINUTE_MS } from '../model/duration.ts';
import type { Finding } from './finding.ts';

/** An alarm that is raised again this soon after its end is flapping. */
const FLAPPING_WITHIN_MS = 6 * HOUR_MS;
const CALM_MS = 30 * MINUTE_MS;

/** What is stored of an alarm between two monitor runs. */
export interface AlarmRecord {
  readonly state: 'OK' | 'ALARM';
  /** When it entered that state. */
  readonly since: Date;
  /** The latest finding that keeps it in alarm. */
  readonly cause: string | undefined;
  /** Since when there has been no finding. */
  readonly healthySince: Date | undefined;
  /** When it was last cleared. */
  readonly clearedAt: Date | undefined;
  /** Whether it was raised again soon after that: it then clears only after a calm period. */
  readonly flaps: boolean;
}

/** What a monitor run does to an alarm. */
export type AlarmChange = 'raise' | 'clear' | 'reword' | undefined;

export interface RecordTransition {
  readonly record: AlarmRecord;
  readonly change: AlarmChange;
}

/**
 * An alarm is raised when a finding has lasted for its grace period, and cleared when there is none any more: at once the
 * first time, after half an hour of calm if it was cleared less than six hours before. `hidden` leaves it unchanged. When the
 * cause changes, no second notification is sent, but the reason is updated.
 */
export const transitionAlarm = (
  before: AlarmRecord | undefined,
  finding: Finding | 'suppressed' | undefined,
  now: Date,
): RecordTransition => {
  const record = before ?? neverSet(now);
  if (finding === 'suppressed') return { record, change: undefined };
  if (finding === undefined)
    return transitionHealthy({ ...record, healthySince: record.healthySince ?? now }, now);

  const seen = { ...record, healthySince: undefined };
  if (record.state === 'ALARM') {
    return {
      record: { ...seen, cause: finding.cause },
      change: finding.cause === record.cause ? undefined : 'reword',
    };
  }
  if (now.getTime() - finding.since.getTime() < finding.gracePeriodMs)
    return { record: seen, change: undefined };
  const { clearedAt } = record;
  const flaps = clearedAt !== undefined && now.getTime() - clearedAt.getTime() <= FLAPPING_WITHIN_MS;
  return { record: { ...seen, state: 'ALARM', since: now, cause: finding.cause, flaps }, change: 'raise' };
};

const transitionHealthy = (record: AlarmRecord & { healthySince: Date }, now: Date): RecordTransition => {
  if (record.state === 'OK') return { record, change: undefined };
  const isCalm = now.getTime() - record.healthySince.getTime() >= CALM_MS;
  if (record.flaps && !isCalm) return { record, change: undefined };
  return {
    record: { ...record, state: 'OK', since: now, cause: undefined, clearedAt: now },
    change: 'clear',
  };
};

const neverSet = (now: Date): AlarmRecord => ({
  state: 'OK',
  since: now,
  cause: undefined,
  healthySince: now,
  clearedAt: undefined,
  flaps: false,
});
