import * as z from 'zod';
import { muteKey, MUTES_PREFIX } from '../contract/object-keys.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { readJson, writeJson } from '../collect/state/state-file.ts';
import type { AlarmState, Alarms } from './ports.ts';

const MuteSchema = z.object({
  alarm: z.string(),
  by: z.string(),
  why: z.string().optional(),
  since: z.iso.datetime(),
  until: z.iso.datetime(),
  /** The last notified state before the mute. */
  told: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
  endedAt: z.iso.datetime().optional(),
});

/** A time without notifications of an alarm. The alarm itself keeps changing. */
export type Mute = z.infer<typeof MuteSchema>;

/** Mutes an alarm until the first monitor run after `until`. A second mute replaces the first. */
export const beginMute = async (
  store: ObjectStore,
  alarms: Alarms,
  alarm: AlarmState,
  { by, why, until }: { by: string; why: string | undefined; until: Date },
  now: Date,
): Promise<Mute> => {
  const before = await readMute(store, alarm.name);
  const mute: Mute = {
    alarm: alarm.name,
    by,
    ...(why !== undefined && { why }),
    since: now.toISOString(),
    until: until.toISOString(),
    told: before && isOpen(before) ? before.told : alarm.state,
  };
  // Stored first: an alarm with disabled actions and no mute would stay silent.
  await writeJson(store, muteKey(alarm.name), mute);
  await alarms.setActionsEnabled(alarm.name, false);
  return mute;
};

/**
 * Ends a mute: resumes notifications, and sends what was missed: that the alarm is on, or was cleared. CloudWatch only
 * notifies changes, so before that the alarm is set to a state that makes the current one a change.
 */
export const endMute = async (
  store: ObjectStore,
  alarms: Alarms,
  mute: Mute,
  alarm: AlarmState | undefined,
  now: Date,
): Promise<void> => {
  if (alarm) {
    const isMissed = alarm.state === 'ALARM' || (alarm.state === 'OK' && mute.told === 'ALARM');
    if (isMissed) await alarms.set(alarm.name, alarm.state === 'OK' ? 'ALARM' : 'INSUFFICIENT_DATA', ENDED);
    await alarms.setActionsEnabled(alarm.name, true);
    if (isMissed) await alarms.set(alarm.name, alarm.state, alarm.reason);
  }
  await writeJson(store, muteKey(mute.alarm), { ...mute, endedAt: now.toISOString() });
};

const ENDED = 'A mute ends. Missed notifications follow.';

/** The latest mute of an alarm. */
export const readMute = (store: ObjectStore, alarm: string): Promise<Mute | undefined> =>
  readJson(store, muteKey(alarm), MuteSchema);

/** The mutes that have not ended. */
export const readMutes = async (store: ObjectStore): Promise<Mute[]> => {
  const stored = await store.list(MUTES_PREFIX);
  const mutes = await Promise.all(
    stored.map(async ({ key }) => {
      const mute = await readJson(store, key, MuteSchema);
      // Ending a mute writes to the key of its alarm, which must be this key.
      return mute && muteKey(mute.alarm) === key ? mute : undefined;
    }),
  );
  return mutes.filter((mute) => mute !== undefined).filter(isOpen);
};

const isOpen = ({ endedAt }: Mute): boolean => endedAt === undefined;
