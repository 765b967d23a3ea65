import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  alarmsOf as everyAlarmOf,
  MONITOR_MINUTES,
  sourceAlarmName,
  stackAlarmName,
} from '../../shared/contract/alarms.ts';
import { type MetricName, METRICS, METRICS_NAMESPACE } from '../../shared/contract/metrics.ts';
import { OUTPUTS } from '../../shared/contract/outputs.ts';
import { MAX_SOURCES } from '../../shared/model/sources-file.ts';
import { STREAM_NAMES } from '../../shared/model/stream.ts';
import { ACME, GLOBEX, Synthesized } from './synthesized.ts';

const STACK = 'zoom-log-source';

interface Alarm {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { Name: string; Value: string }[];
  readonly Statistic: string;
  readonly Period: number;
  readonly Threshold: number;
  readonly ComparisonOperator: string;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm: number;
  readonly TreatMissingData: string;
  readonly [other: string]: unknown;
}

const alarmsOf = (stack: Synthesized): Alarm[] =>
  stack.named('AWS::CloudWatch::Alarm').map((name) => stack.of(name) as unknown as Alarm);

let stack: Synthesized;
let alarms: Alarm[];
beforeAll(() => {
  stack = new Synthesized();
  alarms = alarmsOf(stack);
});

const alarmNamed = (name: string): Alarm => {
  const found = alarms.find(({ AlarmName }) => AlarmName === name);
  if (!found) throw new Error(`no ${name} among ${alarms.map(({ AlarmName }) => AlarmName).join(', ')}`);
  return found;
};

describe('the alarms', () => {
  it('are these, of a source and of the deployment', () => {
    const named = alarms.map(({ AlarmName }) => AlarmName).filter((name) => !name.includes('globex'));

    expect(named.toSorted()).toEqual([
      'zoom-log-source-acme-activity-drop-off',
      'zoom-log-source-acme-activity-rejected',
      'zoom-log-source-acme-activity-vanished',
      'zoom-log-source-acme-collection',
      'zoom-log-source-acme-completeness',
      'zoom-log-source-acme-dead-letters',
      'zoom-log-source-acme-deadline',
      'zoom-log-source-acme-operation-drop-off',
      'zoom-log-source-acme-operation-rejected',
      'zoom-log-source-acme-operation-vanished',
      'zoom-log-source.callback-errors',
      'zoom-log-source.callback-strangers',
      'zoom-log-source.reader-dead-letters',
      'zoom-log-source.watcher',
    ]);
  });

  it('are those that the command line knows, in any deployment', () => {
    const file = { compaction: true, readers: [{ name: 'siem' }, { name: 'lake' }] };
    const named = alarmsOf(new Synthesized(file)).map(({ AlarmName }) => AlarmName);

    expect(named.toSorted()).toEqual(
      everyAlarmOf(
        STACK,
        [ACME, GLOBEX].map((source) => ({ ...source, streams: STREAM_NAMES })),
        file,
      )
        .map(({ name }) => name)
        .toSorted(),
    );
    expect(named).toContain('zoom-log-source.reader-dead-letters.siem');
  });

  it('are created only for the streams of a source, and for a callback if there is one', () => {
    const one = alarmsOf(new Synthesized({ sources: [{ ...GLOBEX, streams: ['activity'] }] }));
    const names = one.map(({ AlarmName }) => AlarmName);

    expect(names.filter((name) => name.includes('operation'))).toEqual([]);
    expect(names).not.toContain(stackAlarmName(STACK, 'callback-errors'));
  });

  it('notify of their start and their end, but not of missing data', () => {
    expect(alarms).not.toEqual([]);
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({ AlarmActions: ['<OnCallAlarms>'], OKActions: ['<OnCallAlarms>'] });
      expect(alarm).not.toHaveProperty('InsufficientDataActions');
      expect(alarm).not.toHaveProperty('ActionsEnabled');
    }
  });

  it('are readable in an e-mail: with meaning, runbook heading, and the command for details', () => {
    const texts = alarms.map(({ AlarmDescription }) => AlarmDescription);

    for (const text of texts) {
      const [description = '', runbook = '', look = '', ...rest] = text.split('\n');
      expect(description).toMatch(/^[A-Z].{30,}\.$/);
      expect(runbook).toMatch(/^Runbook: docs\/runbook\.md#[a-z-]+$/);
      expect(look).toMatch(/^Details: (?:bin\/zoom-log-source|aws) /);
      expect(rest).toEqual([]);
      expect(text.length).toBeLessThanOrEqual(1024);
      expect(text).toMatch(/^[ -~\n]*$/);
    }
  });

  it('have complete texts for a source and a stack with the longest names', () => {
    const long = new Synthesized({
      stack: 's'.repeat(32),
      sources: [{ ...ACME, name: 'n'.repeat(40) }],
    });

    for (const { AlarmName, AlarmDescription } of alarmsOf(long)) {
      expect(AlarmName.length).toBeLessThanOrEqual(255);
      // A queue's URL or a log group's name replaces the reference.
      expect(AlarmDescription.replace(/<\w+>/, 'u'.repeat(200)).length).toBeLessThanOrEqual(1024);
    }
  });

  it.each([
    ['collection', 'Collection', undefined],
    ['completeness', 'Completeness', undefined],
    ['deadline', 'Deadline', undefined],
    ['drop-off', 'DropOff', 'operation'],
    ['drop-off', 'DropOff', 'activity'],
  ] as const)(
    'of the monitor follow its newest gauge, and keep their state between two runs: %s %s %s',
    (kind, gauge, stream) => {
      const alarm = alarmNamed(sourceAlarmName(STACK, 'acme', kind, stream));

      expect(alarm).toMatchObject({
        Namespace: METRICS_NAMESPACE,
        MetricName: gauge,
        Dimensions: dimensions({ Source: 'acme', Stack: STACK, ...(stream && { Stream: stream }) }),
        Statistic: 'Maximum',
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 1,
        Period: 60,
        EvaluationPeriods: 1,
        DatapointsToAlarm: 1,
        TreatMissingData: 'ignore',
      });
      expect(alarm.Period * 2).toBeLessThan(MONITOR_MINUTES * 60);
    },
  );

  it('about rows that Zoom no longer lists end two hours after the last of them, longer than two polls are apart', () => {
    const alarm = alarmNamed(sourceAlarmName(STACK, 'acme', 'vanished', 'operation'));

    expect(alarm).toMatchObject({
      Namespace: METRICS_NAMESPACE,
      MetricName: 'RowsVanished',
      Dimensions: dimensions({ Source: 'acme', Stack: STACK, Stream: 'operation' }),
      Statistic: 'Sum',
      Threshold: 1,
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
    });
    expect(alarm.Period * alarm.EvaluationPeriods).toBe(2 * 60 * 60);
  });

  it('about rejected rows are raised by more than one in a hundred rows read, and not by a single one of many', () => {
    const alarm = alarmNamed(sourceAlarmName(STACK, 'acme', 'rejected', 'operation'));

    expect(alarm).toMatchObject({
      Namespace: METRICS_NAMESPACE,
      MetricName: 'ManyRowsRejected',
      Dimensions: dimensions({ Source: 'acme', Stack: STACK, Stream: 'operation' }),
      Statistic: 'Sum',
      Period: 300,
      Threshold: 1,
      DatapointsToAlarm: 1,
      EvaluationPeriods: 24,
      TreatMissingData: 'notBreaching',
    });
  });

  it.each([
    [
      'of a source',
      sourceAlarmName(STACK, 'acme', 'dead-letters'),
      '<SourceacmeCollectDeadLetters.QueueName>',
    ],
    ['of the reader', stackAlarmName(STACK, 'reader-dead-letters'), '<ReaderDeadLetters.QueueName>'],
  ])('are raised for messages in a dead-letter queue: %s', (_, name, queue) => {
    expect(alarmNamed(name)).toMatchObject({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: queue }],
      Statistic: 'Maximum',
      Period: 300,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
    });
  });

  it('include one for an administrator who met an error', () => {
    expect(alarmNamed(stackAlarmName(STACK, 'callback-errors'))).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: '<ConnectCallbackFunction>' }],
      Statistic: 'Sum',
      TreatMissingData: 'notBreaching',
    });
  });

  it('include one for repeated invalid callbacks from strangers, but not for a single scanner', () => {
    expect(alarmNamed(stackAlarmName(STACK, 'callback-strangers'))).toMatchObject({
      Namespace: METRICS_NAMESPACE,
      MetricName: 'CallbackStrangers',
      Dimensions: dimensions({ Stack: STACK }),
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 100,
      TreatMissingData: 'notBreaching',
    });
  });

  it('include one for a monitor that does not run: three consecutive runs that did not finish, or never started', () => {
    expect(alarmNamed(stackAlarmName(STACK, 'watcher'))).toMatchObject({
      Namespace: METRICS_NAMESPACE,
      MetricName: 'Watched',
      Dimensions: dimensions({ Stack: STACK }),
      Statistic: 'Sum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: MONITOR_MINUTES * 60,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 3,
      TreatMissingData: 'breaching',
    });
  });

  it('use only emitted metrics, with their dimensions', () => {
    const ours = alarms.filter(({ Namespace }) => Namespace === METRICS_NAMESPACE);

    expect(ours.length).toBeGreaterThan(10);
    for (const { MetricName, Dimensions } of ours) {
      const metric = METRICS[MetricName as MetricName];
      const names = { stack: ['Stack'], source: ['Source', 'Stack'], stream: ['Source', 'Stack', 'Stream'] };
      expect(Dimensions.map(({ Name }) => Name)).toEqual(names[metric.of]);
    }
  });
});

/** As CloudFormation has them, in alphabetical order. */
const dimensions = (of: Record<string, string>): object[] =>
  Object.entries(of)
    .map(([Name, Value]) => ({ Name, Value }))
    .sort((a, b) => a.Name.localeCompare(b.Name));

describe('the topics', () => {
  it('accept alarms only from this stack, over TLS, and notices only from permitted roles', () => {
    const alarmsLike = (pattern: string): string =>
      `arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:${pattern}`;
    const overTls = (topic: string): object => ({
      Sid: 'AllowPublishThroughSSLOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: 'sns:Publish',
      Resource: topic,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });

    expect(stack.statementsOf('OnCallAlarmsPolicy')).toEqual([
      overTls('<OnCallAlarms>'),
      {
        Sid: 'PublishedByTheAlarms',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: '<OnCallAlarms>',
        Condition: {
          ArnLike: { 'aws:SourceArn': [alarmsLike('zoom-log-source-*'), alarmsLike('zoom-log-source.*')] },
          StringEquals: { 'aws:SourceAccount': '<AWS::AccountId>' },
        },
      },
    ]);
    expect(stack.statementsOf('OnCallNoticesPolicy')).toEqual([overTls('<OnCallNotices>')]);
  });

  it('are two, named in the outputs', () => {
    expect(stack.outputs[OUTPUTS.alarmsTopic]).toEqual({ Value: '<OnCallAlarms>' });
    expect(stack.outputs[OUTPUTS.noticesTopic]).toEqual({ Value: '<OnCallNotices>' });
  });
});

interface Subscription {
  readonly Endpoint: string;
  readonly FilterPolicy: {
    readonly AlarmName?: readonly string[];
    readonly $or?: readonly Record<string, readonly string[]>[];
    readonly source?: readonly string[];
  };
  readonly [other: string]: unknown;
}

const emailsOf = (synthesized: Synthesized, topic: string): Subscription[] =>
  synthesized
    .named('AWS::SNS::Subscription')
    .map((name) => synthesized.of(name) as unknown as Subscription)
    .filter(({ Protocol, TopicArn }) => Protocol === 'email' && TopicArn === topic);

describe('an address in "notify"', () => {
  const ACME_GOV = {
    name: 'acme-gov',
    auth: 'server-to-server',
    notify: ['gov@acme.example', 'all@acme.example'],
  };
  let two: Synthesized;
  beforeAll(() => {
    two = new Synthesized({
      sources: [{ ...ACME, notify: ['oncall@acme.example', 'all@acme.example'] }, ACME_GOV],
    });
  });

  const filterOf = (address: string): Subscription['FilterPolicy'] =>
    emailsOf(two, '<OnCallAlarms>').find(({ Endpoint }) => Endpoint === address)?.FilterPolicy ?? {};

  it('is subscribed once to each topic, for any number of sources', () => {
    for (const topic of ['<OnCallAlarms>', '<OnCallNotices>']) {
      expect(
        emailsOf(two, topic)
          .map(({ Endpoint }) => Endpoint)
          .toSorted(),
      ).toEqual(['all@acme.example', 'gov@acme.example', 'oncall@acme.example']);
    }
    expect(emailsOf(new Synthesized({ sources: [GLOBEX] }), '<OnCallAlarms>')).toEqual([]);
  });

  it('receives alarms of its own sources and of the deployment, but not of a source whose name has the same beginning', () => {
    const { AlarmName: oncall = [] } = filterOf('oncall@acme.example');
    const { AlarmName: gov = [] } = filterOf('gov@acme.example');

    expect(oncall).toContain('zoom-log-source-acme-collection');
    expect(oncall.filter((name) => name.includes('acme-gov'))).toEqual([]);
    expect(gov).toContain('zoom-log-source-acme-gov-collection');
    expect(gov).not.toContain('zoom-log-source-acme-collection');
    for (const names of [oncall, gov]) {
      expect(names.filter((name) => name.startsWith('zoom-log-source.'))).toHaveLength(4);
      expect(names).toHaveLength(14);
    }
  });

  it('receives all alarms if it is subscribed to all sources', () => {
    expect(filterOf('all@acme.example')).not.toHaveProperty('AlarmName');
  });

  it('receives the start and the end of an alarm, but not its creation', () => {
    for (const { FilterPolicy, FilterPolicyScope } of emailsOf(two, '<OnCallAlarms>')) {
      expect(FilterPolicyScope).toBe('MessageBody');
      expect(FilterPolicy.$or).toEqual([{ NewStateValue: ['ALARM'] }, { OldStateValue: ['ALARM'] }]);
    }
  });

  it('gets the notices of its own sources', () => {
    const recorded = emailsOf(two, '<OnCallNotices>').map(({ Endpoint, FilterPolicy }) => [
      Endpoint,
      FilterPolicy,
    ]);

    expect(Object.fromEntries(recorded)).toEqual({
      'oncall@acme.example': { source: ['acme'] },
      'all@acme.example': { source: ['acme', 'acme-gov'] },
      'gov@acme.example': { source: ['acme-gov'] },
    });
  });

  it('can be subscribed to all sources but one: SNS accepts 150 combinations of a filter', () => {
    const sources = Array.from({ length: MAX_SOURCES }, (_, i) => ({
      name: `source-${i}`,
      auth: 'oauth',
      notify: i === 0 ? [] : ['oncall@acme.example'],
    }));
    const [email] = emailsOf(new Synthesized({ sources }), '<OnCallAlarms>');
    const { AlarmName = [], $or = [] } = email?.FilterPolicy ?? {};

    expect(AlarmName.length).toBeGreaterThan(50);
    expect(AlarmName.length * $or.length).toBeLessThanOrEqual(150);
  });
});
