import { beforeAll, describe, expect, it } from '@jest/globals';
import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import { OUTPUTS } from '../../shared/contract/outputs.ts';
import { SourceConfigSchema } from '../../shared/model/source-config.ts';
import { MAX_SOURCES } from '../../shared/model/sources-file.ts';
import { ACME, GLOBEX, Synthesized, validatedTemplate } from './synthesized.ts';

let stack: Synthesized;
beforeAll(() => {
  stack = new Synthesized();
});

describe('the bucket', () => {
  it('blocks public access and access control lists', () => {
    expect(stack.of('EventsBucket')).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  it('answers over TLS only', () => {
    expect(stack.statementsOf('EventsBucketPolicy')).toEqual([
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 's3:*',
        Resource: ['<EventsBucket.Arn>', '<EventsBucket.Arn>/*'],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  it('is kept when the stack is deleted, and a later stack creates one with another name', () => {
    expect(stack.resources['EventsBucket']).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { BucketName: 'zoom-log-source-<AWS::AccountId>-<one of <one of <AWS::StackId>>>' },
    });
  });

  it('keeps old versions for a limited time and unfinished uploads for a day; current versions never expire', () => {
    const kept = new Synthesized({ bucket: { oldVersionDays: 7 } }).of('EventsBucket');

    expect(kept).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: [
          { NoncurrentVersionExpiration: { NoncurrentDays: 7 } },
          { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
          { Prefix: '_state/', NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
        ],
      },
    });
    expect(JSON.stringify(kept)).not.toContain('ExpirationInDays');
  });

  it('is encrypted by a key of S3, unless another key is configured', () => {
    const byDefault = (algorithm: object): object => ({
      ServerSideEncryptionConfiguration: [
        expect.objectContaining({ ServerSideEncryptionByDefault: algorithm }),
      ],
    });
    const own = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const made = new Synthesized({ bucket: { kmsKey: true } });
    const given = new Synthesized({ bucket: { kmsKey: own } });

    expect(stack.of('EventsBucket')['BucketEncryption']).toEqual(byDefault({ SSEAlgorithm: 'AES256' }));
    expect(made.of('EventsBucket')['BucketEncryption']).toEqual({
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: '<EventsKey.Arn>' },
        },
      ],
    });
    expect(made.resources['EventsKey']).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { EnableKeyRotation: true },
    });
    expect(given.of('EventsBucket')['BucketEncryption']).toEqual(
      byDefault({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: own }),
    );
    expect(given.named('AWS::KMS::Key')).toEqual([]);
  });

  it.each(['governance', 'compliance'])('locks its objects if configured: %s', (mode) => {
    const locked = new Synthesized({ bucket: { objectLock: { mode, days: 365 } } }).of('EventsBucket');

    expect(locked).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: mode.toUpperCase(), Days: 365 } } },
    });
    expect(stack.of('EventsBucket')).not.toHaveProperty('ObjectLockEnabled');
  });
});

describe('new objects', () => {
  const rulesOf = ({ EventsBucket }: Synthesized['resources']): unknown =>
    EventsBucket?.Properties['NotificationConfiguration'];
  const announced = (prefix: string): object => ({
    Event: 's3:ObjectCreated:*',
    Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: prefix }] } },
    Topic: '<EventsObjectsTopic>',
  });

  it('of the flat format are announced to the topic, and those of all to EventBridge', () => {
    expect(rulesOf(stack.resources)).toEqual({
      TopicConfigurations: [announced('flat/')],
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
  });

  it('of the formats that the operator names are announced, each by one rule', () => {
    const { resources } = new Synthesized({ announce: ['raw', 'flat', 'ocsf'] });

    expect(rulesOf(resources)).toMatchObject({
      TopicConfigurations: [announced('raw/'), announced('flat/'), announced('ocsf/')],
    });
  });

  it('are announced only by this bucket of this account, over TLS, and the bucket is created after that is allowed', () => {
    expect(stack.statementsOf('EventsObjectsTopicPolicy')).toEqual([
      {
        Sid: 'AllowPublishThroughSSLOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sns:Publish',
        Resource: '<EventsObjectsTopic>',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Sid: 'AnnouncedByTheBucket',
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: '<EventsObjectsTopic>',
        Condition: {
          ArnEquals: {
            'aws:SourceArn': `arn:<AWS::Partition>:s3:::${String(stack.of('EventsBucket')['BucketName'])}`,
          },
          StringEquals: { 'aws:SourceAccount': '<AWS::AccountId>' },
        },
      },
    ]);
    expect(stack.resources['EventsBucket']?.['DependsOn']).toEqual([
      expect.stringMatching(/^EventsObjectsTopicPolicy/),
    ]);
  });

  it('are sent to the queue of the first reader in the envelope of SNS, which is the only permitted sender', () => {
    const [subscription = ''] = stack
      .named('AWS::SNS::Subscription')
      .filter((name) => stack.of(name)['TopicArn'] === '<EventsObjectsTopic>');

    expect(stack.of(subscription)).toEqual({
      Protocol: 'sqs',
      TopicArn: '<EventsObjectsTopic>',
      Endpoint: '<ReaderQueue.Arn>',
      RedrivePolicy: { deadLetterTargetArn: '<ReaderDeadLetters.Arn>' },
    });
    expect(stack.statementsOf('ReaderQueuePolicy').filter(({ Effect }) => Effect === 'Allow')).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: '<ReaderQueue.Arn>',
        Condition: { ArnEquals: { 'aws:SourceArn': '<EventsObjectsTopic>' } },
      },
    ]);
  });
});

describe('every queue', () => {
  it('is encrypted, answers over TLS only, and keeps its messages for fourteen days', () => {
    const queues = stack.named('AWS::SQS::Queue');

    expect(queues).toHaveLength(6);
    for (const queue of queues) {
      expect(stack.of(queue)).toMatchObject({
        SqsManagedSseEnabled: true,
        MessageRetentionPeriod: 1_209_600,
      });
      expect(stack.statementsOf(`${queue}Policy`)).toContainEqual({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'sqs:*',
        Resource: `<${queue}.Arn>`,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
    }
  });

  it.each(['Reader', 'SourceacmeCollect', 'SourceglobexCollect'])(
    'moves messages that were received five times to its dead-letter queue: %s',
    (name) => {
      expect(stack.of(`${name}Queue`)['RedrivePolicy']).toEqual({
        deadLetterTargetArn: `<${name}DeadLetters.Arn>`,
        maxReceiveCount: 5,
      });
    },
  );
});

describe('every function', () => {
  it('runs on arm64 and Node 24, and reserves none of the concurrency of the account', () => {
    const functions = stack.named('AWS::Lambda::Function').map((name) => stack.of(name));

    expect(functions).toHaveLength(4);
    for (const properties of functions) {
      expect(properties).toMatchObject({
        Architectures: ['arm64'],
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Environment: { Variables: { NODE_OPTIONS: '--enable-source-maps' } },
      });
      expect(properties).not.toHaveProperty('ReservedConcurrentExecutions');
    }
  });

  it('writes to a separate log group, whose lines expire after three months', () => {
    const groups = stack
      .named('AWS::Lambda::Function')
      .map((name) => (stack.of(name)['LoggingConfig'] as { LogGroup: string }).LogGroup.slice(1, -1));

    expect(new Set(groups).size).toBe(4);
    for (const group of stack.named('AWS::Logs::LogGroup')) {
      expect(stack.of(group)).toMatchObject({ RetentionInDays: 90 });
    }
  });
});

describe('a poller', () => {
  it('is called by its schedule, once for each event', () => {
    const often = new Synthesized({ sources: [{ ...ACME, pollMinutes: 1 }] });

    expect(stack.of('SourceacmeSchedule')).toMatchObject({
      ScheduleExpression: 'rate(5 minutes)',
      State: 'ENABLED',
      Targets: [{ Arn: '<SourceacmePollerFunction.Arn>' }],
    });
    expect(often.of('SourceacmeSchedule')).toMatchObject({ ScheduleExpression: 'rate(1 minute)' });
    expect(stack.of('SourceacmePollerFunctionEventInvokeConfig')).toMatchObject({ MaximumRetryAttempts: 0 });
  });

  it('is called by its collect queue, with small batches, at most two at a time, and responds for each message', () => {
    expect(stack.of('SourceacmeCollecting')).toEqual({
      EventSourceArn: '<SourceacmeCollectQueue.Arn>',
      FunctionName: '<SourceacmePollerFunction>',
      BatchSize: 5,
      ScalingConfig: { MaximumConcurrency: 2 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('has certainly ended when its message is received again: after six times its time-out', () => {
    const timeout = stack.of('SourceacmePollerFunction')['Timeout'] as number;

    expect(stack.of('SourceacmeCollectQueue')['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * timeout);
  });

  it('has its stack, its source, its secret and the bucket in its environment, and nothing that it does not need', () => {
    const { SOURCE, ...rest } = stack.environmentOf('SourceacmePollerFunction');

    expect(SourceConfigSchema.parse(JSON.parse(SOURCE ?? ''))).toEqual(
      SourceConfigSchema.parse({ ...ACME, notify: [] }),
    );
    expect(rest).toEqual({
      NODE_OPTIONS: '--enable-source-maps',
      [ENVIRONMENT.stack]: 'zoom-log-source',
      [ENVIRONMENT.bucket]: '<EventsBucket>',
      [ENVIRONMENT.secrets]: '{"acme":"<SourceacmeSecret>"}',
    });
  });
});

describe('the callback', () => {
  it('is the only public endpoint, and responds to every path and method', () => {
    const routes = stack.named('AWS::ApiGatewayV2::Route').map((name) => stack.of(name));
    const integrations = stack.named('AWS::ApiGatewayV2::Integration').map((name) => stack.of(name));

    expect(routes.map(({ RouteKey }) => RouteKey)).toEqual(['$default', 'GET /oauth/callback/{source}']);
    expect(integrations).toEqual([
      expect.objectContaining({
        IntegrationUri: '<ConnectCallbackFunction.Arn>',
        PayloadFormatVersion: '2.0',
      }),
    ]);
    expect(stack.named('AWS::Lambda::Url')).toEqual([]);
  });

  it('is called only by its API, and the other functions only by their schedules', () => {
    const permissions = stack.named('AWS::Lambda::Permission').map((name) => stack.of(name));

    expect(permissions).not.toEqual([]);
    for (const { FunctionName, Principal, SourceArn } of permissions) {
      const caller =
        FunctionName === '<ConnectCallbackFunction.Arn>'
          ? { Principal: 'apigateway.amazonaws.com', SourceArn: expect.stringContaining(':<ConnectApi>/') }
          : {
              Principal: 'events.amazonaws.com',
              SourceArn: expect.stringMatching(/^<(?:Sourceacme|Sourceglobex|Watch)Schedule\.Arn>$/),
            };
      expect({ Principal, SourceArn }).toEqual(caller);
    }
  });

  it('is throttled, with a separate limit for calls of any other path or method', () => {
    expect(stack.of('ConnectStage')).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 5 },
      RouteSettings: {
        'GET /oauth/callback/{source}': { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 },
      },
    });
    const [route = ''] = stack
      .named('AWS::ApiGatewayV2::Route')
      .filter((name) => stack.of(name)['RouteKey'] === 'GET /oauth/callback/{source}');
    expect(JSON.stringify(stack.resources['ConnectStage'])).toContain(route);
  });

  it('writes an access log without query strings, which would contain an authorization code', () => {
    const { Format, DestinationArn } = stack.of('ConnectStage')['AccessLogSettings'] as Record<
      string,
      string
    >;
    const variables = Object.values(JSON.parse(Format ?? '') as Record<string, string>);

    expect(DestinationArn).toBe('<ConnectAccessLog.Arn>');
    expect(variables).toEqual(
      [
        'requestId',
        'requestTime',
        'identity.sourceIp',
        'httpMethod',
        'path',
        'routeKey',
        'status',
        'error.message',
        'integrationErrorMessage',
        'responseLatency',
      ].map((name) => `$context.${name}`),
    );
  });

  it('responds before the time-out of the HTTP API', () => {
    expect(stack.of('ConnectCallbackFunction')['Timeout']).toBeLessThan(30);
  });

  it('has the sources that connect by OAuth in its environment', () => {
    const { SOURCES, ...rest } = stack.environmentOf('ConnectCallbackFunction');

    expect(JSON.parse(SOURCES ?? '')).toEqual([
      {
        name: 'acme',
        auth: 'oauth',
        host: 'zoom.us',
        streams: ['operation', 'activity'],
        requestsPerSecond: 8,
      },
    ]);
    expect(rest).toEqual({
      NODE_OPTIONS: '--enable-source-maps',
      [ENVIRONMENT.stack]: 'zoom-log-source',
      [ENVIRONMENT.bucket]: '<EventsBucket>',
      [ENVIRONMENT.secrets]: '{"acme":"<SourceacmeSecret>"}',
      [ENVIRONMENT.collectQueues]: '{"acme":"<SourceacmeCollectQueue>"}',
    });
  });

  it('does not exist if no source connects by OAuth', () => {
    const closed = new Synthesized({ sources: [GLOBEX] });

    expect(closed.named('AWS::ApiGatewayV2::Api')).toEqual([]);
    expect(closed.named('AWS::Lambda::Function')).toEqual(['SourceglobexPollerFunction', 'WatchFunction']);
    expect(closed.outputs[OUTPUTS.redirectUrls]).toEqual({ Value: '{}' });
  });

  it('can have the maximum number of sources with the longest names: an environment is limited to 4 KB', () => {
    const long = (letter: string): string => letter.repeat(40);
    const full = new Synthesized({
      stack: long('s').slice(0, 32),
      sources: Array.from({ length: MAX_SOURCES }, (_, i) => ({
        name: `${long('a').slice(1)}${i}`,
        auth: 'oauth',
        accountId: 'q'.repeat(22),
      })),
    });
    const secret = `arn:aws:secretsmanager:ap-southeast-2:111122223333:secret:${long('s').slice(0, 32)}/${long('a')}-123456`;
    const queue = `https://sqs.ap-southeast-2.amazonaws.com/111122223333/${'q'.repeat(80)}`;

    const bytes = Object.entries(full.environmentOf('ConnectCallbackFunction'))
      .map(([name, value]) => name + value)
      .join('')
      .replaceAll(/<Source\w*Secret>/g, secret)
      .replaceAll(/<Source\w*Queue>/g, queue)
      .replaceAll(/<EventsBucket>/g, 'b'.repeat(63)).length;

    expect(bytes).toBeLessThan(4096);
  });
});

describe('the stack', () => {
  it('has outputs for the command line, with the names of the contract', () => {
    expect(stack.outputs).toEqual({
      [OUTPUTS.bucket]: { Value: '<EventsBucket>' },
      [OUTPUTS.objectsTopic]: { Value: '<EventsObjectsTopic>' },
      [OUTPUTS.objectsQueue]: { Value: '<ReaderQueue>' },
      [OUTPUTS.readerQueues]: { Value: '{}' },
      [OUTPUTS.readerQueueArns]: { Value: '{}' },
      [OUTPUTS.readerRoles]: { Value: '{}' },
      [OUTPUTS.readerExternalIds]: { Value: '{}' },
      [OUTPUTS.redirectUrls]: { Value: '{"acme":"<ConnectApi.ApiEndpoint>/oauth/callback/acme"}' },
      [OUTPUTS.secrets]: { Value: '{"acme":"<SourceacmeSecret>","globex":"<SourceglobexSecret>"}' },
      [OUTPUTS.collectQueues]: {
        Value: '{"acme":"<SourceacmeCollectQueue>","globex":"<SourceglobexCollectQueue>"}',
      },
      [OUTPUTS.alarmsTopic]: { Value: '<OnCallAlarms>' },
      [OUTPUTS.noticesTopic]: { Value: '<OnCallNotices>' },
      [OUTPUTS.pollerLogs]: {
        Value: '{"acme":"<SourceacmePollerLog>","globex":"<SourceglobexPollerLog>"}',
      },
    });
  });

  it('creates secrets without a value, so that the template contains none', () => {
    const secrets = stack.named('AWS::SecretsManager::Secret').map((name) => stack.of(name));

    expect(secrets.map(({ Name }) => Name)).toEqual(['zoom-log-source/acme', 'zoom-log-source/globex']);
    for (const secret of secrets) expect(Object.keys(secret).sort()).toEqual(['Description', 'Name']);
  });

  it('has no custom resource, and no function but ours', () => {
    const types = Object.values(stack.resources).map(({ Type }) => Type);

    expect(types.filter((type) => /^(?:Custom::|AWS::CloudFormation::)/.test(type))).toEqual([]);
  });

  it('costs nothing but storage while it is idle: it has no resource that is billed by the hour', () => {
    const types = new Set(Object.values(stack.resources).map(({ Type }) => Type.split('::')[1]));

    expect([...types].sort()).toEqual([
      'ApiGatewayV2',
      'CloudWatch',
      'Events',
      'IAM',
      'Lambda',
      'Logs',
      'S3',
      'SNS',
      'SQS',
      'SecretsManager',
    ]);
  });

  it('is reproducible', () => {
    expect(validatedTemplate()).toEqual(stack.template);
  });

  it('keeps the resources of a source when another one is added or removed', () => {
    const alone = new Synthesized({ sources: [GLOBEX] });
    const ofGlobex = ({ resources }: Synthesized): string[] =>
      Object.entries(resources)
        .filter(([name]) => name.startsWith('Sourceglobex'))
        // Code that isn't bundled, as here, is named by the files in its folder.
        .map(([name, resource]) => name + JSON.stringify(resource).replaceAll(/"S3Key":"[^"]*"/g, ''));

    expect(ofGlobex(alone)).toEqual(ofGlobex(stack));
  });
});
