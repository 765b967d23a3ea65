import type { ObjectStore } from '../collect/ports.ts';
import type { AlarmIdentity } from '../contract/alarms.ts';
import { type Mute, readMutes } from './mute.ts';
import type { Alarms, AlarmState } from './ports.ts';

/** The current status of an alarm of a deployment. */
export interface AlarmStatus {
  readonly identity: AlarmIdentity;
  /** Undefined if the deployment has no such alarm: it is older than this release, or the alarm was deleted. */
  readonly state: AlarmState | undefined;
  /** The mute that has not ended. */
  readonly mute: Mute | undefined;
}

/** Reads the status of alarms. */
export const readAlarmStatus = async (
  store: ObjectStore,
  alarms: Alarms,
  identities: readonly AlarmIdentity[],
): Promise<AlarmStatus[]> => {
  const [states, mutes] = await Promise.all([
    alarms.read(identities.map(({ name }) => name)),
    readMutes(store),
  ]);
  return identities.map((identity) => ({
    identity,
    state: states.get(identity.name),
    mute: mutes.find(({ alarm }) => alarm === identity.name),
  }));
};
