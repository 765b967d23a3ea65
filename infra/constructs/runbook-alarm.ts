import { Alarm, type AlarmProps, ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import { RUNBOOK } from '../../shared/contract/alarms.ts';
import type { OnCall } from './on-call.ts';

export interface RunbookAlarmProps extends Pick<AlarmProps, 'metric' | 'datapointsToAlarm'> {
  readonly onCall: OnCall;
  readonly name: string;
  /** The source that it is of; an alarm of the whole deployment has none. */
  readonly source?: string;
  /** What it means that it is raised, in a sentence or two. */
  readonly description: string;
  /** The heading in the runbook. */
  readonly heading: string;
  /** Where to look closer: a command. */
  readonly look: string;
  /** How many points are looked at, one unless said otherwise. */
  readonly evaluationPeriods?: number;
  /** From how many on it is raised; one unless said otherwise. */
  readonly threshold?: number;
  /** Raised by the threshold and more, unless it is raised by less. */
  readonly raisedBy?: 'one and more' | 'less than one';
  /** On purpose for each: what it means that there is no value. */
  readonly treatMissingData: NonNullable<AlarmProps['treatMissingData']>;
}

/** An alarm as all of ours are: it says what it means and where to go on, and it tells on-call both of its begin and its end. */
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
      alarmDescription: [description, `Runbook: ${RUNBOOK}#${heading}`, `To look closer: ${look}`].join('\n'),
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
