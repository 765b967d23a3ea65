import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnTopicPolicy, FilterOrPolicy, SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct, type IDependable } from 'constructs';

/**
 * Announces new objects of one bucket to any number of readers, each with its own queue. Not encrypted by a key of
 * Key Management Service: the messages name objects, and S3 could not use the standard key.
 */
export class ObjectsTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { bucketArn }: { bucketArn: string }) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { displayName: 'New Zoom audit log objects', enforceSSL: true });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AnnouncedByTheBucket',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          ArnEquals: { 'aws:SourceArn': bucketArn },
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        },
      }),
    );
  }

  /** What must exist before S3 accepts the topic: S3 checks its permission. */
  get policy(): IDependable {
    return this.topic.node.findChild('Policy').node.defaultChild as CfnTopicPolicy;
  }

  /**
   * Announces to a queue, in the envelope of SNS, as SIEMs expect it: all objects, or those under some prefixes. A prefix must
   * not contain characters that S3 encodes in a message, such as `=`.
   */
  announceTo({ queue, deadLetters }: AnnouncedTo, prefixes?: readonly string[]): void {
    this.topic.addSubscription(
      new SqsSubscription(queue, {
        ...(deadLetters && { deadLetterQueue: deadLetters }),
        ...(prefixes && { filterPolicyWithMessageBody: onlyUnder(prefixes) }),
      }),
    );
  }
}

/** A queue, and the dead-letter queue for messages that SNS cannot deliver to it. */
interface AnnouncedTo {
  readonly queue: IQueue;
  readonly deadLetters?: IQueue;
}

/** A filter of S3's messages. It also rejects S3's test message for a new topic, which has no records. */
const onlyUnder = (prefixes: readonly string[]): Record<string, FilterOrPolicy> => {
  const key = FilterOrPolicy.filter(SubscriptionFilter.stringFilter({ matchPrefixes: [...prefixes] }));
  const object = FilterOrPolicy.policy({ key });
  return { Records: FilterOrPolicy.policy({ s3: FilterOrPolicy.policy({ object }) }) };
};
