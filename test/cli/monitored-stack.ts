import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchAlarms } from '../../shared/aws/cloudwatch-alarms.ts';
import type { BucketStore } from '../../shared/aws/bucket-store.ts';
import { createCloudWatch, createSqs } from '../../shared/aws/clients.ts';
import { alarmsOf } from '../../shared/contract/alarms.ts';
import { OUTPUTS } from '../../shared/contract/outputs.ts';
import { type SourceConfig, SourceConfigSchema } from '../../shared/model/source-config.ts';
import { accessTo, aBucket, aBucketStore } from '../emulator/aws.ts';
import type { Emulator } from '../emulator/ministack.ts';
import { type Finished, zoomLogSource } from '../support/command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The message of an alarm to the subscribers of the topic. */
export interface AlarmMessage {
  readonly AlarmName: string;
  readonly NewStateValue: string;
  readonly NewStateReason: string;
}

/** A stack with alarms, a topic and a subscribed queue: the parts of a real stack that the command line uses. */
export interface MonitoredStack {
  readonly stack: string;
  readonly store: BucketStore;
  readonly alarms: CloudWatchAlarms;
  /** Runs the command line where the stack's sources.json is. */
  readonly run: (...args: string[]) => Promise<Finished>;
  /** Receives all messages of the queue. */
  readonly receivedAlarms: () => Promise<AlarmMessage[]>;
}

const NAMES = ['acme', 'globex'] as const;

/** Two sources. Only the first has e-mail addresses. */
const SOURCES: readonly SourceConfig[] = NAMES.map((name) =>
  SourceConfigSchema.parse({
    name,
    auth: 'server-to-server',
    pollMinutes: 5,
    notify: name === 'acme' ? ['ines@quillmere.example', 'amara@quillmere.example'] : [],
  }),
);

/** Makes one on the emulator, by CloudFormation. */
export const aWatchedStack = async (aws: Emulator): Promise<MonitoredStack> => {
  const stack = `stack-${randomUUID().slice(0, 8)}`;
  const bucket = await aBucket(aws);
  await new CloudFormationClient(accessTo(aws)).send(
    new CreateStackCommand({ StackName: stack, TemplateBody: JSON.stringify(templateOf(stack, bucket)) }),
  );
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'sources.json'), JSON.stringify({ stack, sources: SOURCES }));
  const sqs = createSqs(accessTo(aws));
  const QueueUrl = `${aws.endpoint}/000000000000/${stack}-listener`;
  return {
    stack,
    store: await aBucketStore(aws, { bucket }),
    alarms: new CloudWatchAlarms(createCloudWatch(accessTo(aws))),
    run: (...args) => zoomLogSource(args, { cwd, environment: aws.environment }),
    receivedAlarms: async () => {
      const recorded: AlarmMessage[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
        );
        if (Messages.length === 0) return recorded;
        for (const { Body = '', ReceiptHandle } of Messages) {
          recorded.push(JSON.parse((JSON.parse(Body) as { Message: string }).Message) as AlarmMessage);
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },
  };
};

const templateOf = (stack: string, bucket: string): object => {
  const topic = { Ref: 'Topic' };
  const alarms = alarmsOf(stack, SOURCES).map(({ name }, index): [string, object] => [
    `Alarm${index}`,
    {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: name,
        Namespace: 'Test',
        MetricName: 'Nothing',
        Statistic: 'Maximum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'ignore',
        AlarmActions: [topic],
        OKActions: [topic],
      },
    },
  ]);
  const bySource = (value: string): string =>
    JSON.stringify(Object.fromEntries(NAMES.map((name) => [name, value])));
  const outputs = {
    [OUTPUTS.bucket]: bucket,
    [OUTPUTS.secrets]: bySource('arn:none'),
    [OUTPUTS.collectQueues]: bySource('https://none.example'),
    [OUTPUTS.pollerLogs]: bySource('/none'),
    [OUTPUTS.alarmsTopic]: topic,
  };
  return {
    Resources: {
      Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: `${stack}-alarms` } },
      Listener: { Type: 'AWS::SQS::Queue', Properties: { QueueName: `${stack}-listener` } },
      Listening: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: topic, Protocol: 'sqs', Endpoint: { 'Fn::GetAtt': ['Listener', 'Arn'] } },
      },
      ...Object.fromEntries(alarms),
    },
    Outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { Value: value }])),
  };
};
