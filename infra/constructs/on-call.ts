import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import type { SourceConfig } from '../../shared/model/source-config.ts';
import type { ConnectorFunction } from './connector-function.ts';

/** An alarm that registers itself with on-call. */
export interface RegisteredAlarm extends IAlarm {
  /** Its whole name. */
  readonly named: string;
  /** Its source; an alarm of the whole deployment has none. */
  readonly source: string | undefined;
}

/**
 * The first OK of a new alarm is not sent. All other changes are: into ALARM from any state, and out of it.
 */
const NEWS = [{ NewStateValue: ['ALARM'] }, { OldStateValue: ['ALARM'] }];

/**
 * The notification channels: a topic for alarms, in CloudWatch's own format, and one for notices. Neither
 * is encrypted by a key of Key Management Service: CloudWatch could not use the standard key, and no message holds an event.
 */
export class OnCall extends Construct {
  readonly alarmsTopic: Topic;
  readonly noticesTopic: Topic;
  readonly #alarms: RegisteredAlarm[] = [];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.alarmsTopic = new Topic(this, 'Alarms', {
      displayName: 'Zoom audit logs: alarms',
      enforceSSL: true,
    });
    this.noticesTopic = new Topic(this, 'Notices', {
      displayName: 'Zoom audit logs: notices',
      enforceSSL: true,
    });
    this.#letCloudWatchPublish();
  }

  /** Every alarm of the deployment, in the order of creation. */
  get alarms(): readonly RegisteredAlarm[] {
    return this.#alarms;
  }

  /** Each alarm registers itself when it is created. */
  register(alarm: RegisteredAlarm): void {
    this.#alarms.push(alarm);
  }

  /** Allows a function to post notices. */
  grantPublishNotices(grantee: ConnectorFunction): void {
    grantee.addEnvironment(ENVIRONMENT.noticesTopic, this.noticesTopic.topicArn);
    grantee.allow({ actions: ['sns:Publish'], resources: [this.noticesTopic.topicArn] });
  }

  /** Subscribes each address to its sources and to the deployment as a whole. Called after all alarms are created. */
  notify(sources: readonly Pick<SourceConfig, 'name' | 'notify'>[]): void {
    for (const address of new Set(sources.flatMap(({ notify }) => notify))) {
      const theirs = sources.filter(({ notify }) => notify.includes(address)).map(({ name }) => name);
      new CfnSubscription(this, `Alarms-${address}`, {
        topicArn: this.alarmsTopic.topicArn,
        protocol: 'email',
        endpoint: address,
        filterPolicyScope: 'MessageBody',
        filterPolicy: {
          ...(theirs.length < sources.length && { AlarmName: this.#namesOf(theirs) }),
          $or: NEWS,
        },
      });
      new CfnSubscription(this, `Notices-${address}`, {
        topicArn: this.noticesTopic.topicArn,
        protocol: 'email',
        endpoint: address,
        filterPolicy: { source: theirs },
      });
    }
  }

  /** Whole names: the prefix of one source's names may match another's (acme, acme-gov). */
  #namesOf(sources: readonly string[]): string[] {
    return this.#alarms
      .filter(({ source }) => source === undefined || sources.includes(source))
      .map(({ named }) => named);
  }

  #letCloudWatchPublish(): void {
    const { stackName } = Stack.of(this);
    const alarmsLike = (pattern: string): string =>
      Stack.of(this).formatArn({
        service: 'cloudwatch',
        resource: 'alarm',
        resourceName: pattern,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
    this.alarmsTopic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'PublishedByTheAlarms',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.alarmsTopic.topicArn],
        conditions: {
          ArnLike: { 'aws:SourceArn': [alarmsLike(`${stackName}-*`), alarmsLike(`${stackName}.*`)] },
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        },
      }),
    );
  }
}
