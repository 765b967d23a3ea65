import { sourceAlarmName } from '../contract/alarms.ts';
import { type AlarmRecord, type RecordTransition, transitionAlarm } from '../health/alarm-record.ts';
import { clearedText, raisedText } from '../health/alarm-text.ts';
import type { AlarmAssessment } from '../health/finding.ts';
import type { StreamAssessment } from '../health/assessment.ts';
import type { AlarmState, Alarms } from './ports.ts';

/** An alarm after a watch: as it is to be from now on. */
export interface AlarmTransition extends AlarmAssessment, RecordTransition {
  readonly name: string;
}

/** Decides on the alarms of a source. */
export const transitionAlarms = (
  stack: string,
  source: string,
  assessments: readonly AlarmAssessment[],
  records: Readonly<Record<string, AlarmRecord>>,
  now: Date,
): AlarmTransition[] =>
  assessments.map((assessment) => {
    const name = sourceAlarmName(stack, source, assessment.kind, assessment.stream);
    return { ...assessment, name, ...transitionAlarm(records[name], assessment.finding, now) };
  });

/** What is said with the state of an alarm. */
export const alarmText = (
  source: string,
  { finding, stream, record }: AlarmTransition,
  before: AlarmRecord | undefined,
  streams: readonly StreamAssessment[],
  newestEvent: Date | undefined,
  now: Date,
): string | undefined => {
  // Nothing can be said: least of all that an alarm is over whose record could not be read.
  if (finding === 'suppressed') return undefined;
  if (record.state === 'ALARM') return finding && raisedText(source, finding, newestEvent, now);
  const of = streams.filter((assessment) => stream === undefined || assessment.stream === stream);
  const explanation = of
    .map(({ stream: name, verdict, because: why }) => `${name} is ${verdict} (${why})`)
    .join('; ');
  return clearedText(source, explanation, before?.state === 'ALARM' ? before.since : record.since, now);
};

/**
 * Brings an alarm to the state it is to have. CloudWatch's own state is what counts, not what was remembered of the last
 * watch: so an alarm that was made anew, or that somebody set by hand, is put right, and a watch that was killed between
 * setting and remembering sets again, of which nobody is told twice. An alarm that was never set stays as it was made
 * until there is something to say.
 */
export const reconcileAlarm = async (
  alarms: Alarms,
  { name, record, change }: AlarmTransition,
  actual: AlarmState | undefined,
  text: string | undefined,
): Promise<void> => {
  if (!actual || text === undefined) return;
  const isUnset = actual.state === 'INSUFFICIENT_DATA' && record.state === 'OK';
  if (isUnset || (actual.state === record.state && change !== 'reword')) return;
  await alarms.set(name, record.state, text);
};
