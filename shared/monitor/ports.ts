import type { LastFailure } from '../health/observations.ts';

/** An alarm as CloudWatch has it. */
export interface AlarmState {
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly reason: string;
  readonly since: Date | undefined;
  /** Whether anybody is told when it changes. */
  readonly actionsEnabled: boolean;
}

/** The alarms of a deployment, where people are told by them. */
export interface Alarms {
  /** Those of the names that exist. */
  read(names: readonly string[]): Promise<Map<string, AlarmState>>;
  /** Sets a state. Whoever listens is told if it is another than before. */
  set(name: string, state: AlarmState['state'], reason: string): Promise<void>;
  /** Whether whoever listens is told from here on. */
  setActionsEnabled(name: string, actionsEnabled: boolean): Promise<void>;
}

/** The logs of the pollers. */
export interface PollerLogs {
  /** What the poller of a source said last of why it failed, after an instant. */
  lastFailure(source: string, after: Date): Promise<LastFailure | undefined>;
}

/** Something that people should hear of and that is no alarm. */
export interface Notice {
  readonly code: string;
  readonly source: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly title: string;
  readonly text: string;
  readonly at: Date;
}

/** Where notices are posted. */
export interface NotificationPublisher {
  post(notice: Notice): Promise<void>;
}
