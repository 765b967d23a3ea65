import { Duration, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  LogQueryVisualizationType,
  LogQueryWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { RUNBOOK } from '../../shared/contract/alarms.ts';
import type { SourceConfig } from '../../shared/model/source-config.ts';
import { FULL_WIDTH, sourceWidgets } from '../source-widgets.ts';
import type { OnCall } from './on-call.ts';
import type { HealthMonitor } from './health-monitor.ts';

const WHAT_TO_DO = `The reason of an alarm says why, since when and what to do. \`${RUNBOOK}\` has a heading for each.

- Health of all sources: \`bin/zoom-log-source status --deployed --watch\`
- Mute an alarm: \`bin/zoom-log-source alarm mute NAME --for 2h\``;

/** The alarms in one row, and the height of a row. */
const ALARMS_A_ROW = 5;

export interface HealthDashboardProps {
  readonly sources: readonly SourceConfig[];
  readonly onCall: OnCall;
  readonly monitor: HealthMonitor;
}

/** One page on the health of the deployment: first the alarms, then the verdicts, then each source. */
export class HealthDashboard extends Dashboard {
  constructor(scope: Construct, id: string, { sources, onCall, monitor }: HealthDashboardProps) {
    const { stackName } = Stack.of(scope);
    super(scope, id, { dashboardName: stackName, defaultInterval: Duration.days(1) });
    const { alarms } = onCall;
    this.addWidgets(
      new AlarmStatusWidget({
        title: `${stackName}: alarms`,
        alarms: [...alarms],
        width: FULL_WIDTH,
        height: 1 + Math.ceil(alarms.length / ALARMS_A_ROW),
      }),
    );
    this.addWidgets(new TextWidget({ markdown: WHAT_TO_DO, width: FULL_WIDTH, height: 3 }));
    this.addWidgets(
      new LogQueryWidget({
        title: 'Verdict of each stream',
        view: LogQueryVisualizationType.TABLE,
        logGroupNames: [monitor.logGroupName],
        queryLines: [
          'fields @timestamp, source, stream, verdict, cause, because',
          'filter message = "verdict"',
          'sort @timestamp desc',
          'dedup source, stream',
        ],
        width: FULL_WIDTH,
        height: 2 + sources.flatMap(({ streams }) => streams).length,
      }),
    );
    for (const source of sources) {
      for (const row of sourceWidgets(stackName, source)) this.addWidgets(...row);
    }
  }
}
