import {
  type CloudWatchClient,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import type { Alarms, AlarmState } from '../monitor/ports.ts';
import { toConfigurationError } from './aws-errors.ts';

/** CloudWatch describes no more alarms at once. */
const MOST_NAMES = 100;

/** The alarms of a deployment in CloudWatch. */
export class CloudWatchAlarms implements Alarms {
  readonly #client: CloudWatchClient;

  constructor(client: CloudWatchClient) {
    this.#client = client;
  }

  async read(names: readonly string[]): Promise<Map<string, AlarmState>> {
    const found = new Map<string, AlarmState>();
    for (let from = 0; from < names.length; from += MOST_NAMES) {
      const { MetricAlarms = [] } = await this.#withErrorContext(
        'cloudwatch:DescribeAlarms',
        'the alarms',
        () =>
          this.#client.send(
            new DescribeAlarmsCommand({
              AlarmNames: names.slice(from, from + MOST_NAMES),
              MaxRecords: MOST_NAMES,
            }),
          ),
      );
      for (const alarm of MetricAlarms) {
        const name = alarm.AlarmName ?? '';
        found.set(name, {
          name,
          state: alarm.StateValue ?? 'INSUFFICIENT_DATA',
          reason: alarm.StateReason ?? '',
          since: alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp,
          actionsEnabled: alarm.ActionsEnabled ?? true,
        });
      }
    }
    return found;
  }

  async set(name: string, state: AlarmState['state'], reason: string): Promise<void> {
    await this.#withErrorContext('cloudwatch:SetAlarmState', `the alarm ${name}`, () =>
      this.#client.send(
        new SetAlarmStateCommand({ AlarmName: name, StateValue: state, StateReason: reason }),
      ),
    );
  }

  async setActionsEnabled(name: string, actionsEnabled: boolean): Promise<void> {
    const action = actionsEnabled ? 'cloudwatch:EnableAlarmActions' : 'cloudwatch:DisableAlarmActions';
    const Command = actionsEnabled ? EnableAlarmActionsCommand : DisableAlarmActionsCommand;
    await this.#withErrorContext(action, `the alarm ${name}`, () =>
      this.#client.send(new Command({ AlarmNames: [name] })),
    );
  }

  async #withErrorContext<T>(action: string, resource: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw toConfigurationError(error, { action, resource });
    }
  }
}
