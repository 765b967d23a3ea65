import { beforeAll, describe, expect, it } from '@jest/globals';
import { OUTPUTS } from '../../shared/contract/outputs.ts';
import { readerLines } from '../../infra/reader-lines.ts';
import { type Statement, Synthesized } from './synthesized.ts';

const VENDOR = '444455556666';
const WORKSPACE = '1234abcd-12ab-34cd-56ef-1234567890ab';
const THEIR_QUEUE = `arn:aws:sqs:eu-central-1:${VENDOR}:their-queue`;

const READERS = [
  { name: 'splunk' },
  { name: 'elastic', format: 'ocsf', account: VENDOR },
  { name: 'sign-ins', streams: ['activity'], account: VENDOR, externalId: 'given-by-the-vendor' },
  {
    name: 'panther',
    account: VENDOR,
    externalId: false,
    roleName: 'PantherLogProcessingRole-zoom',
    queueArn: THEIR_QUEUE,
  },
  { name: 'sentinel', streams: ['operation'], sentinelWorkspaceId: WORKSPACE },
];

let stack: Synthesized;
let without: Synthesized;
beforeAll(() => {
  stack = new Synthesized({ announce: ['flat', 'ocsf'], readers: READERS });
  without = new Synthesized({ announce: ['flat', 'ocsf'] });
});

const roleOf = (reader: string): { AssumeRolePolicyDocument: { Statement: object[] }; RoleName?: string } =>
  stack.of(`Reader${reader}AccessRole`) as never;
const mayOf = (reader: string): Statement[] => stack.statementsOf(`Reader${reader}AccessRoleDefaultPolicy`);
const subscriptionTo = (endpoint: string): Record<string, unknown> => {
  const found = stack
    .named('AWS::SNS::Subscription')
    .map((name) => stack.of(name))
    .filter(({ Endpoint }) => Endpoint === endpoint);
  expect(found).toHaveLength(1);
  return found[0] ?? {};
};
const onlyUnder = (...prefixes: string[]): object => ({
  FilterPolicyScope: 'MessageBody',
  FilterPolicy: { Records: { s3: { object: { key: prefixes.map((prefix) => ({ prefix })) } } } },
});

describe('readers', () => {
  it('change no other resource: not the first queue, nor who may publish', () => {
    // The subscriptions and the dashboard name the alarms of the readers as well.
    const PUBLISH_ALARMS = ['AWS::CloudWatch::Dashboard', 'AWS::SNS::Subscription'];
    const others = Object.entries(without.resources).filter(
      ([, resource]) => !PUBLISH_ALARMS.includes((resource as { Type: string }).Type),
    );
    const kept = others.map(([name]) => [name, stack.resources[name]]);

    expect(others.length).toBeGreaterThan(20);
    expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(others));
  });

  it('are listed by name in the outputs, without parts that a reader does not have', () => {
    const recorded = (output: string): Record<string, string> =>
      JSON.parse(stack.outputs[output]?.Value ?? '') as Record<string, string>;

    expect(Object.keys(recorded(OUTPUTS.readerQueues))).toEqual([
      'splunk',
      'elastic',
      'sign-ins',
      'sentinel',
    ]);
    expect(recorded(OUTPUTS.readerQueueArns)).toMatchObject({
      splunk: '<ReadersplunkObjectsQueue.Arn>',
      panther: THEIR_QUEUE,
    });
    expect(Object.keys(recorded(OUTPUTS.readerRoles))).toEqual([
      'elastic',
      'sign-ins',
      'panther',
      'sentinel',
    ]);
    expect(recorded(OUTPUTS.readerExternalIds)).toEqual({
      elastic: 'elastic-<one of <AWS::StackId>>',
      'sign-ins': 'given-by-the-vendor',
    });
  });
});

describe('the queue of a reader', () => {
  it.each([
    ['flat, of both streams', 'splunk', ['flat/operation/', 'flat/activity/']],
    ['another format', 'elastic', ['ocsf/operation/', 'ocsf/activity/']],
    ['one stream', 'signins', ['flat/activity/']],
  ])('has what it reads announced and nothing else: %s', (_, reader, prefixes) => {
    expect(subscriptionTo(`<Reader${reader}ObjectsQueue.Arn>`)).toEqual({
      Protocol: 'sqs',
      TopicArn: '<EventsObjectsTopic>',
      Endpoint: `<Reader${reader}ObjectsQueue.Arn>`,
      RedrivePolicy: { deadLetterTargetArn: `<Reader${reader}ObjectsDeadLetters.Arn>` },
      ...onlyUnder(...prefixes),
    });
  });

  it('is like every queue: encrypted, kept for fourteen days, with a dead-letter queue', () => {
    expect(stack.of('ReadersplunkObjectsQueue')).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 1_209_600,
      VisibilityTimeout: 300,
      RedrivePolicy: { deadLetterTargetArn: '<ReadersplunkObjectsDeadLetters.Arn>', maxReceiveCount: 5 },
    });
  });

  it('may be its own: objects are announced to it, and no queue is created', () => {
    expect(subscriptionTo(THEIR_QUEUE)).toEqual({
      Protocol: 'sqs',
      TopicArn: '<EventsObjectsTopic>',
      Endpoint: THEIR_QUEUE,
      ...onlyUnder('flat/operation/', 'flat/activity/'),
    });
    expect(stack.named('AWS::SQS::Queue').filter((name) => name.startsWith('Readerpanther'))).toEqual([]);
  });
});

describe('the role of a reader', () => {
  it('exists only for external readers', () => {
    const roles = stack.named('AWS::IAM::Role').filter((name) => name.startsWith('Reader'));

    expect(roles).toEqual(
      ['elastic', 'signins', 'panther', 'sentinel'].map((reader) => `Reader${reader}AccessRole`),
    );
  });

  it.each([
    [
      'made by the deployment',
      'elastic',
      { StringEquals: { 'sts:ExternalId': 'elastic-<one of <AWS::StackId>>' } },
    ],
    ['given by the vendor', 'signins', { StringEquals: { 'sts:ExternalId': 'given-by-the-vendor' } }],
    ['which a vendor cannot say', 'panther', {}],
  ])('can be assumed by its account only, over TLS, with the external id: %s', (_, reader, condition) => {
    expect(roleOf(reader).AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: `arn:<AWS::Partition>:iam::${VENDOR}:root` },
        Condition: { Bool: { 'aws:SecureTransport': 'true' }, ...condition },
      },
    ]);
  });

  it('can be assumed by one workspace of Sentinel, if it is for that, and has the name that Sentinel expects', () => {
    const issuer = 'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/';

    expect(roleOf('sentinel')).toMatchObject({
      RoleName: 'OIDC_zoom-log-source-sentinel',
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRoleWithWebIdentity',
            Principal: { Federated: `arn:<AWS::Partition>:iam::<AWS::AccountId>:oidc-provider/${issuer}` },
            Condition: {
              StringEquals: {
                [`${issuer}:aud`]: 'api://1462b192-27f7-4cb9-8523-0f4ecb54b47e',
                'sts:RoleSessionName': `MicrosoftSentinel_${WORKSPACE}`,
              },
            },
          },
        ],
      },
    });
  });

  it('has the configured name, and otherwise a generated one', () => {
    expect(roleOf('panther').RoleName).toBe('PantherLogProcessingRole-zoom');
    expect(roleOf('elastic')).not.toHaveProperty('RoleName');
  });

  it('allows reading announced objects and its queue, and nothing else', () => {
    expect(mayOf('elastic')).toEqual([
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: ['<EventsBucket.Arn>/ocsf/activity/*', '<EventsBucket.Arn>/ocsf/operation/*'],
      },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: '<EventsBucket.Arn>',
        Condition: { StringLike: { 's3:prefix': ['ocsf/operation/*', 'ocsf/activity/*'] } },
      },
      { Effect: 'Allow', Action: 's3:GetBucketLocation', Resource: '<EventsBucket.Arn>' },
      {
        Effect: 'Allow',
        Action: [
          'sqs:ChangeMessageVisibility',
          'sqs:DeleteMessage',
          'sqs:GetQueueAttributes',
          'sqs:GetQueueUrl',
          'sqs:ReceiveMessage',
        ],
        Resource: '<ReaderelasticObjectsQueue.Arn>',
      },
    ]);
  });

  it('grants nothing on a queue of the reader', () => {
    expect(JSON.stringify(mayOf('panther'))).not.toContain('sqs:');
  });

  it('allows decryption of objects that S3 encrypted with a key, and nothing else with it', () => {
    const encrypted = new Synthesized({
      bucket: { kmsKey: true },
      readers: [{ name: 'elastic', account: VENDOR }],
    });

    expect(encrypted.statementsOf('ReaderelasticAccessRoleDefaultPolicy')).toContainEqual({
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: '<EventsKey.Arn>',
      Condition: { StringEquals: { 'kms:ViaService': 's3.<AWS::Region>.<AWS::URLSuffix>' } },
    });
  });
});

describe('the output of npm run deploy about readers', () => {
  it('has all settings of each reader, and no line for missing ones', () => {
    const lines = readerLines({
      [OUTPUTS.readerQueues]: '{"elastic":"https://sqs.example/1/elastic"}',
      [OUTPUTS.readerQueueArns]: '{"elastic":"arn:aws:sqs:q","panther":"arn:aws:sqs:theirs"}',
      [OUTPUTS.readerRoles]: '{"elastic":"arn:aws:iam:e","panther":"arn:aws:iam:p"}',
      [OUTPUTS.readerExternalIds]: '{"elastic":"elastic-1234"}',
    });

    expect(lines).toEqual([
      '  Reader elastic',
      '    Queue URL        https://sqs.example/1/elastic',
      '    Queue ARN        arn:aws:sqs:q',
      '    Role ARN         arn:aws:iam:e',
      '    External id      elastic-1234',
      '  Reader panther',
      '    Queue ARN        arn:aws:sqs:theirs',
      '    Role ARN         arn:aws:iam:p',
    ]);
  });

  it('is empty without readers, and for an older deployment without such outputs', () => {
    expect(readerLines({})).toEqual([]);
  });
});
