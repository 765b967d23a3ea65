import type { AlarmStatus } from '../shared/app/health-console.ts';

/** An alarm as JSON. Its state is null if the deployment lacks it. */
export const alarmToJson = ({ identity, state, mute }: AlarmStatus): object => ({
  ...identity,
  state: state?.state ?? null,
  since: state?.since,
  reason: state?.reason,
  heard: state?.actionsEnabled,
  ...(mute && { muted: { by: mute.by, why: mute.why, since: mute.since, until: mute.until } }),
});
