import { Aws } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { Construct } from 'constructs';
import type { SavedQuery } from '../catalog/saved-queries.ts';
import type { QueryResults } from './query-results.ts';

/** Athena counts in powers of ten. */
const BYTES_IN_GB = 1_000_000_000;

export interface WorkgroupProps {
  readonly name: string;
  readonly results: QueryResults;
  readonly scanLimitGb: number;
}

/** The workgroup for queries: their limits and the location of their results are enforced. */
export class Workgroup extends Construct {
  readonly workgroup: CfnWorkGroup;

  constructor(scope: Construct, id: string, { name, results, scanLimitGb }: WorkgroupProps) {
    super(scope, id);
    this.workgroup = new CfnWorkGroup(this, 'Workgroup', {
      name,
      description: 'Queries of the Zoom audit logs of zoom-log-source',
      // It only contains saved queries, which the project has, and a history.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        requesterPaysEnabled: false,
        bytesScannedCutoffPerQuery: scanLimitGb * BYTES_IN_GB,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${results.bucket.bucketName}/`,
          expectedBucketOwner: Aws.ACCOUNT_ID,
          encryptionConfiguration: results.key
            ? { encryptionOption: 'SSE_KMS', kmsKey: results.key.keyArn }
            : { encryptionOption: 'SSE_S3' },
        },
      },
    });
  }

  /** Saves a query in the workgroup. */
  save({ name, title, sql }: SavedQuery, database: string): void {
    const query = new CfnNamedQuery(this, `Query-${name}`, {
      name: title,
      description: `queries/athena/${name}.sql`,
      database,
      queryString: sql,
      workGroup: this.workgroup.name,
    });
    query.node.addDependency(this.workgroup);
  }
}
