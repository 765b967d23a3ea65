import { Alarm, type AlarmProps, ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import { RUNBOOK } from '../../shared/contract/alarms.ts';
import type { OnCall } from './on-call.ts';

export interface RunbookAlarmProps extends Pick<AlarmProps, 'metric' | 'datapointsToAlarm'> {
  readonly onCall: OnCall;
  readonly name: string;
  /** Its source; an alarm of the whole deployment has none. */
  readonly source?: string;
  /** The meaning of the alarm, in a sentence or two. */
  readonly description: string;
  /** The heading in the runbook. */
  readonly heading: string;
  /** A command that shows details. */
  readonly look: string;
  /** The number of evaluated points; default: one. */
  readonly evaluationPeriods?: number;
  /** The threshold; default: one. */
  readonly threshold?: number;
  /** Whether the threshold and more raise it, or less. */
  readonly raisedBy?: 'one and more' | 'less than one';
  /** Explicit for each alarm: the meaning of a missing value. */
  readonly treatMissingData: NonNullable<AlarmProps['treatMissingData']>;
}

/** The defaults of all our alarms: a description with the runbook heading, and notifications of both its begin and its end. */
export class RunbookAlarm extends Alarm {
  readonly named: string;
  readonly source: string | undefined;

  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    const {
      onCall,
      name,
      source,
      description,
      heading,
      look,
      raisedBy = 'one and more',
      evaluationPeriods = 1,
    } = props;
    super(scope, id, {
      alarmName: name,
      alarmDescription: [description, `Runbook: ${RUNBOOK}#${heading}`, `Details: ${look}`].join('\n'),
      metric: props.metric,
      threshold: props.threshold ?? 1,
      comparisonOperator:
        raisedBy === 'one and more'
          ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
          : ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods,
      datapointsToAlarm: props.datapointsToAlarm ?? evaluationPeriods,
      treatMissingData: props.treatMissingData,
    });
    this.named = name;
    this.source = source;
    const action = new SnsAction(onCall.alarmsTopic);
    this.addAlarmAction(action);
    this.addOkAction(action);
    onCall.register(this);
  }
}
