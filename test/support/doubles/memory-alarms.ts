import type { Alarms, AlarmState } from '../../../shared/monitor/ports.ts';

/** A notification that an alarm is on, or that it is over. */
export interface Notification {
  readonly name: string;
  readonly state: 'OK' | 'ALARM';
  readonly reason: string;
}

/** In-memory alarms with the guarantees of CloudWatch: each change is notified once. */
export class MemoryAlarms implements Alarms {
  readonly #alarms = new Map<string, AlarmState>();
  readonly notifications: Notification[] = [];

  /** Creates alarms, or replaces them, as a deployment does: their states are unknown. */
  make(names: readonly string[]): void {
    for (const name of names) {
      const state = 'INSUFFICIENT_DATA';
      this.#alarms.set(name, { name, state, reason: 'Unchecked', since: undefined, actionsEnabled: true });
    }
  }

  read(names: readonly string[]): Promise<Map<string, AlarmState>> {
    const found = names.flatMap((name) => this.#alarms.get(name) ?? []);
    return Promise.resolve(new Map(found.map((alarm) => [alarm.name, alarm])));
  }

  set(name: string, state: AlarmState['state'], reason: string): Promise<void> {
    const alarm = this.#get(name);
    this.#alarms.set(name, { ...alarm, state, reason });
    const isNotified = alarm.actionsEnabled && state !== alarm.state && state !== 'INSUFFICIENT_DATA';
    if (isNotified) this.notifications.push({ name, state, reason });
    return Promise.resolve();
  }

  setActionsEnabled(name: string, actionsEnabled: boolean): Promise<void> {
    this.#alarms.set(name, { ...this.#get(name), actionsEnabled });
    return Promise.resolve();
  }

  #get(name: string): AlarmState {
    const alarm = this.#alarms.get(name);
    if (alarm) return alarm;
    throw new Error(`There is no alarm ${name}.`);
  }
}
