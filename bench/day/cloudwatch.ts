import type { Alarms, AlarmState, NotificationPublisher, PollerLogs } from '../../shared/monitor/ports.ts';

/** Counts the AWS requests of the health monitor, except those to its store. */
export class CountedCloudWatch implements Alarms, NotificationPublisher, PollerLogs {
  readonly #states = new Map<string, AlarmState>();
  /** Requests that CloudWatch charges for. */
  requests = 0;
  notices = 0;

  read(names: readonly string[]): Promise<Map<string, AlarmState>> {
    this.requests += Math.ceil(names.length / NAMES_A_REQUEST);
    return Promise.resolve(new Map(names.map((name) => [name, this.#of(name)])));
  }

  set(name: string, state: AlarmState['state'], reason: string): Promise<void> {
    this.requests += 1;
    this.#states.set(name, { ...this.#of(name), state, reason });
    return Promise.resolve();
  }

  setActionsEnabled(name: string, actionsEnabled: boolean): Promise<void> {
    this.requests += 1;
    this.#states.set(name, { ...this.#of(name), actionsEnabled });
    return Promise.resolve();
  }

  post(): Promise<void> {
    this.notices += 1;
    return Promise.resolve();
  }

  lastFailure(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** Every alarm exists and is OK until it is set. */
  #of(name: string): AlarmState {
    return (
      this.#states.get(name) ?? {
        name,
        state: 'OK',
        reason: 'Unchecked',
        since: undefined,
        actionsEnabled: true,
      }
    );
  }
}

/** The maximum number of alarms in one DescribeAlarms request. */
const NAMES_A_REQUEST = 100;
