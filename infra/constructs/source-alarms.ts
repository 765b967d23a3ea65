import { Stack } from 'aws-cdk-lib';
import { type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import {
  type AssessedAlarm,
  type CountedAlarm,
  GAUGES,
  sourceAlarmName,
} from '../../shared/contract/alarms.ts';
import { FEW_REJECTED_SHARE } from '../../shared/contract/metrics.ts';
import type { SourceConfig } from '../../shared/model/source-config.ts';
import { type StreamName, STREAMS } from '../../shared/model/stream.ts';
import { emittedMetric } from '../emitted-metric.ts';
import { RunbookAlarm, type RunbookAlarmProps } from './runbook-alarm.ts';
import type { QueueWithDlq } from './queue-with-dlq.ts';
import type { OnCall } from './on-call.ts';

/**
 * Much shorter than the monitor's interval, so that CloudWatch never sees an old value beside a new one: it uses the newest
 * or, in between, sees none and leaves the alarm unchanged.
 */
const GAUGE_MINUTES = 1;

/** An alarm about rows ends two hours after the last of them: longer than any poll interval, so it doesn't flap. */
const COUNTED_PERIODS = 24;

export interface SourceAlarmsProps {
  readonly source: SourceConfig;
  readonly collect: QueueWithDlq;
  readonly onCall: OnCall;
}

/** The alarms of a source: those that the monitor assesses, and those that only CloudWatch evaluates. */
export class SourceAlarms extends Construct {
  readonly #source: SourceConfig;
  readonly #onCall: OnCall;

  constructor(scope: Construct, id: string, { source, collect, onCall }: SourceAlarmsProps) {
    super(scope, id);
    this.#source = source;
    this.#onCall = onCall;
    const { name, streams, dropOffMinutes, learnedBaseline } = source;

    this.#assessedAlarm(
      'collection',
      `Zoom's audit logs of ${name} are not being collected. Missing events are collected once the cause is fixed, as long as Zoom keeps them: six months.`,
    );
    for (const stream of streams) {
      const threshold = limitToSentence(dropOffMinutes[stream], learnedBaseline);
      this.#assessedAlarm(
        'drop-off',
        `The ${STREAMS[stream].title} of ${name} is silent: Zoom responds, but has no new events. ${threshold}`,
        stream,
      );
    }
    this.#assessedAlarm(
      'completeness',
      `New events of ${name} may arrive, but its days are not confirmed as complete in time.`,
    );
    this.#assessedAlarm(
      'deadline',
      `A deadline is near for ${name}: its authorization expires, or Zoom deletes days that were never delivered.`,
    );
    for (const stream of streams) {
      const { title } = STREAMS[stream];
      this.#counted(
        'rejected',
        emittedMetric('ManyRowsRejected', this.#dimensionValues(stream), { statistic: 'Sum' }),
        `A run could not create events from more than ${FEW_REJECTED_SHARE * 100} % of the rows that it read of the ${title} of ${name}. They are kept unchanged under rejected/${stream}/source=${name}/.`,
        stream,
      );
      this.#counted(
        'vanished',
        emittedMetric('RowsVanished', this.#dimensionValues(stream), { statistic: 'Sum' }),
        `Zoom no longer lists some earlier rows of the ${title} of ${name}. They were delivered and are kept.`,
        stream,
      );
    }
    new RunbookAlarm(this, 'dead-letters', {
      ...this.#of('dead-letters'),
      description: `Requested days of ${name} could not be collected in five attempts. The schedule is not affected.`,
      look: `aws sqs receive-message --visibility-timeout 0 --queue-url ${collect.deadLetters.queueUrl}`,
      metric: collect.deadLettersMetric,
      // SQS emits no values for a queue that has long been empty.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  #assessedAlarm(kind: AssessedAlarm, description: string, stream?: StreamName): void {
    new RunbookAlarm(this, [kind, ...(stream ? [stream] : [])].join('-'), {
      ...this.#of(kind, stream),
      description: `${description} The reason of the state says why, since when, and what to do.`,
      metric: emittedMetric(GAUGES[kind], this.#dimensionValues(stream), {
        statistic: 'Maximum',
        minutes: GAUGE_MINUTES,
      }),
      // Between two monitor runs there is no value, and nothing has changed. The alarm `watcher` covers a monitor that is down.
      treatMissingData: TreatMissingData.IGNORE,
    });
  }

  #counted(kind: 'rejected' | 'vanished', metric: IMetric, description: string, stream: StreamName): void {
    new RunbookAlarm(this, `${kind}-${stream}`, {
      ...this.#of(kind, stream),
      description,
      metric,
      evaluationPeriods: COUNTED_PERIODS,
      datapointsToAlarm: 1,
      // No run, no row. The monitor reports runs that do not complete.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  #of(
    kind: AssessedAlarm | CountedAlarm,
    stream?: StreamName,
  ): Pick<RunbookAlarmProps, 'onCall' | 'name' | 'source' | 'heading' | 'look'> {
    const { name } = this.#source;
    return {
      onCall: this.#onCall,
      name: sourceAlarmName(Stack.of(this).stackName, name, kind, stream),
      source: name,
      heading: kind,
      look: `bin/zoom-log-source status --deployed --source ${name}`,
    };
  }

  #dimensionValues(stream: StreamName | undefined): Parameters<typeof emittedMetric>[1] {
    return {
      stack: Stack.of(this).stackName,
      source: this.#source.name,
      ...(stream && { stream }),
    };
  }
}

/** The limit for the silence of a stream. */
const limitToSentence = (minutes: number | undefined, isLearned: boolean): string => {
  if (minutes === 0) return 'This alarm is disabled: "dropOffMinutes" is 0.';
  if (minutes !== undefined) return `The limit is ${minutes} minutes ("dropOffMinutes").`;
  return isLearned
    ? 'The limit is learned from previous weeks. Until four weeks are known it is 72 hours.'
    : 'The limit is 72 hours.';
};
