import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { OUTPUTS } from '../shared/contract.ts';
import type { SourcesFile } from '../shared/model/sources-file.ts';
import { EventBucket } from './constructs/event-bucket.ts';
import { HouseQueue } from './constructs/house-queue.ts';
import { OauthCallback } from './constructs/oauth-callback.ts';
import { ZoomSource } from './constructs/zoom-source.ts';

/** How long a reader may take for what it was handed out. */
const READER_TIMEOUT = Duration.minutes(5);

/**
 * The whole deployment, in the order in which an event passes through it:
 *
 *     schedule, collect queue -> poller of each source -> bucket -> objects topic -> queue of the first reader
 *     browser -> HTTP API -> oauth-callback -> secret, collect queue
 */
export class ConnectorStack extends Stack {
  constructor(scope: Construct, { stack, sources, announce, bucket: bucketProps, xray }: SourcesFile) {
    super(scope, stack, {
      stackName: stack,
      description: "zoom-log-source: brings Zoom's audit logs into a bucket, each event once",
      analyticsReporting: false,
    });

    const bucket = new EventBucket(this, 'Events', { ...bucketProps, announce });
    const reader = new HouseQueue(this, 'Reader', { visibilityTimeout: READER_TIMEOUT });
    bucket.topic.announceTo(reader);

    const zoomSources = sources.map((source) => new ZoomSource(this, { source, bucket, xray }));
    const byOauth = zoomSources.filter(({ source }) => source.auth === 'oauth');
    const callback =
      byOauth.length > 0 ? new OauthCallback(this, 'Connect', { sources: byOauth, bucket, xray }) : undefined;

    const perSource = (of: readonly ZoomSource[], tell: (source: ZoomSource) => string): string =>
      this.toJsonString(Object.fromEntries(of.map((one) => [one.source.name, tell(one)])));
    const outputs: Record<keyof typeof OUTPUTS, string> = {
      bucket: bucket.bucket.bucketName,
      objectsTopic: bucket.topic.topic.topicArn,
      objectsQueue: reader.queue.queueUrl,
      redirectUrls: perSource(byOauth, ({ source }) => callback?.redirectUrlOf(source.name) ?? ''),
      secrets: perSource(zoomSources, ({ secret }) => secret.arn),
      collectQueues: perSource(zoomSources, ({ collectQueueUrl }) => collectQueueUrl),
    };
    for (const [name, value] of Object.entries(outputs)) {
      new CfnOutput(this, OUTPUTS[name as keyof typeof OUTPUTS], { value });
    }
  }
}
