import * as z from 'zod';
import { createCloudWatch, createLogs, createSns } from '../aws/clients.ts';
import { CloudWatchAlarms } from '../aws/cloudwatch-alarms.ts';
import { CloudWatchPollerLogs } from '../aws/cloudwatch-logs.ts';
import { NoticesTopic } from '../aws/notices-topic.ts';
import { openBucket } from './aws-resources.ts';
import { type DeployedOptions, readDeployment } from './deployed.ts';
import { createLog, type LambdaLog } from '../runtime/logger.ts';
import { createMetricRecorder } from '../runtime/metrics.ts';
import { parseTrigger } from '../triggers/trigger.ts';
import { type MonitorContext, monitorSources } from '../monitor/monitor-sources.ts';

/** The health monitor for all sources of a deployment. */
export interface HealthMonitor {
  readonly log: LambdaLog;
  /** Handles an event of the schedule: assesses the sources as of the time in the event. */
  readonly handle: (event: unknown) => Promise<void>;
}

/** Creates the health monitor. Throws ConfigurationError for an environment that is not the deployment's. */
export const createHealthMonitor = (options: DeployedOptions): HealthMonitor => {
  const {
    stack,
    watched: monitorConfig,
    bucket,
    pollerLogs,
    noticesTopic,
  } = readDeployment(options.environment, ['stack', 'watched', 'bucket', 'pollerLogs', 'noticesTopic']);
  const aws = options.aws ?? {};
  const log = createLog('drop-off-alarm');
  const monitor: MonitorContext = {
    stack,
    store: openBucket(`s3://${bucket}`, options),
    alarms: new CloudWatchAlarms(createCloudWatch(aws)),
    pollerLogs: new CloudWatchPollerLogs(createLogs(aws), pollerLogs),
    notices: new NoticesTopic(createSns(aws), noticesTopic, stack),
    metrics: createMetricRecorder(stack),
    log,
  };
  return { log, handle: (event) => monitorSources(monitor, monitorConfig, momentOf(event)) };
};

const ScheduledSchema = z.object({ time: z.iso.datetime() });

/** The scheduled time of an event. Throws for an event of another kind. */
const momentOf = (event: unknown): Date => {
  if (parseTrigger(event).kind !== 'schedule') {
    throw new TypeError('Refused: this function is called by its EventBridge schedule, and by nothing else.');
  }
  return new Date(ScheduledSchema.parse(event).time);
};
