import { Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import { secretName } from '../../shared/contract/outputs.ts';
import type { SourceConfig } from '../../shared/model/source-config.ts';
import { sourceKeys } from '../source-keys.ts';
import type { EventBucket } from './event-bucket.ts';
import { ConnectorFunction } from './connector-function.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';
import type { OnCall } from './on-call.ts';
import { SourceAlarms } from './source-alarms.ts';
import { SourceSecret } from './source-secret.ts';

/** The default poll interval. A poll that isn't done by then stops cleanly, and the next one continues. */
const TIMEOUT = Duration.minutes(5);

/** AWS's advice for a queue that a function reads: a message is received again only if its function is certainly dead. */
const VISIBILITY_TIMEOUT = Duration.minutes(6 * TIMEOUT.toMinutes());

/** Few, so that one slow day delays only these. */
const BATCH = 5;

/** AWS's minimum. Reserved concurrency instead would fail in accounts that have only ten. */
const MAX_CONCURRENCY = 2;

export interface ZoomSourceProps {
  readonly source: SourceConfig;
  readonly bucket: EventBucket;
  readonly onCall: OnCall;
  readonly xray: boolean;
}

/** One Zoom account: its secret, its schedule, its queue of requested slices, the poller that both trigger, its alarms. */
export class ZoomSource extends Construct {
  readonly source: SourceConfig;
  readonly secret: SourceSecret;
  readonly collectQueueUrl: string;
  readonly #queue: QueueWithDlq;
  readonly #poller: ConnectorFunction;

  constructor(scope: Construct, { source, bucket, onCall, xray }: ZoomSourceProps) {
    super(scope, `Source-${source.name}`);
    this.source = source;
    this.secret = new SourceSecret(this, 'Secret', {
      source: source.name,
      secretName: secretName(Stack.of(this).stackName, source.name),
    });
    this.#queue = new QueueWithDlq(this, 'Collect', { visibilityTimeout: VISIBILITY_TIMEOUT });
    this.collectQueueUrl = this.#queue.queue.queueUrl;

    this.#poller = new ConnectorFunction(this, 'Poller', {
      entry: 'poller',
      description: `Collects the Zoom audit logs of ${source.name}`,
      memoryMiB: 512,
      timeout: TIMEOUT,
      xray,
    });
    this.#poller.addEnvironment(ENVIRONMENT.stack, Stack.of(this).stackName);
    this.#poller.addEnvironment(ENVIRONMENT.source, JSON.stringify(forPoller(source)));
    this.secret.grantReadWrite(this.#poller);
    bucket.grantReadWrite(this.#poller, sourceKeys(source));
    this.#call(this.#poller);
    new SourceAlarms(this, 'Alarms', { source, collect: this.#queue, onCall });
  }

  /** The log group of its poller. */
  get pollerLog(): string {
    return this.#poller.logGroup.logGroupName;
  }

  /** Allows a function to read the poller's log. */
  grantReadLogs(grantee: ConnectorFunction): void {
    grantee.addEnvironmentEntry(this.source.name, ENVIRONMENT.pollerLogs, this.pollerLog);
    grantee.allow({ actions: ['logs:FilterLogEvents'], resources: [this.#poller.logGroup.logGroupArn] });
  }

  /** Allows a function to request collection of the source. */
  grantSend(grantee: ConnectorFunction): void {
    grantee.addEnvironmentEntry(this.source.name, ENVIRONMENT.collectQueues, this.collectQueueUrl);
    grantee.allow({ actions: ['sqs:SendMessage'], resources: [this.#queue.queue.queueArn] });
  }

  #call(poller: ConnectorFunction): void {
    const every = Duration.minutes(this.source.pollMinutes);
    // A failed poll is not repeated: the next one continues.
    poller.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: every });
    new Rule(this, 'Schedule', {
      description: `Polls ${this.source.name} every ${this.source.pollMinutes} min`,
      schedule: Schedule.rate(every),
      targets: [new LambdaFunction(poller.lambda, { maxEventAge: every, retryAttempts: 2 })],
    });
    poller.allow({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [this.#queue.queue.queueArn],
    });
    new EventSourceMapping(this, 'Collecting', {
      target: poller.lambda,
      eventSourceArn: this.#queue.queue.queueArn,
      batchSize: BATCH,
      maxConcurrency: MAX_CONCURRENCY,
      reportBatchItemFailures: true,
    });
  }
}

/** Without the settings that the poller does not use, so that changing them does not change the poller. */
const forPoller = (source: SourceConfig): object => ({
  ...source,
  notify: undefined,
  dropOffMinutes: undefined,
  learnedBaseline: undefined,
  content: undefined,
});
