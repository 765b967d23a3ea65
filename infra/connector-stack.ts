import { CfnOutput, Stack } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { stackAlarmName } from '../shared/contract/alarms.ts';
import { OUTPUTS } from '../shared/contract/outputs.ts';
import type { SourcesFile } from '../shared/model/sources-file.ts';
import { Compaction } from './constructs/compaction.ts';
import { EventBucket } from './constructs/event-bucket.ts';
import { EventReader, READER_TIMEOUT } from './constructs/event-reader.ts';
import { HealthDashboard } from './constructs/health-dashboard.ts';
import { RunbookAlarm } from './constructs/runbook-alarm.ts';
import { QueueWithDlq } from './constructs/queue-with-dlq.ts';
import { OauthCallback } from './constructs/oauth-callback.ts';
import { OnCall } from './constructs/on-call.ts';
import { HealthMonitor } from './constructs/health-monitor.ts';
import { ZoomSource } from './constructs/zoom-source.ts';

/**
 * The whole deployment, in the order of an event's path:
 *
 *     schedule, collect queue -> poller of each source -> bucket -> objects topic -> queue of the first reader, queues of others
 *     schedule -> compactor -> bucket, if configured
 *     browser -> HTTP API -> oauth-callback -> secret, collect queue
 *     schedule -> health monitor -> alarms -> alarms topic -> on-call
 */
export class ConnectorStack extends Stack {
  constructor(scope: Construct, file: SourcesFile) {
    const { stack, sources, announce, readers, bucket: bucketProps, quietDays, compaction, xray } = file;
    super(scope, stack, {
      stackName: stack,
      description: "zoom-log-source: collects Zoom's audit logs into a bucket, each event once",
      analyticsReporting: false,
    });

    const onCall = new OnCall(this, 'OnCall');
    const bucket = new EventBucket(this, 'Events', { ...bucketProps, announce });
    const reader = new QueueWithDlq(this, 'Reader', { visibilityTimeout: READER_TIMEOUT });
    bucket.topic.announceTo(reader);
    new RunbookAlarm(this, 'reader-dead-letters', {
      onCall,
      name: stackAlarmName(stack, 'reader-dead-letters'),
      description:
        'Your SIEM received announcements of new objects five times without deleting them, or they could not be sent. The objects are in the bucket.',
      heading: 'reader-dead-letters',
      look: `aws sqs receive-message --visibility-timeout 0 --queue-url ${reader.deadLetters.queueUrl}`,
      metric: reader.deadLettersMetric,
      // SQS emits no values for a queue that has long been empty.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const eventReaders = readers.map((one) => new EventReader(this, { reader: one, bucket, onCall }));

    const zoomSources = sources.map((source) => new ZoomSource(this, { source, bucket, onCall, xray }));
    const byOauth = zoomSources.filter(({ source }) => source.auth === 'oauth');
    const callback =
      byOauth.length > 0
        ? new OauthCallback(this, 'Connect', { sources: byOauth, bucket, onCall, xray })
        : undefined;
    const monitor = new HealthMonitor(this, 'Watch', {
      sources: zoomSources,
      quietDays,
      bucket,
      onCall,
      xray,
    });
    onCall.notify(sources);
    new HealthDashboard(this, 'Health', { sources, onCall, monitor });
    if (compaction) new Compaction(this, 'Compaction', { sources, bucket, onCall, xray });

    const perSource = (of: readonly ZoomSource[], addVariable: (source: ZoomSource) => string): string =>
      this.toJsonString(Object.fromEntries(of.map((one) => [one.source.name, addVariable(one)])));
    const perReader = (addVariable: (one: EventReader) => string | undefined): string =>
      this.toJsonString(Object.fromEntries(eventReaders.map((one) => [one.name, addVariable(one)])));
    const outputs: Record<keyof typeof OUTPUTS, string> = {
      bucket: bucket.bucket.bucketName,
      objectsTopic: bucket.topic.topic.topicArn,
      objectsQueue: reader.queue.queueUrl,
      readerQueues: perReader(({ queueUrl }) => queueUrl),
      readerQueueArns: perReader(({ queueArn }) => queueArn),
      readerRoles: perReader(({ roleArn }) => roleArn),
      readerExternalIds: perReader(({ externalId }) => externalId),
      redirectUrls: perSource(byOauth, ({ source }) => callback?.redirectUrlOf(source.name) ?? ''),
      secrets: perSource(zoomSources, ({ secret }) => secret.arn),
      collectQueues: perSource(zoomSources, ({ collectQueueUrl }) => collectQueueUrl),
      alarmsTopic: onCall.alarmsTopic.topicArn,
      noticesTopic: onCall.noticesTopic.topicArn,
      pollerLogs: perSource(zoomSources, ({ pollerLog }) => pollerLog),
    };
    for (const [name, value] of Object.entries(outputs)) {
      new CfnOutput(this, OUTPUTS[name as keyof typeof OUTPUTS], { value });
    }
  }
}
