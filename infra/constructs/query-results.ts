import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { SourcesFile } from '../../shared/model/sources-file.ts';

export interface QueryResultsProps {
  /** As for the events: the results contain them. */
  readonly kmsKey: SourcesFile['bucket']['kmsKey'];
  readonly days: number;
}

/** The bucket of Athena's query results, with limited retention. It outlives the stack, and its objects expire. */
export class QueryResults extends Construct {
  readonly bucket: Bucket;
  /** Undefined where S3 has the key. */
  readonly key: IKey | undefined;

  constructor(scope: Construct, id: string, { kmsKey, days }: QueryResultsProps) {
    super(scope, id);
    this.key = this.#keyFor(kmsKey);
    this.bucket = new Bucket(this, 'Bucket', {
      ...(this.key
        ? { encryption: BucketEncryption.KMS, encryptionKey: this.key, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      lifecycleRules: [
        { id: 'Results', expiration: Duration.days(days) },
        { id: 'UnfinishedUploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Reads of results are logged by CloudTrail data events, which are configured for the account. Queries are in the history of the workgroup.',
    });
  }

  #keyFor(kmsKey: QueryResultsProps['kmsKey']): IKey | undefined {
    if (kmsKey === false) return undefined;
    if (kmsKey !== true) return Key.fromKeyArn(this, 'Key', kmsKey);
    return new Key(this, 'Key', {
      description: 'Encrypts the results of Athena queries over Zoom audit logs',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
