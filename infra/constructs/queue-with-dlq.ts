import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** The longest that SQS keeps anything. */
const FOURTEEN_DAYS = Duration.days(14);

/** How often a message is handed out before it is put aside. */
const TRIES = 5;

/** SQS's own key: S3, SNS and Lambda reach the queue without a key policy that lets them. */
const DEFAULTS = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: FOURTEEN_DAYS,
};

/** A queue as all of ours are: encrypted, TLS only, and nothing is lost by failing: what nobody can handle is put aside. */
export class QueueWithDlq extends Construct {
  readonly queue: Queue;
  /** What was handed out five times and never done with. */
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

  /** How many messages were put aside and still lie there. */
  get deadLettersMetric(): Metric {
    return this.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' });
  }
}
