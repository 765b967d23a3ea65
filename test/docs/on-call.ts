import { SubscribeCommand } from '@aws-sdk/client-sns';
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { createSns, createSqs } from '../../shared/aws/clients.ts';
import { accessTo, aQueue } from '../emulator/aws.ts';
import type { Emulator } from '../emulator/ministack.ts';

/** The form of CloudWatch's notification of an alarm, as far as its readers use it. */
const AlarmMessageSchema = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  NewStateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
  NewStateReason: z.string(),
  OldStateValue: z.string(),
  StateChangeTime: z.string(),
});
export type AlarmMessage = z.infer<typeof AlarmMessageSchema>;

/** On-call: a queue that is subscribed to the alarms. */
export interface OnCall {
  /** The notifications of an alarm since the last call, oldest first; those of others are dropped. */
  readonly messagesFor: (alarm: string) => Promise<AlarmMessage[]>;
}

export const goOnCall = async (emulator: Emulator, alarmsTopic: string): Promise<OnCall> => {
  const access = accessTo(emulator);
  const QueueUrl = await aQueue(emulator);
  const Endpoint = `arn:aws:sqs:${emulator.region}:000000000000:${QueueUrl.split('/').at(-1) ?? ''}`;
  const Attributes = { RawMessageDelivery: 'true' };
  await createSns(access).send(
    new SubscribeCommand({ TopicArn: alarmsTopic, Protocol: 'sqs', Endpoint, Attributes }),
  );
  const sqs = createSqs(access);
  return {
    messagesFor: async (alarm) => {
      const recorded: AlarmMessage[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
        );
        if (Messages.length === 0) return recorded.filter(({ AlarmName }) => AlarmName === alarm);
        recorded.push(...Messages.map(({ Body = '' }) => AlarmMessageSchema.parse(JSON.parse(Body))));
        const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
        await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      }
    },
  };
};
