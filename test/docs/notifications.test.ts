import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AUDIT_CODES } from '../../shared/audit/audit-codes.ts';
import { createCloudWatch, createSns, createSqs } from '../../shared/aws/clients.ts';
import { CloudWatchAlarms } from '../../shared/aws/cloudwatch-alarms.ts';
import { NoticesTopic } from '../../shared/aws/notices-topic.ts';
import { RUNBOOK } from '../../shared/contract/alarms.ts';
import { DEFAULT_STACK } from '../../shared/contract/outputs.ts';
import { clearedText, raisedText } from '../../shared/health/alarm-text.ts';
import { CAUSES } from '../../shared/health/causes.ts';
import { problemToFinding } from '../../shared/health/source-problem.ts';
import { accessTo } from '../emulator/aws.ts';
import { describeWithEmulator } from '../emulator/describe-with-emulator.ts';
import { Synthesized } from '../infra/synthesized.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { alarmToMail } from './alarm-mail.ts';
import { awsCli } from './aws-cli.ts';
import { type Consumer, startConsumer } from './consumer.ts';
import { AmazonQSchema, EnvelopeSchema, OpsgenieSchema, PagerDutySchema } from './consumers.ts';
import { OperatorShell } from './operator-shell.ts';
import { shellBlocksOf } from './shell-blocks.ts';

const notifications = readFileSync(join(import.meta.dirname, '../../docs/notifications.md'), 'utf8');
const blocks = shellBlocksOf(notifications);

const NOW = new Date('2026-11-24T03:05:09Z');
const SINCE = new Date('2026-11-24T02:10:00Z');

/** The notification of a cause, as on-call receives it. */
const reasonFor = (cause: string): string => {
  const message = `Zoom refuses the operation log of 2026-11-24 (source acme): the app lacks the scope report:read:operation_logs:admin (classic apps: report:read:admin). Add it under Scopes of the app in Zoom's App Marketplace, then activate or authorize the app again. [HTTP 400, code 4711, tracking id v=2.0;clid=aw1;rid=WEB_0c1]`;
  const finding = problemToFinding('acme', { reason: cause, since: SINCE, message }, undefined, NOW);
  return raisedText('acme', finding, SINCE, NOW);
};

describe('an alarm as an e-mail', () => {
  /** What is no plain text: JSON, HTML, Markdown, control characters. */
  const MARKUP = /[{}`\t]|<\/?\w|\*\*|\]\(|\\n|&\w+;/;
  /** An error is quoted as it was met. */
  const MOST_OF_A_LINE = { ours: 250, error: 420 };

  /** An error's text is untrusted: it is in one code span, so that chat does not interpret it. */
  const withoutCode = (text: string): string => text.replaceAll(/^Error: `([^`]+)`$/gm, 'Error: $1');

  const expectPlainText = (lines: readonly string[]): void => {
    for (const line of lines) {
      expect(withoutCode(line)).not.toMatch(MARKUP);
      expect(line.length).toBeLessThan(
        line.startsWith('Error: ') ? MOST_OF_A_LINE.error : MOST_OF_A_LINE.ours,
      );
    }
  };

  it.each(Object.keys(CAUSES))('describes the problem in plain text: %s', (cause) => {
    const reason = reasonFor(cause);

    expectPlainText(reason.split('\n'));
    expect(reason).toMatch(/^acme .*\.$/m);
    expect(reason).toMatch(/^Since 2026-11-24 02:10 UTC \(55 minutes\)\. Newest event: /m);
    expect(reason).toMatch(/^Do: /m);
    expect(reason).toMatch(/^Runbook: docs\/runbook\.md#\w+\. Details: bin\/zoom-log-source status/m);
  });

  it('describes every alarm of a deployment in plain text', () => {
    const alarms = Object.values(new Synthesized({ compaction: true }).resources)
      .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
      .map(({ Properties }) => ({
        name: String(Properties['AlarmName']),
        // A queue's address is known when it is deployed.
        description: String(Properties['AlarmDescription']).replaceAll(
          /<[\w.]+>/g,
          'https://sqs.example/1/queue',
        ),
      }));

    expect(alarms.length).toBeGreaterThan(20);
    for (const { name, description } of alarms) {
      expectPlainText(description.split('\n'));
      const mail = alarmToMail({ name, description, reason: reasonFor('scope-missing') });
      expect(withoutCode(mail)).not.toMatch(MARKUP);
    }
  });
});

describe('the page about notifications', () => {
  it('has each notice that is posted, with its severity, and no other', () => {
    const rows = [...notifications.matchAll(/^\| `([a-z-]+)`\s+\| (info|warning|error) /gm)];

    const posted = Object.entries(AUDIT_CODES).flatMap(([code, { notice, severity }]) =>
      notice ? [`${code} ${severity}`] : [],
    );
    expect(rows.map(([, code, severity]) => `${String(code)} ${String(severity)}`).sort()).toEqual(
      posted.sort(),
    );
  });

  it('has two commands that no test runs, with reasons', () => {
    const notRun = blocks.filter(({ notRun: why }) => why !== undefined);

    expect(notRun.map(({ code, notRun: why }) => [code.split(' ')[1], why])).toEqual([
      ['chatbot', 'the emulator of the tests has no chat'],
      ['chatbot', 'the emulator of the tests has no chat'],
    ]);
  });
});

/** The part of a deployment that a subscriber uses. */
const TEMPLATE = {
  Resources: {
    Alarms: { Type: 'AWS::SNS::Topic' },
    Notices: { Type: 'AWS::SNS::Topic' },
    Collection: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: `${DEFAULT_STACK}-acme-collection`,
        AlarmDescription: `Zoom's audit logs of acme are not being collected.\nRunbook: ${RUNBOOK}#collection`,
        Namespace: 'ZoomAuditLog',
        MetricName: 'Collection',
        Dimensions: [{ Name: 'Source', Value: 'acme' }],
        Statistic: 'Maximum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'ignore',
        AlarmActions: [{ Ref: 'Alarms' }],
        OKActions: [{ Ref: 'Alarms' }],
      },
    },
  },
  Outputs: { AlarmsTopic: { Value: { Ref: 'Alarms' } }, NoticesTopic: { Value: { Ref: 'Notices' } } },
};

describeWithEmulator('notifications, subscribed to as the page says', (emulator) => {
  const ALARM = `${DEFAULT_STACK}-acme-collection`;
  let consumer: Consumer;
  let shell: OperatorShell;
  let noticesTopic: string;

  beforeAll(async () => {
    const cloudFormation = new CloudFormationClient(accessTo(emulator()));
    await cloudFormation.send(
      new CreateStackCommand({ StackName: DEFAULT_STACK, TemplateBody: JSON.stringify(TEMPLATE) }),
    );
    noticesTopic = await soon(async () => {
      const { Stacks: [stack] = [] } = await cloudFormation.send(
        new DescribeStacksCommand({ StackName: DEFAULT_STACK }),
      );
      return stack?.Outputs?.find(({ OutputKey }) => OutputKey === 'NoticesTopic')?.OutputValue;
    });
    consumer = await startConsumer();
    shell = new OperatorShell(temporaryFolder(), {
      ...emulator().environment,
      AWS_DEFAULT_REGION: emulator().region,
      PATH: [await awsCli(), process.env['PATH']].join(delimiter),
      PAGERDUTY_URL: `${consumer.url}pagerduty`,
      OPSGENIE_URL: `${consumer.url}opsgenie`,
    });
  }, 180_000);
  afterAll(async () => {
    shell.close();
    await consumer.close();
  });

  it('does every command of the page', async () => {
    for (const { code, line, notRun } of blocks) {
      if (notRun !== undefined) continue;
      const { output, codes } = await shell.paste(code);
      expect({ line, output, codes }).toEqual({ line, output, codes: [] });
    }

    await soon(() => Promise.resolve(consumer.confirmed() === 2 || undefined));
  }, 120_000);

  it('sends the start and the end of an incident to each in its format, and nothing else', async () => {
    const alarms = new CloudWatchAlarms(createCloudWatch(accessTo(emulator())));

    await alarms.set(ALARM, 'OK', 'It was just made, which is no news.');
    await alarms.set(ALARM, 'ALARM', reasonFor('scope-missing'));
    await alarms.set(ALARM, 'OK', clearedText('acme', 'operation is flowing', SINCE, NOW));

    await soon(() => Promise.resolve(consumer.notifications.length >= 4 || undefined));
    const byState = (state: string) =>
      consumer.notifications.filter(
        (message) => PagerDutySchema.parse(message).Message.NewStateValue === state,
      );
    expect(consumer.notifications).toHaveLength(4);
    expect([byState('ALARM').length, byState('OK').length]).toEqual([2, 2]);
    const keys = consumer.notifications.map((message) => OpsgenieSchema.parse(message).Message.AlarmName);
    expect(new Set(keys)).toEqual(new Set([ALARM]));
    expect(PagerDutySchema.parse(byState('ALARM')[0]).Message.NewStateReason).toBe(
      reasonFor('scope-missing'),
    );
  }, 60_000);

  it('sends important notices to the queue, in the format of Amazon Q', async () => {
    const board = new NoticesTopic(createSns(accessTo(emulator())), noticesTopic, DEFAULT_STACK);
    const notice = { source: 'acme', at: NOW, text: 'Ines Halloran (operator) disconnected it.' };

    await board.post({ ...notice, code: 'connected', severity: 'info', title: 'acme: connected' });
    await board.post({ ...notice, code: 'disconnected', severity: 'warning', title: 'acme: disconnected' });

    const { output } = await shell.paste('echo "$QUEUE_URL"');
    const envelopes = (await drain(output.trim())).map((body) => EnvelopeSchema.parse(JSON.parse(body)));
    const subjects = envelopes.map(({ Subject }) => Subject);
    expect(subjects.filter((subject) => /^(?:ALARM|OK): /.test(subject))).toHaveLength(2);
    const notices = envelopes.filter(({ Subject }) => Subject.startsWith('['));
    expect(notices.map(({ Subject }) => Subject)).toEqual(['[warning] acme: disconnected']);
    expect(AmazonQSchema.parse(JSON.parse(notices[0]?.Message ?? ''))).toMatchObject({
      content: { title: 'acme: disconnected', description: notice.text },
      metadata: { threadId: `${DEFAULT_STACK}/acme/disconnected` },
    });
  }, 60_000);

  /** Everything that waits in a queue, taken from it. */
  const drain = async (QueueUrl: string): Promise<string[]> => {
    const sqs = createSqs(accessTo(emulator()));
    const bodies: string[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
      );
      if (Messages.length === 0) return bodies;
      for (const { Body = '', ReceiptHandle } of Messages) {
        bodies.push(Body);
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    }
  };
});

/** Waits until something is there. */
const soon = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await sleep(100);
  }
  throw new Error('It did not come within 30 seconds.');
};
