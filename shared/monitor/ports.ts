import type { LastFailure } from '../health/observations.ts';

/** The state of an alarm in CloudWatch. */
export interface AlarmState {
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly reason: string;
  readonly since: Date | undefined;
  /** Whether changes are notified. */
  readonly actionsEnabled: boolean;
}

/** The alarms of a deployment. */
export interface Alarms {
  /** Those of the names that exist. */
  read(names: readonly string[]): Promise<Map<string, AlarmState>>;
  /** Sets a state. A change is notified. */
  set(name: string, state: AlarmState['state'], reason: string): Promise<void>;
  /** Enables or disables notifications. */
  setActionsEnabled(name: string, actionsEnabled: boolean): Promise<void>;
}

/** The logs of the pollers. */
export interface PollerLogs {
  /** The last logged failure of a source's poller after an instant. */
  lastFailure(source: string, after: Date): Promise<LastFailure | undefined>;
}

/** Information for people that is not an alarm. */
export interface Notice {
  readonly code: string;
  readonly source: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly title: string;
  readonly text: string;
  readonly at: Date;
}

/** Posts notices. */
export interface NotificationPublisher {
  post(notice: Notice): Promise<void>;
}
