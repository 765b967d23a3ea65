import { Duration, Stack } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { stackAlarmName } from '../../shared/contract/alarms.ts';
import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import type { SourceConfig } from '../../shared/model/source-config.ts';
import { compactionKeys } from '../source-keys.ts';
import type { EventBucket } from './event-bucket.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import { ConnectorFunction } from './connector-function.ts';
import type { OnCall } from './on-call.ts';

/** Days close once a day. */
const EVERY = Duration.days(1);

/** A whole core, which the encoding uses; it needs less memory (npm run bench:compaction). */
const MEMORY_MIB = 1769;

/** Lambda's maximum. The next run continues where one ends. */
const TIMEOUT = Duration.minutes(15);

export interface CompactionProps {
  readonly sources: readonly SourceConfig[];
  readonly bucket: EventBucket;
  readonly onCall: OnCall;
  readonly xray: boolean;
}

/** Writes each closed day of all sources into one Parquet file per stream, beside the delivered objects. */
export class Compaction extends Construct {
  constructor(scope: Construct, id: string, { sources, bucket, onCall, xray }: CompactionProps) {
    super(scope, id);
    const compacted = sources.filter(({ formats }) => formats.includes('flat'));
    const compactor = new ConnectorFunction(this, 'Compactor', {
      entry: 'compactor',
      description: 'Writes closed days into one Parquet file each',
      memoryMiB: MEMORY_MIB,
      timeout: TIMEOUT,
      xray,
    });
    compactor.addEnvironment(
      ENVIRONMENT.sources,
      JSON.stringify(compacted.map(({ name, auth }) => ({ name, auth }))),
    );
    bucket.grantReadWrite(compactor, compactionKeys(compacted));
    // A failed run is not repeated: the next one continues.
    compactor.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.hours(6) });
    new Rule(this, 'Schedule', {
      description: 'Compacts the days that have closed',
      schedule: Schedule.rate(EVERY),
      targets: [new LambdaFunction(compactor.lambda, { maxEventAge: Duration.hours(6), retryAttempts: 2 })],
    });
    new RunbookAlarm(this, 'compactor-errors', {
      onCall,
      name: stackAlarmName(Stack.of(this).stackName, 'compactor-errors'),
      description:
        'A closed day could not be written into a Parquet file. Its events are delivered as usual, and queries read the lines.',
      heading: 'compactor-errors',
      look: `aws logs tail ${compactor.logGroup.logGroupName} --since 1d`,
      metric: compactor.lambda.metricErrors(),
      // It runs once a day.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
