import { Duration, Fn, Stack } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { stackAlarmName } from '../../shared/contract/alarms.ts';
import type { ReaderConfig } from '../../shared/model/reader-config.ts';
import { readerPrincipal } from '../reader-principal.ts';
import type { EventBucket } from './event-bucket.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';
import type { OnCall } from './on-call.ts';
import { ReaderRole } from './reader-role.ts';

/** The time that a reader has for the messages that it received. */
export const READER_TIMEOUT = Duration.minutes(5);

export interface EventReaderProps {
  readonly reader: ReaderConfig;
  readonly bucket: EventBucket;
  readonly onCall: OnCall;
}

/**
 * One of several readers: a queue with only the objects that it reads and, for an external reader, a role that may read just
 * those.
 */
export class EventReader extends Construct {
  readonly name: string;
  readonly queueArn: string;
  /** Undefined if the reader has its own queue. */
  readonly queueUrl: string | undefined;
  readonly roleArn: string | undefined;
  readonly externalId: string | undefined;

  constructor(scope: Construct, { reader, bucket, onCall }: EventReaderProps) {
    super(scope, `Reader-${reader.name}`);
    this.name = reader.name;
    const prefixes = reader.streams.map((stream) => `${reader.format}/${stream}/`);
    const queue = this.#announce(reader, bucket, onCall, prefixes);
    this.queueArn = reader.queueArn ?? queue?.queueArn ?? '';
    this.queueUrl = queue?.queueUrl;

    this.externalId = this.#externalIdOf(reader);
    const principal = readerPrincipal(reader, this.externalId);
    if (principal) {
      this.roleArn = new ReaderRole(this, 'Access', { reader, principal, bucket, prefixes, queue }).roleArn;
    }
  }

  /** The queue that was created, if the reader has none. */
  #announce(
    { name, queueArn }: ReaderConfig,
    { topic }: EventBucket,
    onCall: OnCall,
    prefixes: readonly string[],
  ): IQueue | undefined {
    if (queueArn !== undefined) {
      topic.announceTo({ queue: Queue.fromQueueArn(this, 'Theirs', queueArn) }, prefixes);
      return undefined;
    }
    const own = new QueueWithDlq(this, 'Objects', { visibilityTimeout: READER_TIMEOUT });
    topic.announceTo(own, prefixes);
    new RunbookAlarm(this, 'dead-letters', {
      onCall,
      name: stackAlarmName(Stack.of(this).stackName, 'reader-dead-letters', name),
      description: `The reader ${name} received announcements of new objects five times without deleting them. The objects are in the bucket.`,
      heading: 'reader-dead-letters',
      look: `aws sqs receive-message --visibility-timeout 0 --queue-url ${own.deadLetters.queueUrl}`,
      metric: own.deadLettersMetric,
      // SQS emits no values for a queue that has long been empty.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    return own.queue;
  }

  /**
   * The configured id, or else the reader's name and the unique id of the stack. It must be unique and stable, but not secret,
   * so it need not be generated and stored.
   */
  #externalIdOf({ name, account, externalId }: ReaderConfig): string | undefined {
    if (account === undefined || externalId === false) return undefined;
    return externalId ?? Fn.join('-', [name, Fn.select(2, Fn.split('/', Stack.of(this).stackId))]);
  }
}
