import { alarmsOf } from '../../shared/contract/alarms.ts';
import type { MonitorConfig, MonitoredSource } from '../../shared/model/monitored-source.ts';
import type { Alarms, AlarmState } from '../../shared/monitor/ports.ts';
import { SOURCE } from './collector.ts';
import type { Climate } from './plan.ts';
import type { Process, Scheduler } from './scheduler.ts';

export const STACK = 'zls';

/** The monitor configuration of a world. */
export const monitoredIn = ({
  auth,
  streams,
  pollMinutes,
  lookbackDays,
  requestsPerDay,
}: Climate): MonitorConfig => {
  const source: MonitoredSource = {
    name: SOURCE,
    auth,
    streams: [...streams],
    pollMinutes,
    lookbackDays,
    requestsPerDay,
    dropOffMinutes: { operation: 1440, activity: 0 },
    learnedBaseline: false,
  };
  return { sources: [source], quietDays: [] };
};

/** The alarms of a world as CloudWatch has them. */
export class AlarmsOfWorld {
  readonly #alarms = new Map<string, AlarmState>();
  readonly #names: readonly string[];

  constructor(monitored: MonitorConfig) {
    this.#names = alarmsOf(STACK, monitored.sources).map(({ name }) => name);
    this.remake();
  }

  /** As a deployment does: their states are lost. */
  remake(): void {
    for (const name of this.#names) {
      this.#alarms.set(name, {
        name,
        state: 'INSUFFICIENT_DATA',
        reason: 'Unchecked',
        since: undefined,
        actionsEnabled: true,
      });
    }
  }

  get now(): ReadonlyMap<string, AlarmState> {
    return this.#alarms;
  }

  /** The alarms as one process sees them. `witness` is called before a state is set. */
  of(
    process: Process,
    scheduler: Scheduler,
    witness: (before: AlarmState, state: AlarmState['state'], reason: string) => void,
  ): Alarms {
    const change = (name: string, fields: Partial<AlarmState>): void => {
      const before = this.#alarms.get(name);
      if (!before) throw new Error(`There is no alarm ${name}.`);
      if (fields.state) witness(before, fields.state, fields.reason ?? '');
      this.#alarms.set(name, { ...before, ...fields });
    };
    return {
      read: (names) =>
        scheduler.effect(process, 'alarm', 'read', () => {
          const found = names.flatMap((name) => this.#alarms.get(name) ?? []);
          return new Map(found.map((alarm) => [alarm.name, alarm]));
        }),
      set: (name, state, reason) =>
        scheduler.effect(process, 'alarm', `set ${name} ${state}`, () => change(name, { state, reason })),
      setActionsEnabled: (name, actionsEnabled) =>
        scheduler.effect(process, 'alarm', `enable ${name}`, () => change(name, { actionsEnabled })),
    };
  }
}
