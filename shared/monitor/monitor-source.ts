import { recordAudit } from '../audit/record-audit.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { ConfigurationError } from '../errors.ts';
import type { SourceAssessment } from '../health/assessment.ts';
import type { SourceObservations } from '../health/observations.ts';
import type { Day } from '../model/day.ts';
import type { MonitoredSource } from '../model/monitored-source.ts';
import type { Log } from '../runtime/log.ts';
import type { MetricRecorder } from '../runtime/metrics.ts';
import { toExpectations } from './expectations.ts';
import { type HealthRecord, readHealthRecord, writeHealthRecord } from './health-record.ts';
import { alarmText, reconcileAlarm, type AlarmTransition, transitionAlarms } from './alarm-transitions.ts';
import { recordHealthMetrics } from './health-metrics.ts';
import { readSourceHealth } from './source-health.ts';
import type { AlarmState, Alarms, NotificationPublisher, PollerLogs } from './ports.ts';
import { postNotices } from './post-notices.ts';
import { publishHealth } from './publish-health.ts';

/** The dependencies of a monitor run. */
export interface MonitorContext {
  readonly stack: string;
  readonly store: ObjectStore;
  readonly alarms: Alarms;
  readonly pollerLogs: PollerLogs;
  readonly notices: NotificationPublisher;
  readonly metrics: MetricRecorder;
  readonly log: Log;
}

/** Monitors one source: assesses it, sets its alarms, publishes its health, and posts notices. */
export const monitorSource = async (
  monitor: MonitorContext,
  source: MonitoredSource,
  quietDays: readonly Day[],
  actual: ReadonlyMap<string, AlarmState>,
  now: Date,
): Promise<SourceAssessment> => {
  const { stack, store, alarms, metrics, log } = monitor;
  const before = await recordOf(store, source.name, now);
  const { observations, assessment } = await readSourceHealth(
    {
      ...monitor,
      onLogUnavailable: (name, problem) => log.warn('log of the poller not read', { source: name, problem }),
    },
    namedOf(source, before),
    toExpectations(source, quietDays),
    now,
  );
  const transitions = transitionAlarms(stack, source.name, assessment.assessments, before.alarms, now);

  for (const alarm of transitions) {
    const newest = newestOf(observations, alarm);
    const text = alarmText(source.name, alarm, before.alarms[alarm.name], assessment.streams, newest, now);
    await reconcileAlarm(alarms, alarm, actual.get(alarm.name), text);
  }
  recordHealthMetrics(metrics, observations, transitions, now);
  for (const { stream, verdict, cause, because: explanation, since } of assessment.streams) {
    log.info('verdict', {
      source: source.name,
      stream,
      verdict,
      cause,
      because: explanation,
      since: since?.toISOString(),
    });
  }

  // In an unreadable bucket nothing more can be stored, and the alarm reports it.
  if (observations.unreadable) return assessment;
  await recordAlarmChanges(monitor, source.name, transitions, now);
  await publishHealth(store, assessment, transitions, now);
  const posted = await postNotices(monitor, source.name, before, now);
  const alarmRecords = Object.fromEntries(transitions.map(({ name, record }) => [name, record]));
  await keepIfChanged(store, source.name, before, { ...before, alarms: alarmRecords, posted });
  return assessment;
};

const recordOf = async (store: ObjectStore, source: string, now: Date): Promise<HealthRecord> => {
  try {
    return await readHealthRecord(store, source, now);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { watchedSince: now, alarms: {}, posted: [] };
  }
};

const namedOf = ({ name, streams }: MonitoredSource, { watchedSince }: HealthRecord) => ({
  source: name,
  streams,
  watchedSince,
});

const newestOf = ({ streams }: SourceObservations, { stream }: AlarmTransition): Date | undefined => {
  const times = streams
    .filter((observations) => stream === undefined || observations.stream === stream)
    .flatMap(({ newestEvent }) => newestEvent?.getTime() ?? []);
  return times.length === 0 ? undefined : new Date(Math.max(...times));
};

/** Records changes of alarms in the audit log. */
const recordAlarmChanges = async (
  { store, log }: MonitorContext,
  source: string,
  transitions: readonly AlarmTransition[],
  now: Date,
): Promise<void> => {
  for (const { name, kind, stream, change, record, finding } of transitions) {
    if (change !== 'raise' && change !== 'clear') continue;
    const what = finding === undefined || finding === 'suppressed' ? 'cleared.' : finding.what;
    log.warn(change === 'raise' ? 'alarm raised' : 'alarm cleared', {
      source,
      alarm: name,
      cause: record.cause,
    });
    await recordAudit(store, {
      at: now.toISOString(),
      code: change === 'raise' ? 'alarm-raised' : 'alarm-cleared',
      source,
      actor: { kind: 'collector' },
      ...(stream && { stream }),
      summary: `${name}: ${what}`,
      details: { alarm: name, kind, ...(record.cause !== undefined && { cause: record.cause }) },
    });
  }
};

/** Most monitor runs find no change, and a write costs money. */
const keepIfChanged = async (
  store: ObjectStore,
  source: string,
  before: HealthRecord,
  after: HealthRecord,
): Promise<void> => {
  const isKnown = Object.keys(before.alarms).length > 0;
  if (isKnown && JSON.stringify(before) === JSON.stringify(after)) return;
  await writeHealthRecord(store, source, after);
};
