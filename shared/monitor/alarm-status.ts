import type { ObjectStore } from '../collect/ports.ts';
import type { AlarmIdentity } from '../contract/alarms.ts';
import { type Mute, readMutes } from './mute.ts';
import type { Alarms, AlarmState } from './ports.ts';

/** An alarm of a deployment as it stands. */
export interface AlarmStatus {
  readonly identity: AlarmIdentity;
  /** Undefined if the deployment has no such alarm: it is older than this release, or somebody deleted it. */
  readonly state: AlarmState | undefined;
  /** The mute that has not been ended. */
  readonly mute: Mute | undefined;
}

/** Reads how some alarms stand. */
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
