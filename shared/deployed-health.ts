import { createCloudWatch, createLogs } from './aws/clients.ts';
import { CloudWatchAlarms } from './aws/cloudwatch-alarms.ts';
import { CloudWatchPollerLogs } from './aws/cloudwatch-logs.ts';
import type { ObjectStore } from './collect/ports.ts';
import { accessOf, type AwsOptions, openBucket } from './connect-deployed.ts';
import { alarmsOf, type WhatElse } from './model/alarm-names.ts';
import type { Watched } from './model/watched-source.ts';
import type { Outlook } from './watch/look-at.ts';
import { beginMute, endMute, type Mute } from './watch/mute.ts';
import type { AlarmState } from './watch/ports.ts';
import { readStandingAlarms, type StandingAlarm } from './watch/standing-alarms.ts';
import { type SurveyedSource, surveySource } from './watch/survey.ts';
import { testAlarm } from './watch/test-alarm.ts';

export type { Mute } from './watch/mute.ts';
export type { AlarmState } from './watch/ports.ts';
export type { StandingAlarm } from './watch/standing-alarms.ts';
export type { SurveyedSource } from './watch/survey.ts';

/** What is watched in a deployment, and where it is. */
export interface WatchedDeployment {
  readonly stack: string;
  readonly bucket: string;
  /** Source name to the name of its poller's log group. */
  readonly pollerLogs: Readonly<Record<string, string>>;
  readonly watched: Watched;
  readonly besides: WhatElse;
}

/** A deployment's health and its alarms, in the hands of a person. */
export interface DeployedHealth {
  readonly store: ObjectStore;
  /** Looks at the sources as the watch does, or at the one that is named. */
  readonly survey: (now: Date, only?: string) => Promise<SurveyedSource[]>;
  /** Every alarm of the deployment. */
  readonly alarms: () => Promise<StandingAlarm[]>;
  readonly test: (alarm: string, by: string) => Promise<void>;
  readonly mute: (
    alarm: AlarmState,
    mute: { by: string; why: string | undefined; until: Date },
    now: Date,
  ) => Promise<Mute>;
  readonly unmute: (mute: Mute, alarm: AlarmState | undefined, now: Date) => Promise<void>;
}

/** Opens the health of a deployment for the command line, with what the operator may do in AWS. */
export const openDeployedHealth = (
  { stack, bucket, pollerLogs, watched, besides }: WatchedDeployment,
  options: AwsOptions & Pick<Outlook, 'unheard'>,
): DeployedHealth => {
  const aws = accessOf(options);
  const store = openBucket(`s3://${bucket}`, options);
  const alarms = new CloudWatchAlarms(createCloudWatch(aws));
  const outlook: Outlook = {
    store,
    pollerLogs: new CloudWatchPollerLogs(createLogs(aws), pollerLogs),
    unheard: options.unheard,
  };
  const { sources, quietDays } = watched;
  return {
    store,
    survey: (now, only) =>
      Promise.all(
        sources
          .filter(({ name }) => only === undefined || name === only)
          .map((source) => surveySource(outlook, source, quietDays, now)),
      ),
    alarms: () => readStandingAlarms(store, alarms, alarmsOf(stack, sources, besides)),
    test: (alarm, by) => testAlarm(alarms, alarm, by),
    mute: (alarm, mute, now) => beginMute(store, alarms, alarm, mute, now),
    unmute: (mute, alarm, now) => endMute(store, alarms, mute, alarm, now),
  };
};
