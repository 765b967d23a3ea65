import { PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  type FilterLogEventsCommandInput,
  type FilterLogEventsCommandOutput,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { createCloudWatch, createLogs, createSns, createSqs } from '../../shared/aws/clients.ts';
import { CloudWatchAlarms } from '../../shared/aws/cloudwatch-alarms.ts';
import { CloudWatchPollerLogs } from '../../shared/aws/cloudwatch-logs.ts';
import { NoticesTopic } from '../../shared/aws/notices-topic.ts';
import type { Notice } from '../../shared/monitor/ports.ts';
import { failureMessage } from '../support/zoom.ts';
import { accessTo, aQueue } from './aws.ts';
import { describeWithEmulator } from './describe-with-emulator.ts';
import { aFaultyAws } from './faulty-aws.ts';
import type { Emulator } from './ministack.ts';

/** The name of a new alarm. */
const anAlarm = async (emulator: Emulator): Promise<string> => {
  const name = `alarm-${randomUUID()}`;
  await createCloudWatch(accessTo(emulator)).send(
    new PutMetricAlarmCommand({
      AlarmName: name,
      Namespace: 'Test',
      MetricName: 'Nothing',
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'ignore',
    }),
  );
  return name;
};

const alarmsAt = (emulator: Emulator): CloudWatchAlarms =>
  new CloudWatchAlarms(createCloudWatch(accessTo(emulator)));

describeWithEmulator('the alarms in CloudWatch', (emulator) => {
  it('are read as they were created: never set, with actions enabled', async () => {
    const name = await anAlarm(emulator());

    const found = await alarmsAt(emulator()).read([name, 'no-such-alarm']);

    expect([...found.keys()]).toEqual([name]);
    expect(found.get(name)).toMatchObject({ name, state: 'INSUFFICIENT_DATA', actionsEnabled: true });
  });

  it('are set, with the reason, and no other alarm with them', async () => {
    const [name, other] = [await anAlarm(emulator()), await anAlarm(emulator())];
    const alarms = alarmsAt(emulator());

    await alarms.set(name, 'ALARM', 'acme is not polled.\nDo: see why – and “when”.');

    const found = await alarms.read([name, other]);
    expect(found.get(name)).toMatchObject({
      state: 'ALARM',
      reason: 'acme is not polled.\nDo: see why – and “when”.',
      since: expect.any(Date) as unknown,
    });
    expect(found.get(other)?.state).toBe('INSUFFICIENT_DATA');
  });

  it('have their actions enabled or disabled, in any state', async () => {
    const name = await anAlarm(emulator());
    const alarms = alarmsAt(emulator());
    const actionsEnabled = async (): Promise<unknown> => (await alarms.read([name])).get(name);

    await alarms.setActionsEnabled(name, false);
    await alarms.set(name, 'OK', 'All is well.');
    const muted = await actionsEnabled();
    await alarms.setActionsEnabled(name, true);

    expect(muted).toMatchObject({ state: 'OK', actionsEnabled: false });
    expect(await actionsEnabled()).toMatchObject({ state: 'OK', actionsEnabled: true });
  });

  it('are read in any number', async () => {
    const names = [await anAlarm(emulator()), await anAlarm(emulator())];
    const missing = Array.from({ length: 230 }, (_, index) => `no-such-alarm-${index}`);

    const found = await alarmsAt(emulator()).read([names[0] ?? '', ...missing, names[1] ?? '']);

    expect([...found.keys()].sort()).toEqual(names.sort());
  });

  it('that may not be read are named, with the permission', async () => {
    const aws = await aFaultyAws(emulator());
    aws.fault = () => ({ status: 403, body: '{"__type":"AccessDenied"}' });

    const failure = await failureMessage(alarmsAt(aws).read(['alarm']));

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'aws-denied' });
    expect(failure.message).toContain('cloudwatch:DescribeAlarms');
  });
});

const OUR_LINE = JSON.stringify({
  level: 'ERROR',
  message: 'poll failed',
  source: 'acme',
  reason: 'aws-denied',
  problem: 'AWS denied s3:PutObject on s3://bucket.',
});
const TIMEOUT = '2026-11-20T11:00:00.000Z 7f0c Task timed out after 300.00 seconds\n\n';
const OTHERS = [
  JSON.stringify({ level: 'INFO', message: 'poll', delivered: 3 }),
  'START RequestId: 7f0c Version: $LATEST',
  'REPORT RequestId: 7f0c Duration: 812.00 ms',
];

/** Events of long ago are refused by CloudWatch, so these are of the minutes before this one. */
const minutesAgo = (minutes: number, of: Date): Date => new Date(of.getTime() - minutes * 60_000);

/**
 * A client whose filters are CloudWatch's: `?"one" ?"two"` finds a line with any of these phrases. The emulator asks for all
 * words of a pattern in one line, so it returns every line, and they are filtered here.
 */
const aSiftingClient = (emulator: Emulator): CloudWatchLogsClient => {
  const logs = createLogs(accessTo(emulator));
  logs.middlewareStack.add(
    (next) => async (args) => {
      const { filterPattern, ...input } = args.input as Partial<FilterLogEventsCommandInput>;
      const phrases = [...(filterPattern ?? '').matchAll(/\?"([^"]+)"/g)].map(([, phrase = '']) => phrase);
      const response = await next({ ...args, input: input });
      const output = response.output as FilterLogEventsCommandOutput;
      output.events = output.events?.filter(({ message = '' }) =>
        phrases.some((phrase) => message.includes(phrase)),
      );
      return response;
    },
    { step: 'initialize' },
  );
  return logs;
};

/** A log group of a poller with these lines, each so many minutes old. */
const aLog = async (emulator: Emulator, lines: readonly (readonly [number, string])[], of: Date) => {
  const logs = createLogs(accessTo(emulator));
  const logGroupName = `/aws/lambda/poller-${randomUUID()}`;
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'one' }));
  const logEvents = lines.map(([minutes, message]) => ({
    timestamp: minutesAgo(minutes, of).getTime(),
    message,
  }));
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: 'one', logEvents }));
  return new CloudWatchPollerLogs(aSiftingClient(emulator), { acme: logGroupName });
};

const OUR_WORDS = { reason: 'aws-denied', message: 'AWS denied s3:PutObject on s3://bucket.' };
const ITS_WORDS = { reason: 'failed', message: TIMEOUT.trim() };

describeWithEmulator('the last failure in the log of a poller', (emulator) => {
  const now = new Date();

  it.each<[string, [number, string][], object | undefined]>([
    ['ours, with the reason', [[5, OUR_LINE]], { at: minutesAgo(5, now), ...OUR_WORDS }],
    ['Lambda’s, as it says them', [[5, TIMEOUT]], { at: minutesAgo(5, now), ...ITS_WORDS }],
    [
      'the newest of them',
      [
        [9, OUR_LINE],
        [5, TIMEOUT],
        [4, OTHERS[2] ?? ''],
      ],
      { at: minutesAgo(5, now), ...ITS_WORDS },
    ],
    ['none, where nothing failed', OTHERS.map((line, index) => [8 - index, line]), undefined],
    [
      'none, if all failures were reported before',
      [
        [20, OUR_LINE],
        [10, TIMEOUT],
      ],
      undefined,
    ],
  ])('are %s', async (_, lines, expected) => {
    const logs = await aLog(emulator(), lines, now);

    expect(await logs.lastFailure('acme', minutesAgo(10, now))).toEqual(expected);
  });

  it('are none, if it never ran or does not exist', async () => {
    const logs = new CloudWatchPollerLogs(createLogs(accessTo(emulator())), { acme: '/aws/lambda/none' });

    expect(await logs.lastFailure('acme', minutesAgo(10, now))).toBeUndefined();
    expect(await logs.lastFailure('globex', minutesAgo(10, now))).toBeUndefined();
  });

  it('are the newest of all pages, of which ten are read', async () => {
    const aws = await aFaultyAws(emulator());
    aws.fault = () => {
      const page = aws.requests.length;
      const event = { timestamp: minutesAgo(page, now).getTime(), message: `${page} Task timed out` };
      return { status: 200, body: JSON.stringify({ events: [event], nextToken: 'more' }) };
    };
    const logs = new CloudWatchPollerLogs(createLogs(accessTo(aws)), { acme: '/aws/lambda/acme' });

    const words = await logs.lastFailure('acme', minutesAgo(60, now));

    expect(words).toEqual({ at: minutesAgo(1, now), reason: 'failed', message: '1 Task timed out' });
    expect(aws.requests).toHaveLength(10);
  });

  it('that may not be read are refused by name, with the permission', async () => {
    const aws = await aFaultyAws(emulator());
    aws.fault = () => ({ status: 400, body: '{"__type":"AccessDeniedException"}' });
    const logs = new CloudWatchPollerLogs(createLogs(accessTo(aws)), { acme: '/aws/lambda/acme' });

    const failure = await failureMessage(logs.lastFailure('acme', now));

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'aws-denied' });
    expect(failure.message).toContain('logs:FilterLogEvents on the log group /aws/lambda/acme');
  });
});

const NOTICE: Notice = {
  code: 'gap',
  source: 'acme',
  severity: 'error',
  title: `acme activity 2026-05-19: gap – “lost” ${'x'.repeat(100)}`,
  text: 'It is lost.',
  at: new Date('2026-11-20T11:00:00Z'),
};

/** A topic, and the messages that a subscribed queue received. */
const aTopic = async (emulator: Emulator) => {
  const [sns, sqs] = [createSns(accessTo(emulator)), createSqs(accessTo(emulator))];
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: `topic-${randomUUID()}` }));
  const QueueUrl = await aQueue(emulator);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Attributes?.['QueueArn'] }));
  const received = async (): Promise<Record<string, unknown>[]> => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    return Messages.map(({ Body = '' }) => JSON.parse(Body) as Record<string, unknown>);
  };
  return { topic: new NoticesTopic(sns, TopicArn, 'zls'), received };
};

describeWithEmulator('the topic for notices', (emulator) => {
  it('publishes a notice to its subscribers, as a chat card, with filter attributes', async () => {
    const { topic, received } = await aTopic(emulator());

    await topic.post(NOTICE);

    const [message, ...others] = await received();
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      MessageAttributes: {
        kind: { Type: 'String', Value: 'gap' },
        source: { Type: 'String', Value: 'acme' },
        severity: { Type: 'String', Value: 'error' },
      },
    });
    expect(JSON.parse(String(message?.['Message']))).toMatchObject({
      version: '1.0',
      source: 'custom',
      id: 'zls/acme/gap/2026-11-20T11:00:00.000Z',
      content: { textType: 'client-markdown', title: NOTICE.title, description: 'It is lost.' },
      metadata: {
        threadId: 'zls/acme/gap',
        eventType: 'error',
        additionalContext: { stack: 'zls', source: 'acme', code: 'gap' },
      },
    });
  });

  it('has a subject that SNS accepts: at most a hundred ASCII characters', async () => {
    const { topic, received } = await aTopic(emulator());

    await topic.post(NOTICE);

    const subject = String((await received())[0]?.['Subject']);
    expect(subject).toMatch(/^\[error\] acme activity 2026-05-19: gap \? \?lost\? x+$/);
    expect(subject.length).toBeLessThan(100);
  });

  it('that may not be posted to is named, with the permission', async () => {
    const aws = await aFaultyAws(emulator());
    aws.fault = () => ({
      status: 403,
      body: '<ErrorResponse><Error><Code>AuthorizationError</Code></Error></ErrorResponse>',
    });
    const topic = new NoticesTopic(
      createSns(accessTo(aws)),
      'arn:aws:sns:us-east-1:000000000000:notices',
      'zls',
    );

    const failure = await failureMessage(topic.post(NOTICE));

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'aws-denied' });
    expect(failure.message).toContain('sns:Publish');
  });
});
