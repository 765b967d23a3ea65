import { PutBucketNotificationConfigurationCommand } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { createS3, createSqs } from '../../shared/aws/clients.ts';
import { accessTo, aBucket, aQueue } from '../emulator/aws.ts';
import type { Emulator } from '../emulator/ministack.ts';

export interface AnnouncedBucket {
  readonly bucket: string;
  readonly queueUrl: string;
}

/** A bucket whose flat objects are announced to a topic, and by it to a queue, as the stack has them. */
export const anAnnouncedBucket = async (emulator: Emulator): Promise<AnnouncedBucket> => {
  const [bucket, queueUrl] = await Promise.all([aBucket(emulator), aQueue(emulator)]);
  const sns = new SNSClient(accessTo(emulator));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: `${bucket}-objects` }));
  const { Attributes } = await createSqs(accessTo(emulator)).send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
  );
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Attributes?.['QueueArn'] }));
  const announce = {
    TopicArn,
    Events: ['s3:ObjectCreated:*' as const],
    Filter: { Key: { FilterRules: [{ Name: 'prefix' as const, Value: 'flat/' }] } },
  };
  await createS3(accessTo(emulator)).send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: bucket,
      NotificationConfiguration: { TopicConfigurations: [announce] },
      SkipDestinationValidation: true,
    }),
  );
  return { bucket, queueUrl };
};
