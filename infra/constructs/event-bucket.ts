import { ArnFormat, Aws, Duration, Fn, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type PolicyStatementProps, type Role } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import type { SourcesFile } from '../../shared/model/sources-file.ts';
import type { SourceKeys } from '../source-keys.ts';
import type { ConnectorFunction } from './connector-function.ts';
import { ObjectsTopic } from './objects-topic.ts';

export type EventBucketProps = SourcesFile['bucket'] & Pick<SourcesFile, 'announce'>;

/** The condition that each put must be conditional: no delivered object can be overwritten. */
const ONLY_IF_NEW = { Null: { 's3:if-none-match': 'false' } };

/**
 * The bucket of the events, and the topic that announces new objects. The bucket outlives the stack. Notifications are a
 * property of the bucket itself here: CDK's own way is a custom resource, with one more function to maintain.
 */
export class EventBucket extends Construct {
  readonly bucket: Bucket;
  readonly topic: ObjectsTopic;
  readonly #key: IKey | undefined;

  constructor(scope: Construct, id: string, props: EventBucketProps) {
    super(scope, id);
    const bucketName = nameIn(Stack.of(this));
    const bucketArn = Stack.of(this).formatArn({
      service: 's3',
      region: '',
      account: '',
      resource: bucketName,
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    });
    this.topic = new ObjectsTopic(this, 'Objects', { bucketArn });
    this.#key = this.#keyFor(props.kmsKey);
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName,
      ...(this.#key
        ? { encryption: BucketEncryption.KMS, encryptionKey: this.#key, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [
        { id: 'OldVersions', noncurrentVersionExpiration: Duration.days(props.oldVersionDays) },
        { id: 'UnfinishedUploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
        {
          id: 'OldStates',
          prefix: '_state/',
          noncurrentVersionExpiration: Duration.days(1),
          expiredObjectDeleteMarker: true,
        },
      ],
      ...(props.objectLock && {
        objectLockEnabled: true,
        objectLockDefaultRetention: ObjectLockRetention[props.objectLock.mode](
          Duration.days(props.objectLock.days),
        ),
      }),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.#announce(props.announce);
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Reads of the bucket are logged by CloudTrail data events, which are configured for the account.',
    });
  }

  /** Allows a function to put, read and list some keys. */
  grantReadWrite(grantee: ConnectorFunction, { read = [], once, again }: SourceKeys): void {
    const all = [...read, ...once, ...again];
    for (const key of all) this.#acknowledge(grantee, key);
    grantee.addEnvironment(ENVIRONMENT.bucket, this.bucket.bucketName);
    grantee.allow({
      actions: ['s3:GetObject'],
      resources: [...read, ...once].map((key) => this.#arnOf(key)),
    });
    grantee.allow({
      actions: ['s3:PutObject'],
      resources: once.map((key) => this.#arnOf(key)),
      conditions: ONLY_IF_NEW,
    });
    if (again.length > 0) {
      grantee.allow({
        actions: ['s3:GetObject', 's3:PutObject'],
        resources: again.map((key) => this.#arnOf(key)),
      });
    }
    grantee.allow({
      actions: ['s3:ListBucket'],
      resources: [this.bucket.bucketArn],
      // A read of a missing key is a 404 only for a caller that may list, else a 403. Such a read has no prefix: hence IfExists.
      conditions: { StringLikeIfExists: { 's3:prefix': all.map((key) => toPattern(key)) } },
    });
    if (this.#key) grantee.allow(usingKey(this.#key, ['kms:Decrypt', 'kms:GenerateDataKey']));
  }

  /** Allows a role to read and list some prefixes. */
  grantRead(role: Role, prefixes: readonly string[]): void {
    const allow = (statement: PolicyStatementProps) => role.addToPolicy(new PolicyStatement(statement));
    const { bucketArn } = this.bucket;
    const within = { StringLike: { 's3:prefix': prefixes.map(toPattern) } };
    allow({ actions: ['s3:GetObject'], resources: prefixes.map((prefix) => this.#arnOf(prefix)) });
    allow({ actions: ['s3:ListBucket'], resources: [bucketArn], conditions: within });
    allow({ actions: ['s3:GetBucketLocation'], resources: [bucketArn] });
    if (this.#key) allow(usingKey(this.#key, ['kms:Decrypt']));
    for (const prefix of prefixes) {
      const reason = 'A reader of a stream reads all its sources and days.';
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${this.#wildcardOf(prefix)}]`,
        reason,
      });
    }
  }

  #keyFor(kmsKey: SourcesFile['bucket']['kmsKey']): IKey | undefined {
    if (kmsKey === false) return undefined;
    if (kmsKey !== true) return Key.fromKeyArn(this, 'Key', kmsKey);
    return new Key(this, 'Key', {
      description: 'Encrypts the Zoom audit logs of zoom-log-source',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  #announce(formats: SourcesFile['announce']): void {
    const bucket = this.bucket.node.defaultChild as CfnBucket;
    bucket.notificationConfiguration = {
      topicConfigurations: formats.map((format) => ({
        event: 's3:ObjectCreated:*',
        filter: { s3Key: { rules: [{ name: 'prefix', value: `${format}/` }] } },
        topic: this.topic.topic.topicArn,
      })),
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
    bucket.node.addDependency(this.topic.policy);
  }

  #acknowledge(grantee: ConnectorFunction, key: string): void {
    if (!key.endsWith('/')) return;
    grantee.acknowledge(
      this.#wildcardOf(key),
      'The rest of the key, such as days and numbers, is not known at deployment.',
    );
  }

  /** A key in the form of cdk-nag. */
  #wildcardOf(key: string): string {
    const bucketId = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as CfnBucket);
    return `<${bucketId}.Arn>/${toPattern(key)}`;
  }

  #arnOf(key: string): string {
    return this.bucket.arnForObjects(toPattern(key));
  }
}

/** A key is used only through S3. */
const usingKey = ({ keyArn }: IKey, actions: string[]): PolicyStatementProps => ({
  actions,
  resources: [keyArn],
  conditions: { StringEquals: { 'kms:ViaService': `s3.${Aws.REGION}.${Aws.URL_SUFFIX}` } },
});

const toPattern = (key: string): string => (key.endsWith('/') ? `${key}*` : key);

/**
 * The topic's policy names the bucket, and the bucket is created after that policy, so its name must be known before. It
 * contains the first part of the stack's unique id, because a bucket outlives its stack and the next one must not collide.
 */
const nameIn = ({ stackName, stackId }: Stack): string => {
  const uniqueId = Fn.select(2, Fn.split('/', stackId));
  return Fn.join('-', [stackName, Aws.ACCOUNT_ID, Fn.select(0, Fn.split('-', uniqueId))]);
};
