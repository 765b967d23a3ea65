import { Stack } from 'aws-cdk-lib';
import { type IPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ReaderConfig } from '../../shared/model/reader-config.ts';
import type { EventBucket } from './event-bucket.ts';

/** All that a reader does with a queue. It looks up the URL if it only has the name. */
const READ_QUEUE = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
];

/** Sentinel accepts no role of another name. */
const SENTINEL_PREFIX = 'OIDC_';

export interface ReaderRoleProps {
  readonly reader: ReaderConfig;
  readonly principal: IPrincipal;
  readonly bucket: EventBucket;
  readonly prefixes: readonly string[];
  /** The queue that was created for it. */
  readonly queue: IQueue | undefined;
}

/** The role of an external reader: it may read its announced objects, and its queue. */
export class ReaderRole extends Construct {
  readonly roleArn: string;

  constructor(scope: Construct, id: string, { reader, principal, bucket, prefixes, queue }: ReaderRoleProps) {
    super(scope, id);
    const roleName = this.#nameFor(reader);
    const role = new Role(this, 'Role', {
      assumedBy: principal,
      description: `${reader.name} reads Zoom audit logs (${prefixes.join(', ')})`,
      ...(roleName !== undefined && { roleName }),
    });
    this.roleArn = role.roleArn;
    bucket.grantRead(role, prefixes);
    if (queue) role.addToPolicy(new PolicyStatement({ actions: READ_QUEUE, resources: [queue.queueArn] }));
  }

  #nameFor({ name, roleName, sentinelWorkspaceId }: ReaderConfig): string | undefined {
    if (roleName !== undefined || sentinelWorkspaceId === undefined) return roleName;
    return `${SENTINEL_PREFIX}${Stack.of(this).stackName}-${name}`;
  }
}
