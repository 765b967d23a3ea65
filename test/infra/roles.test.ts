import { beforeAll, describe, expect, it } from '@jest/globals';
import * as objectKeys from '../../shared/contract/object-keys.ts';
import { DaySchema } from '../../shared/model/day.ts';
import { MAX_SOURCES } from '../../shared/model/sources-file.ts';
import { ACME, type Statement, Synthesized } from './synthesized.ts';

const BUCKET = '<EventsBucket.Arn>';
const SECRET_ACTIONS = [
  'secretsmanager:GetSecretValue',
  'secretsmanager:PutSecretValue',
  'secretsmanager:UpdateSecretVersionStage',
];

/** Written out, so that a change of a key or of a role is seen here. */
const once = [
  'raw/operation/source=acme/',
  'raw/activity/source=acme/',
  'flat/operation/source=acme/',
  'flat/activity/source=acme/',
  'ocsf/operation/source=acme/',
  'ocsf/activity/source=acme/',
  'rejected/operation/source=acme/',
  'rejected/activity/source=acme/',
  'ledger/operation/source=acme/',
  'ledger/activity/source=acme/',
  '_state/sources/acme.json',
  'audit/source=acme/',
  '_state/seen/source=acme/',
];
const again = [
  '_state/slices/operation/source=acme/',
  '_state/slices/activity/source=acme/',
  '_state/runs/operation/source=acme/',
  '_state/runs/activity/source=acme/',
  '_state/streams/operation/source=acme/',
  '_state/streams/activity/source=acme/',
  '_state/polling/source=acme.json',
  '_state/budget/source=acme.json',
  '_state/configuration/source=acme.json',
  'watermark/source=acme.json',
];
const MONITOR_READS = [
  '_state/slices/',
  '_state/runs/',
  '_state/streams/',
  '_state/polling/',
  '_state/budget/',
  '_state/sources/',
  'watermark/',
];
const MONITOR_CREATES = ['audit/'];
const MONITOR_REPLACES = ['_state/health/', '_state/mutes/', 'health/'];
const COMPACTOR_READS = [
  'flat/operation/source=acme/',
  'flat/activity/source=acme/',
  'flat/operation/source=globex/',
  'flat/activity/source=globex/',
  'ledger/operation/source=acme/',
  'ledger/activity/source=acme/',
  'ledger/operation/source=globex/',
  'ledger/activity/source=globex/',
];
const CURATED = [
  'curated/operation/source=acme/',
  'curated/activity/source=acme/',
  'curated/operation/source=globex/',
  'curated/activity/source=globex/',
];
const patternOf = (key: string): string => (key.endsWith('/') ? `${key}*` : key);
const arnsOf = (keys: readonly string[]): string[] => keys.map((key) => `${BUCKET}/${patternOf(key)}`).sort();

let stack: Synthesized;
beforeAll(() => {
  stack = new Synthesized();
});

const allowedBy = (policy: string): Statement[] =>
  stack.statementsOf(policy).filter(({ Effect }) => Effect === 'Allow');
const listOf = (one: string | readonly string[]): string[] => [one].flat();

describe('the role of a poller', () => {
  it('allows exactly what a poll does', () => {
    expect(stack.statementsOf('SourceacmePollerRoleDefaultPolicy')).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '<SourceacmePollerLog.Arn>',
      },
      { Effect: 'Allow', Action: SECRET_ACTIONS, Resource: '<SourceacmeSecret>' },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: arnsOf(once) },
      {
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: arnsOf(once),
        Condition: { Null: { 's3:if-none-match': 'false' } },
      },
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: arnsOf(again) },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: BUCKET,
        Condition: { StringLikeIfExists: { 's3:prefix': [...once, ...again].map(patternOf) } },
      },
      {
        Effect: 'Allow',
        Action: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        Resource: '<SourceacmeCollectQueue.Arn>',
      },
    ]);
  });

  it.each(['raw', 'flat', 'ocsf', 'rejected', 'ledger'])(
    'does not allow overwriting delivered objects: %s',
    (root) => {
      const unconditional = stack
        .statementsOf('SourceacmePollerRoleDefaultPolicy')
        .filter(({ Action, Condition }) => listOf(Action).includes('s3:PutObject') && !Condition)
        .flatMap(({ Resource }) => listOf(Resource));

      expect(unconditional.filter((arn) => arn.startsWith(`${BUCKET}/${root}/`))).toEqual([]);
    },
  );
});

describe('the keys in the bucket', () => {
  const slice = { source: 'acme', stream: 'operation', day: DaySchema.parse('2026-11-20') } as const;
  /** Every maker of a key, called. One that is new must be added here, or below, and its key be allowed. */
  const ofPoller: Record<string, string | readonly string[]> = {
    objectKey: (['raw', 'flat', 'ocsf', 'rejected'] as const).map((kind) =>
      objectKeys.objectKey(kind, slice, 0),
    ),
    slicePrefix: (['raw', 'flat', 'ocsf', 'rejected'] as const).map((kind) =>
      objectKeys.slicePrefix(kind, slice),
    ),
    streamPrefix: (['raw', '_state/slices'] as const).map((kind) => objectKeys.streamPrefix(kind, slice)),
    sliceStateKey: objectKeys.sliceStateKey(slice),
    manifestKey: objectKeys.manifestKey(slice),
    sourceKey: objectKeys.sourceKey('acme'),
    lastRunKey: objectKeys.lastRunKey(slice),
    ledgerPrefix: objectKeys.ledgerPrefix(slice),
    ledgerKey: objectKeys.ledgerKey(slice, 0),
    watermarkKey: objectKeys.watermarkKey('acme'),
    statesKey: objectKeys.statesKey(slice),
    pollingKey: objectKeys.pollingKey('acme'),
    budgetKey: objectKeys.budgetKey('acme'),
    auditPrefix: objectKeys.auditPrefix('acme'),
    auditKey: objectKeys.auditKey('acme', '2026-11-20T09:30:00.123Z', 'connected', '0a1b2c3d4e5f'),
    seenPrefix: objectKeys.seenPrefix('acme'),
    seenKey: objectKeys.seenKey('acme', 'category-new', '0a1b2c3d4e5f'),
    configurationKey: objectKeys.configurationKey('acme'),
  };
  const ofWatch: Record<string, string> = {
    healthStateKey: objectKeys.healthStateKey('acme'),
    healthKey: objectKeys.healthKey('acme'),
    muteKey: objectKeys.muteKey('zoom-log-source-acme-collection'),
  };
  /** Keys that the command line alone writes. */
  const ofCommandLine = ['runRecordKey'];
  /** Keys of content, which is collected from the command line alone. */
  const ofContent = [
    'certificateKey',
    'certificatePrefix',
    'claimsKey',
    'fileKey',
    'filesPrefix',
    'frozenPeopleKey',
    'holdKey',
    'holdReleaseKey',
    'mirrorDecisionKey',
    'mirrorDecisionsPrefix',
    'mirrorStateKey',
    'witnessesKey',
  ];
  /** Keys that the compactor alone writes. */
  const ofCompactor = ['curatedKey', 'curatedStreamPrefix'];
  const isAmong = (key: string, allowed: readonly string[]): boolean =>
    allowed.some((one) => (one.endsWith('/') ? key.startsWith(one) : key === one));

  const makers = Object.keys(objectKeys).filter(
    (name) => /(?:Key|Prefix)$/.test(name) && !name.endsWith('OfKey'),
  );

  it.each(
    makers.filter(
      (name) => !(name in ofWatch) && ![...ofCommandLine, ...ofContent, ...ofCompactor].includes(name),
    ),
  )('may be accessed by the poller: those of %s', (name) => {
    const made = listOf(ofPoller[name] ?? []);

    expect(made).not.toEqual([]);
    expect(made.filter((key) => !isAmong(key, [...once, ...again]))).toEqual([]);
  });

  it.each(Object.entries(ofWatch))('may be accessed by the monitor only: those of %s', (_, key) => {
    expect(isAmong(key, [...MONITOR_CREATES, ...MONITOR_REPLACES])).toBe(true);
    expect(isAmong(key, [...once, ...again])).toBe(false);
  });
});

describe('the role of the callback', () => {
  it('allows exactly what connecting needs, for the sources that connect by OAuth', () => {
    const written = [`${BUCKET}/_state/sources/acme.json`, `${BUCKET}/audit/source=acme/*`];

    expect(stack.statementsOf('ConnectCallbackRoleDefaultPolicy')).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '<ConnectCallbackLog.Arn>',
      },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: written },
      {
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: written,
        Condition: { Null: { 's3:if-none-match': 'false' } },
      },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: BUCKET,
        Condition: {
          StringLikeIfExists: { 's3:prefix': ['_state/sources/acme.json', 'audit/source=acme/*'] },
        },
      },
      { Effect: 'Allow', Action: SECRET_ACTIONS, Resource: '<SourceacmeSecret>' },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '<SourceacmeCollectQueue.Arn>' },
    ]);
  });
});

describe('the role of the compactor', () => {
  it('allows reading flat lines and the ledger, and writing new files under curated/, and nothing else', () => {
    const compacting = new Synthesized({ compaction: true });

    expect(compacting.statementsOf('CompactionCompactorRoleDefaultPolicy')).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '<CompactionCompactorLog.Arn>',
      },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: arnsOf([...COMPACTOR_READS, ...CURATED]) },
      {
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: arnsOf(CURATED),
        Condition: { Null: { 's3:if-none-match': 'false' } },
      },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: BUCKET,
        Condition: { StringLikeIfExists: { 's3:prefix': [...COMPACTOR_READS, ...CURATED].map(patternOf) } },
      },
    ]);
  });

  it('exists only if compaction is enabled, and covers only sources with flat lines', () => {
    const ocsf = { name: 'initech', auth: 'oauth', formats: ['ocsf'] };
    const mixed = new Synthesized({ compaction: true, announce: ['raw'], sources: [ocsf, ACME] });

    expect(stack.named('AWS::Lambda::Function')).not.toContain('CompactionCompactorFunction');
    expect(JSON.parse(mixed.environmentOf('CompactionCompactorFunction')['SOURCES'] ?? '')).toEqual([
      { name: 'acme', auth: 'oauth' },
    ]);
  });
});

describe('the role of the monitor', () => {
  const alarmArn = (pattern: string): string =>
    `arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:zoom-log-source${pattern}`;
  const statements = (): Statement[] => stack.statementsOf('WatchRoleDefaultPolicy');

  it('allows exactly what the monitor does', () => {
    expect(statements()).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '<WatchLog.Arn>',
      },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: arnsOf([...MONITOR_READS, ...MONITOR_CREATES]) },
      {
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: `${BUCKET}/audit/*`,
        Condition: { Null: { 's3:if-none-match': 'false' } },
      },
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: arnsOf(MONITOR_REPLACES) },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: BUCKET,
        Condition: {
          StringLikeIfExists: {
            's3:prefix': [...MONITOR_READS, ...MONITOR_CREATES, ...MONITOR_REPLACES].map(patternOf),
          },
        },
      },
      {
        Effect: 'Allow',
        Action: 'logs:FilterLogEvents',
        Resource: ['<SourceacmePollerLog.Arn>', '<SourceglobexPollerLog.Arn>'],
      },
      { Effect: 'Allow', Action: 'sns:Publish', Resource: '<OnCallNotices>' },
      {
        Effect: 'Allow',
        Action: ['cloudwatch:EnableAlarmActions', 'cloudwatch:SetAlarmState'],
        Resource: [alarmArn('-acme-*'), alarmArn('-globex-*'), alarmArn('.*')],
      },
      {
        Effect: 'Allow',
        Action: 'cloudwatch:DescribeAlarms',
        Resource: 'arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:*',
      },
    ]);
  });

  it('allows no access to events and secrets', () => {
    const roots = [...MONITOR_READS, ...MONITOR_CREATES, ...MONITOR_REPLACES].map((key) => key.split('/')[0]);
    const actions = statements().flatMap(({ Action }) => listOf(Action));

    expect(new Set(roots)).toEqual(new Set(['_state', 'watermark', 'audit', 'health']));
    expect(actions.filter((action) => action.startsWith('secretsmanager:'))).toEqual([]);
  });

  it('allows setting the state of every alarm', () => {
    const patterns = statements()
      .filter(({ Action }) => listOf(Action).includes('cloudwatch:SetAlarmState'))
      .flatMap(({ Resource }) => listOf(Resource))
      .map((arn) => arn.split(':').at(-1)?.replace(/\*$/, '') ?? '');
    const alarms = stack.named('AWS::CloudWatch::Alarm').map((name) => String(stack.of(name)['AlarmName']));

    expect(alarms).toHaveLength(2 * 10 + 4);
    expect(alarms.filter((alarm) => !patterns.some((start) => alarm.startsWith(start)))).toEqual([]);
  });
});

describe('all roles', () => {
  it('can be assumed by Lambda functions only, and have no managed policy', () => {
    const roles = stack.named('AWS::IAM::Role').map((name) => stack.of(name));

    expect(roles).toHaveLength(4);
    for (const role of roles) {
      expect(role).toEqual({
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
          ],
        },
      });
    }
  });

  it('allow no wildcard action', () => {
    const actions = stack
      .named('AWS::IAM::Policy')
      .flatMap(allowedBy)
      .flatMap(({ Action }) => listOf(Action));

    expect(actions).not.toEqual([]);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('allow no wildcard resource, except after a prefix of one source, or for the monitor of all sources', () => {
    const wild = stack
      .named('AWS::IAM::Policy')
      .flatMap(allowedBy)
      .flatMap(({ Resource }) => listOf(Resource))
      .filter((resource) => resource.includes('*'));
    const ofWatch = stack.statementsOf('WatchRoleDefaultPolicy').flatMap(({ Resource }) => listOf(Resource));

    expect(wild).not.toEqual([]);
    expect(
      wild.filter(
        (arn) =>
          !ofWatch.includes(arn) &&
          !/^<EventsBucket\.Arn>\/[a-z_/]+(?:\/(?:operation|activity))?\/source=(?:acme|globex)\/\*$/.test(
            arn,
          ),
      ),
    ).toEqual([]);
  });

  it('allow no deletion in the bucket', () => {
    const actions = stack
      .named('AWS::IAM::Policy')
      .flatMap(allowedBy)
      .flatMap(({ Action }) => listOf(Action));

    expect(new Set(actions.filter((action) => action.startsWith('s3:')))).toEqual(
      new Set(['s3:GetObject', 's3:PutObject', 's3:ListBucket']),
    );
  });

  it('keep two sources apart: no role of one names a resource of the other', () => {
    const namesIn = (policy: string): string => JSON.stringify(stack.statementsOf(policy));

    expect(namesIn('SourceacmePollerRoleDefaultPolicy')).not.toContain('globex');
    expect(namesIn('SourceglobexPollerRoleDefaultPolicy')).not.toContain('acme');
    expect(namesIn('ConnectCallbackRoleDefaultPolicy')).not.toContain('globex');
  });

  it('have space for seven sources with the longest names: a role is limited to 10,240 characters', () => {
    const name = 'n'.repeat(39);
    const full = new Synthesized({
      stack: 's'.repeat(32),
      sources: Array.from({ length: MAX_SOURCES }, (_, i) => ({ name: `${name}${i}`, auth: 'oauth' })),
      bucket: { kmsKey: true },
    });
    const deployed = (policy: string): string =>
      JSON.stringify(full.statementsOf(policy))
        .replaceAll('<EventsBucket.Arn>', `arn:aws-us-gov:s3:::${'b'.repeat(63)}`)
        .replaceAll('<AWS::Partition>', 'aws-us-gov')
        .replaceAll('<AWS::Region>', 'ap-southeast-2')
        .replaceAll('<AWS::AccountId>', '111122223333')
        // CloudFormation makes a name of the stack's, the resource's and a few letters.
        .replaceAll(
          /<(\w+?)(?:\.Arn)?>/g,
          `arn:aws-us-gov:service:ap-southeast-2:111122223333:kind:${'s'.repeat(32)}-$1-0123456789ab`,
        );

    const sizes = full.named('AWS::IAM::Policy').map((policy) => deployed(policy).length);

    expect(full.named('AWS::IAM::ManagedPolicy')).toEqual([]);
    expect(sizes).toHaveLength(MAX_SOURCES + 2);
    expect(Math.max(...sizes)).toBeLessThan(10_240);
  });

  it('may use X-Ray if it is enabled, which has no resource-level permissions', () => {
    const traced = new Synthesized({ xray: true });

    expect(
      traced
        .statementsOf('SourceacmePollerRoleDefaultPolicy')
        .filter(({ Resource }) => listOf(Resource).includes('*')),
    ).toEqual([
      { Effect: 'Allow', Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], Resource: '*' },
    ]);
    expect(traced.of('SourceacmePollerFunction')['TracingConfig']).toEqual({ Mode: 'Active' });
    expect(stack.of('SourceacmePollerFunction')['TracingConfig']).toBeUndefined();
  });

  it.each([
    ['one that is made', true, '<EventsKey.Arn>'],
    [
      'one of the operator',
      'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    ],
  ])('may use the key of the bucket, through S3 only: %s', (_, kmsKey, arn) => {
    const encrypted = new Synthesized({ bucket: { kmsKey } });

    const policies = [
      'SourceacmePollerRoleDefaultPolicy',
      'ConnectCallbackRoleDefaultPolicy',
      'WatchRoleDefaultPolicy',
    ];
    const statements = policies.map((policy) =>
      encrypted
        .statementsOf(policy)
        .filter(({ Action }) => listOf(Action).some((action) => action.startsWith('kms:'))),
    );

    const expected = {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: arn,
      Condition: { StringEquals: { 'kms:ViaService': 's3.<AWS::Region>.<AWS::URLSuffix>' } },
    };
    expect(statements).toEqual([[expected], [expected], [expected]]);
  });
});
