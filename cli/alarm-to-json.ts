import type { AlarmStatus } from '../shared/app/health-console.ts';

/** An alarm for machines. Its state is null if the deployment has no such alarm. */
export const alarmToJson = ({ identity, state, mute }: AlarmStatus): object => ({
  ...identity,
  state: state?.state ?? null,
  since: state?.since,
  reason: state?.reason,
  heard: state?.actionsEnabled,
  ...(mute && { muted: { by: mute.by, why: mute.why, since: mute.since, until: mute.until } }),
});
