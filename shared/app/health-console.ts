import { createCloudWatch, createLogs } from '../aws/clients.ts';
import { CloudWatchAlarms } from '../aws/cloudwatch-alarms.ts';
import { CloudWatchPollerLogs } from '../aws/cloudwatch-logs.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { accessOf, type AwsOptions, openBucket } from './aws-resources.ts';
import { alarmsOf, type OptionalParts } from '../contract/alarms.ts';
import type { MonitorConfig } from '../model/monitored-source.ts';
import type { HealthReaders } from '../monitor/source-health.ts';
import { beginMute, endMute, type Mute } from '../monitor/mute.ts';
import type { AlarmState } from '../monitor/ports.ts';
import { readAlarmStatus, type AlarmStatus } from '../monitor/alarm-status.ts';
import { type SourceReport, inspectSource } from '../monitor/inspect-source.ts';
import { testAlarm } from '../monitor/test-alarm.ts';

export type { Mute } from '../monitor/mute.ts';
export type { AlarmState } from '../monitor/ports.ts';
export type { AlarmStatus } from '../monitor/alarm-status.ts';
export type { SourceReport } from '../monitor/inspect-source.ts';

/** What the monitor assesses in a deployment, and where it is. */
export interface MonitoredDeployment {
  readonly stack: string;
  readonly bucket: string;
  /** Source name to the name of its poller's log group. */
  readonly pollerLogs: Readonly<Record<string, string>>;
  readonly monitorConfig: MonitorConfig;
  readonly optionalParts: OptionalParts;
}

/** A deployment's health and its alarms, for an operator. */
export interface DeployedHealth {
  readonly store: ObjectStore;
  /** Assesses all sources, as the monitor does, or one. */
  readonly inspect: (now: Date, only?: string) => Promise<SourceReport[]>;
  /** Every alarm of the deployment. */
  readonly alarms: () => Promise<AlarmStatus[]>;
  readonly test: (alarm: string, by: string) => Promise<void>;
  readonly mute: (
    alarm: AlarmState,
    mute: { by: string; why: string | undefined; until: Date },
    now: Date,
  ) => Promise<Mute>;
  readonly unmute: (mute: Mute, alarm: AlarmState | undefined, now: Date) => Promise<void>;
}

/** Opens the health of a deployment for the command line, with the operator's AWS permissions. */
export const openDeployedHealth = (
  { stack, bucket, pollerLogs, monitorConfig, optionalParts }: MonitoredDeployment,
  options: AwsOptions & Pick<HealthReaders, 'onLogUnavailable'>,
): DeployedHealth => {
  const aws = accessOf(options);
  const store = openBucket(`s3://${bucket}`, options);
  const alarms = new CloudWatchAlarms(createCloudWatch(aws));
  const readers: HealthReaders = {
    store,
    pollerLogs: new CloudWatchPollerLogs(createLogs(aws), pollerLogs),
    onLogUnavailable: options.onLogUnavailable,
  };
  const { sources, quietDays } = monitorConfig;
  return {
    store,
    inspect: (now, only) =>
      Promise.all(
        sources
          .filter(({ name }) => only === undefined || name === only)
          .map((source) => inspectSource(readers, source, quietDays, now)),
      ),
    alarms: () => readAlarmStatus(store, alarms, alarmsOf(stack, sources, optionalParts)),
    test: (alarm, by) => testAlarm(alarms, alarm, by),
    mute: (alarm, mute, now) => beginMute(store, alarms, alarm, mute, now),
    unmute: (mute, alarm, now) => endMute(store, alarms, mute, alarm, now),
  };
};
