import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { MONITOR_MINUTES, stackAlarmName } from '../../shared/contract/alarms.ts';
import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import type { SourceConfig } from '../../shared/model/source-config.ts';
import type { SourcesFile } from '../../shared/model/sources-file.ts';
import type { MonitorConfig, MonitoredSource } from '../../shared/model/monitored-source.ts';
import { emittedMetric } from '../emitted-metric.ts';
import { MONITOR_KEYS } from '../monitor-keys.ts';
import type { EventBucket } from './event-bucket.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import { ConnectorFunction } from './connector-function.ts';
import type { OnCall } from './on-call.ts';
import type { ZoomSource } from './zoom-source.ts';

/** The alarm is raised after this many missed monitor runs: a single failed one is made up for by the next. */
const MISSED = 3;

export interface HealthMonitorProps {
  readonly sources: readonly ZoomSource[];
  readonly quietDays: SourcesFile['quietDays'];
  readonly bucket: EventBucket;
  readonly onCall: OnCall;
  readonly xray: boolean;
}

/**
 * Assesses every source on its own schedule, publishes its health, and raises and clears its alarms. It cannot collect or
 * change delivered objects. One alarm reports that the monitor itself does not run.
 */
export class HealthMonitor extends Construct {
  readonly #every = Duration.minutes(MONITOR_MINUTES);
  readonly #monitor: ConnectorFunction;

  constructor(
    scope: Construct,
    id: string,
    { sources, quietDays, bucket, onCall, xray }: HealthMonitorProps,
  ) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    this.#monitor = new ConnectorFunction(this, 'Watch', {
      entry: 'drop-off-alarm',
      description: 'Alerts on-call when logs stop, with the cause, and when they are back',
      memoryMiB: 256,
      timeout: Duration.minutes(2),
      xray,
    });
    this.#monitor.addEnvironment(ENVIRONMENT.stack, stackName);
    this.#monitor.addEnvironment(
      ENVIRONMENT.watched,
      JSON.stringify({
        sources: sources.map(({ source }) => forMonitor(source)),
        quietDays,
      } satisfies MonitorConfig),
    );
    bucket.grantReadWrite(this.#monitor, MONITOR_KEYS);
    for (const source of sources) source.grantReadLogs(this.#monitor);
    onCall.grantPublishNotices(this.#monitor);
    this.#grantSetAlarms(sources.map(({ source }) => source));
    this.#schedule();

    new RunbookAlarm(this, 'watcher', {
      onCall,
      name: stackAlarmName(stackName, 'watcher'),
      description: `The health monitor is down: the function that raises all alarms of ${stackName} has not completed for ${MISSED * MONITOR_MINUTES} minutes. Until it does, no other alarm is reliable. Events may still be collected.`,
      heading: 'watcher',
      look: `aws logs tail ${this.logGroupName} --since 1h`,
      metric: emittedMetric('Watched', { stack: stackName }, { statistic: 'Sum', minutes: MONITOR_MINUTES }),
      raisedBy: 'less than one',
      evaluationPeriods: MISSED,
      // A dead monitor emits no value, and this is what the alarm is for.
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  /** The log group of its findings. */
  get logGroupName(): string {
    return this.#monitor.logGroup.logGroupName;
  }

  #schedule(): void {
    const { lambda } = this.#monitor;
    // A failed monitor run is not repeated: the next one sees the same and more.
    lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: this.#every });
    new Rule(this, 'Schedule', {
      description: `Monitors the sources every ${MONITOR_MINUTES} min`,
      schedule: Schedule.rate(this.#every),
      targets: [new LambdaFunction(lambda, { maxEventAge: this.#every, retryAttempts: 0 })],
    });
  }

  /**
   * It sets the state of the alarms that it assesses and, at the end of any mute, resends what was missed. By the prefixes of
   * their names: a role policy is too small for all those of seven sources.
   */
  #grantSetAlarms(sources: readonly SourceConfig[]): void {
    const { stackName } = Stack.of(this);
    const patterns = [...sources.map(({ name }) => `${stackName}-${name}-*`), `${stackName}.*`];
    this.#monitor.allow({
      actions: ['cloudwatch:SetAlarmState', 'cloudwatch:EnableAlarmActions'],
      resources: patterns.map((pattern) => this.#alarmArn(pattern)),
    });
    for (const pattern of patterns) {
      this.#acknowledge(
        pattern,
        'The alarms of one source, or of the deployment: all of them, and of no other stack.',
      );
    }

    this.#monitor.allow({ actions: ['cloudwatch:DescribeAlarms'], resources: [this.#alarmArn('*')] });
    this.#acknowledge('*', 'CloudWatch requires this to read alarms by their names.');
  }

  #acknowledge(pattern: string, reason: string): void {
    this.#monitor.acknowledge(
      `arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:${pattern}`,
      reason,
    );
  }

  #alarmArn(name: string): string {
    return Stack.of(this).formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: name,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}

/** A Lambda's environment is small: fields that the monitor does not need are omitted. */
const forMonitor = (source: SourceConfig): MonitoredSource => ({
  name: source.name,
  auth: source.auth,
  streams: source.streams,
  pollMinutes: source.pollMinutes,
  lookbackDays: source.lookbackDays,
  requestsPerDay: source.requestsPerDay,
  dropOffMinutes: source.dropOffMinutes,
  learnedBaseline: source.learnedBaseline,
});
