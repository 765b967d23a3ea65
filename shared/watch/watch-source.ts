import { recordAudit } from '../audit/record-audit.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { ConfigurationError } from '../errors.ts';
import type { SourceJudgement } from '../health/judgement.ts';
import type { SourceSigns } from '../health/signs.ts';
import type { Day } from '../model/day.ts';
import type { WatchedSource } from '../model/watched-source.ts';
import type { Log } from '../runtime/log.ts';
import type { Meter } from '../runtime/meter.ts';
import { expectationsOf } from './expectations-of.ts';
import { type HealthRecord, readHealthRecord, writeHealthRecord } from './health-record.ts';
import { alarmText, settle, type SteppedAlarm, stepAlarms } from './judged-alarms.ts';
import { meterHealth } from './health-metrics.ts';
import { lookAt } from './look-at.ts';
import type { AlarmState, Alarms, NoticeBoard, PollerLogs } from './ports.ts';
import { postNotices } from './post-notices.ts';
import { publishHealth } from './publish-health.ts';

/** What a watch works with. */
export interface Watch {
  readonly stack: string;
  readonly store: ObjectStore;
  readonly alarms: Alarms;
  readonly pollerLogs: PollerLogs;
  readonly notices: NoticeBoard;
  readonly meter: Meter;
  readonly log: Log;
}

/** Looks at one source at one moment: judges it, sets its alarms, publishes how it is, and posts what is no alarm. */
export const watchSource = async (
  watch: Watch,
  source: WatchedSource,
  quietDays: readonly Day[],
  actual: ReadonlyMap<string, AlarmState>,
  now: Date,
): Promise<SourceJudgement> => {
  const { stack, store, alarms, meter, log } = watch;
  const before = await recordOf(store, source.name, now);
  const { signs, judgement } = await lookAt(
    {
      ...watch,
      unheard: (name, problem) => log.warn('log of the poller not read', { source: name, problem }),
    },
    namedOf(source, before),
    expectationsOf(source, quietDays),
    now,
  );
  const stepped = stepAlarms(stack, source.name, judgement.assessments, before.alarms, now);

  for (const alarm of stepped) {
    const newest = newestOf(signs, alarm);
    const text = alarmText(source.name, alarm, before.alarms[alarm.name], judgement.streams, newest, now);
    await settle(alarms, alarm, actual.get(alarm.name), text);
  }
  meterHealth(meter, signs, stepped, now);
  for (const { stream, verdict, cause, because, since } of judgement.streams) {
    log.info('verdict', {
      source: source.name,
      stream,
      verdict,
      cause,
      because,
      since: since?.toISOString(),
    });
  }

  // Of a bucket that can't be read, nothing more can be kept, and the alarm says so.
  if (signs.unreadable) return judgement;
  await tellChanges(watch, source.name, stepped, now);
  await publishHealth(store, judgement, stepped, now);
  const posted = await postNotices(watch, source.name, before, now);
  const alarmRecords = Object.fromEntries(stepped.map(({ name, record }) => [name, record]));
  await keepIfChanged(store, source.name, before, { ...before, alarms: alarmRecords, posted });
  return judgement;
};

const recordOf = async (store: ObjectStore, source: string, now: Date): Promise<HealthRecord> => {
  try {
    return await readHealthRecord(store, source, now);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { watchedSince: now, alarms: {}, posted: [] };
  }
};

const namedOf = ({ name, streams }: WatchedSource, { watchedSince }: HealthRecord) => ({
  source: name,
  streams,
  watchedSince,
});

const newestOf = ({ streams }: SourceSigns, { stream }: SteppedAlarm): Date | undefined => {
  const times = streams
    .filter((signs) => stream === undefined || signs.stream === stream)
    .flatMap(({ newestEvent }) => newestEvent?.getTime() ?? []);
  return times.length === 0 ? undefined : new Date(Math.max(...times));
};

/** Changes of alarms, for the collector's own log. */
const tellChanges = async (
  { store, log }: Watch,
  source: string,
  stepped: readonly SteppedAlarm[],
  now: Date,
): Promise<void> => {
  for (const { name, kind, stream, change, record, finding } of stepped) {
    if (change !== 'raise' && change !== 'clear') continue;
    const what = finding === undefined || finding === 'hidden' ? 'it is over' : finding.what;
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

/** Most watches find everything as it was, and a write costs money. */
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
