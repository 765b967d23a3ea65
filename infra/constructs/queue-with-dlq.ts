import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** SQS's longest retention. */
const FOURTEEN_DAYS = Duration.days(14);

/** How often a message is received before it goes to the dead letters. */
const TRIES = 5;

/** SQS's own key: S3, SNS and Lambda need no key policy to use the queue. */
const DEFAULTS = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: FOURTEEN_DAYS,
};

/** The defaults of all our queues: encrypted, TLS only, with a dead-letter queue so that no failed message is lost. */
export class QueueWithDlq extends Construct {
  readonly queue: Queue;
  /** The messages that were received five times without success. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { visibilityTimeout }: { visibilityTimeout: Duration }) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', DEFAULTS);
    this.queue = new Queue(this, 'Queue', {
      ...DEFAULTS,
      visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: TRIES },
    });
  }

  /** The number of dead letters. */
  get deadLettersMetric(): Metric {
    return this.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' });
  }
}
