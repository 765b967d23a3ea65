import { sourceAlarmName } from '../contract/alarms.ts';
import { type AlarmRecord, type RecordTransition, transitionAlarm } from '../health/alarm-record.ts';
import { clearedText, raisedText } from '../health/alarm-text.ts';
import type { AlarmAssessment } from '../health/finding.ts';
import type { StreamAssessment } from '../health/assessment.ts';
import type { AlarmState, Alarms } from './ports.ts';

/** An alarm after a monitor run. */
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

/** The reason that is set with the state of an alarm. */
export const alarmText = (
  source: string,
  { finding, stream, record }: AlarmTransition,
  before: AlarmRecord | undefined,
  streams: readonly StreamAssessment[],
  newestEvent: Date | undefined,
  now: Date,
): string | undefined => {
  // Unknown: in particular, an alarm whose record could not be read is not over.
  if (finding === 'suppressed') return undefined;
  if (record.state === 'ALARM') return finding && raisedText(source, finding, newestEvent, now);
  const of = streams.filter((assessment) => stream === undefined || assessment.stream === stream);
  const explanation = of
    .map(({ stream: name, verdict, because: why }) => `${name} is ${verdict} (${why})`)
    .join('; ');
  return clearedText(source, explanation, before?.state === 'ALARM' ? before.since : record.since, now);
};

/**
 * Sets an alarm to its state. CloudWatch's own state counts, not the stored one: so a recreated or manually set alarm is
 * corrected, and a monitor run that was killed between setting and storing is repeated without a second notification. A new
 * alarm keeps its initial state until it is raised.
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
