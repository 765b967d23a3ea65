import { HOUR_MS, MINUTE_MS } from '../model/duration.ts';
import type { Finding } from './finding.ts';

/** Raised again so soon after it was over, an alarm flaps. */
const FLAPPING_WITHIN_MS = 6 * HOUR_MS;
const CALM_MS = 30 * MINUTE_MS;

/** What is remembered of an alarm between two watches. */
export interface AlarmRecord {
  readonly state: 'OK' | 'ALARM';
  /** Since when it is in that state. */
  readonly since: Date;
  /** The finding that holds it in alarm, as it was last seen. */
  readonly cause: string | undefined;
  /** Since when there has been nothing to find. */
  readonly healthySince: Date | undefined;
  /** When it was last over. */
  readonly clearedAt: Date | undefined;
  /** Whether it was raised again soon after that: its end is believed only after a calm. */
  readonly flaps: boolean;
}

/** What a watch does to an alarm. */
export type AlarmChange = 'raise' | 'clear' | 'reword' | undefined;

export interface RecordTransition {
  readonly record: AlarmRecord;
  readonly change: AlarmChange;
}

/**
 * An alarm goes on when a finding has lasted for its patience, and off when there is none any more: at once the first time,
 * after half an hour of calm if it had been over less than six hours before. `hidden` leaves it as it is. What it is about may
 * change meanwhile: nobody is told a second time, but the reason that stands there is the new one.
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
