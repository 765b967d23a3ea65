import { beforeAll, describe, expect, it } from '@jest/globals';
import * as objectKeys from '../../shared/collect/object-keys.ts';
import { DaySchema } from '../../shared/model/day.ts';
import { sourceKeys } from '../../infra/source-keys.ts';
import { type Statement, Synthesized } from './synthesized.ts';

const BUCKET = '<EventsBucket.Arn>';
const SECRET_ACTIONS = [
  'secretsmanager:GetSecretValue',
  'secretsmanager:PutSecretValue',
  'secretsmanager:UpdateSecretVersionStage',
];

const { once, again } = sourceKeys({ name: 'acme', streams: ['operation', 'activity'] });
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
      { Effect: 'Allow', Action: 's3:GetObject', Resource: arnsOf([...once, ...again]) },
      {
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: arnsOf(once),
        Condition: { Null: { 's3:if-none-match': 'false' } },
      },
      { Effect: 'Allow', Action: 's3:PutObject', Resource: arnsOf(again) },
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
    'cannot write over what was delivered: %s',
    (root) => {
      const unconditional = stack
        .statementsOf('SourceacmePollerRoleDefaultPolicy')
        .filter(({ Action, Condition }) => Action === 's3:PutObject' && !Condition)
        .flatMap(({ Resource }) => listOf(Resource));

      expect(unconditional.filter((arn) => arn.startsWith(`${BUCKET}/${root}/`))).toEqual([]);
    },
  );
});

describe('the keys that a poller may touch', () => {
  const slice = { source: 'acme', stream: 'operation', day: DaySchema.parse('2026-11-20') } as const;
  /** Every maker of a key, called. One that is new must be added here, and its key be allowed. */
  const keys: Record<string, string | readonly string[]> = {
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
  };
  const isAllowed = (key: string): boolean =>
    [...once, ...again].some((allowed) =>
      allowed.endsWith('/') ? key.startsWith(allowed) : key === allowed,
    );

  it.each(Object.keys(objectKeys).filter((name) => /(?:Key|Prefix)$/.test(name) && !/^.*OfKey$/.test(name)))(
    'include those of %s',
    (name) => {
      const made = keys[name];

      expect(made).toBeDefined();
      expect(listOf(made ?? []).filter((key) => !isAllowed(key))).toEqual([]);
    },
  );
});

describe('the role of the callback', () => {
  it('allows exactly what connecting does, for the sources that connect by OAuth', () => {
    expect(stack.statementsOf('ConnectCallbackRoleDefaultPolicy')).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '<ConnectCallbackLog.Arn>',
      },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: `${BUCKET}/_state/sources/acme.json` },
      {
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: `${BUCKET}/_state/sources/acme.json`,
        Condition: { Null: { 's3:if-none-match': 'false' } },
      },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: BUCKET,
        Condition: { StringLikeIfExists: { 's3:prefix': ['_state/sources/acme.json'] } },
      },
      { Effect: 'Allow', Action: SECRET_ACTIONS, Resource: '<SourceacmeSecret>' },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '<SourceacmeCollectQueue.Arn>' },
    ]);
  });
});

describe('all roles', () => {
  it('are taken by Lambda functions only, and have no managed policy', () => {
    const roles = stack.named('AWS::IAM::Role').map((name) => stack.of(name));

    expect(roles).toHaveLength(3);
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

  it('allow no wildcard resource, but the days and numbers after a prefix of one source and stream', () => {
    const wild = stack
      .named('AWS::IAM::Policy')
      .flatMap(allowedBy)
      .flatMap(({ Resource }) => listOf(Resource))
      .filter((resource) => resource.includes('*'));

    expect(wild).not.toEqual([]);
    expect(
      wild.filter(
        (arn) =>
          !/^<EventsBucket\.Arn>\/[a-z_/]+\/(?:operation|activity)\/source=(?:acme|globex)\/\*$/.test(arn),
      ),
    ).toEqual([]);
  });

  it('allow to delete nothing in the bucket', () => {
    const actions = stack
      .named('AWS::IAM::Policy')
      .flatMap(allowedBy)
      .flatMap(({ Action }) => listOf(Action));

    expect(new Set(actions.filter((action) => action.startsWith('s3:')))).toEqual(
      new Set(['s3:GetObject', 's3:PutObject', 's3:ListBucket']),
    );
  });

  it('keep two sources apart: none of one names anything of the other', () => {
    const namesIn = (policy: string): string => JSON.stringify(stack.statementsOf(policy));

    expect(namesIn('SourceacmePollerRoleDefaultPolicy')).not.toContain('globex');
    expect(namesIn('SourceglobexPollerRoleDefaultPolicy')).not.toContain('acme');
    expect(namesIn('ConnectCallbackRoleDefaultPolicy')).not.toContain('globex');
  });

  it('may use X-Ray if it is on, which knows no resources', () => {
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

    const statements = ['SourceacmePollerRoleDefaultPolicy', 'ConnectCallbackRoleDefaultPolicy'].map(
      (policy) =>
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
    expect(statements).toEqual([[expected], [expected]]);
  });
});
